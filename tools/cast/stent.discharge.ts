/** A discharge that nobody has taken yet: a stent, three days ago. The patient does not exist. */
import type { DischargeLetter } from '@liaison/contract/letter';
import {
  DAY_MS,
  type Discharge,
  HOUR_MS,
  isoDay,
  NURSES,
  PHARMACY,
  prescriptionOf,
  SECOND_GP,
  treatmentsOf,
  WARD,
} from './discharge.js';

const letterOn = (now: number): DischargeLetter => ({
  patient: {
    birthName: 'GRANDIN',
    usualName: '',
    givenNames: 'Marcel',
    sex: 'M',
    birthDate: '1957-11-03',
    birthPlace: '02691',
    ins: null,
    phone: '06 39 98 00 42',
    address: '22 avenue Gambetta, 02000 Laon',
  },
  attendingPhysician: 'Dr Thomas Nguyen',
  referrer: '',
  hospitalDoctor: 'Dr Olivier Marchand',
  admittedOn: isoDay(now - 3 * DAY_MS),
  dischargedOn: isoDay(now),
  destination: 'Domicile, avec son épouse',
  reason: 'Syndrome coronarien aigu sans sus-décalage du segment ST.',
  synthesis:
    'Angioplastie de l’interventriculaire antérieure, un stent actif, voie radiale droite. ' +
    'Suites simples, pas d’insuffisance cardiaque, point de ponction souple.',
  treatments: treatmentsOf([
    ['Acide acétylsalicylique 75 mg', '1 sachet le midi', 'au long cours', 'started'],
    ['Ticagrélor 90 mg', '1 comprimé matin et soir', '12 mois', 'started'],
    ['Atorvastatine 80 mg', '1 comprimé le soir', 'au long cours', 'started'],
    ['Ramipril 2,5 mg', '1 comprimé le soir', '3 mois', 'continued'],
  ]),
  treatmentsNote: '',
  pendingResults: 'Aucun.',
  followUp:
    'Ne pas interrompre les deux antiagrégants. Bilan lipidique à six semaines. ' +
    'Réadaptation cardiaque proposée, accord du patient.',
  attachments: [],
});

/** A stent three days ago: sent, and nobody has taken it yet. */
export function stent(now: number): Discharge {
  const letter = letterOn(now);
  return {
    patient: letter.patient.birthName,
    urgency: 'same-day',
    due: now + 5 * HOUR_MS,
    to: [SECOND_GP, NURSES, PHARMACY],
    outline: {
      act: 'Sortie de cardiologie : surveillance après angioplastie',
      town: 'Laon',
      window: 'dans les trois jours',
      note: 'Surveillance du point de ponction et de la tension, une fois par jour pendant trois jours.',
      ...WARD,
    },
    letter,
    tasks: [
      {
        title: 'Délivrance des antiagrégants le jour même',
        detail: 'Aucune prise ne doit manquer.',
        owner: PHARMACY,
        due: now + 5 * HOUR_MS,
      },
    ],
    prescription: prescriptionOf(letter),
  };
}
