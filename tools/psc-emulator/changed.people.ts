/**
 * People whom the provider comes to know otherwise: married, or moved from the ADELI register to
 * the RPPS, as thousands of nurses were. Each is somebody of the sample before or after a change;
 * choosing one says which of the two the provider holds from then on. All of it is fictional.
 */
import type { EmulatedPerson } from './person.claims.js';

/** ADELI numbers of nobody: the department 99 and 97 in front, as the sample's RPPS. */
const ADELI_PROVEN = '999700057';
const ADELI_UNPROVEN = '999700065';

export const CHANGED = {
  /** Samira Belkacem, married: the same number under another family name. */
  married: '899970000057-mariage',
  /** Agathe Carpentier before her RPPS, which names this number. */
  adeli: `0${ADELI_PROVEN}`,
  rpps: '899970000073',
  /** Inès Rousseau before her RPPS, which names no former number: a namesake would look alike. */
  adeliUnproven: `0${ADELI_UNPROVEN}`,
  rppsUnproven: '899970000081',
} as const;

function named(people: readonly EmulatedPerson[], key: string): EmulatedPerson {
  const person = people.find((one) => one.key === key);
  if (person === undefined) throw new Error(`The sample has no ${key}.`);
  return person;
}

const adeli = (identifiant: string) => ({ origine: 'ADELI', identifiant });

/** As the person was in the former register. */
function before(person: EmulatedPerson, number: string): EmulatedPerson {
  const nationalId = `0${number}`;
  return { ...person, nationalId, key: nationalId, otherIds: [adeli(number)] };
}

export function changedPeople(people: readonly EmulatedPerson[]): EmulatedPerson[] {
  const samira = named(people, '899970000057');
  const [agathe, ines] = [named(people, CHANGED.rpps), named(people, CHANGED.rppsUnproven)];
  return [
    { ...samira, key: CHANGED.married, familyName: 'BELKACEM-MARTIN' },
    before(agathe, ADELI_PROVEN),
    before(ines, ADELI_UNPROVEN),
  ];
}

/** Those of the sample whose present number the provider ties to a former one. */
export function withFormerNumbers(person: EmulatedPerson): EmulatedPerson {
  if (person.key !== CHANGED.rpps) return person;
  return { ...person, otherIds: [...person.otherIds, adeli(ADELI_PROVEN)] };
}
