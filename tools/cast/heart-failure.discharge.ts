/** The sample's main discharge: heart failure and a leg wound. The patient does not exist. */
import type { DischargeLetter } from '@liaison/contract/letter';
import { INS_OIDS } from '@liaison/contract/patient';
import {
  DAY_MS,
  type Discharge,
  GP,
  HOUR_MS,
  isoDay,
  NURSES,
  PHARMACY,
  prescriptionOf,
  treatmentsOf,
  WARD,
} from './discharge.js';

const letterOn = (now: number): DischargeLetter => ({
  patient: {
    birthName: 'MERCIER',
    usualName: 'LAMBERT',
    givenNames: 'Odette Marie',
    sex: 'F',
    birthDate: '1940-05-12',
    birthPlace: '02408',
    ins: { number: '240050240812356', oid: INS_OIDS.nirTest },
    phone: '06 39 98 00 41',
    address: '7 rue du Cloître, 02000 Laon',
  },
  attendingPhysician: 'Dr Hélène Petit',
  referrer: 'Dr Hélène Petit',
  hospitalDoctor: 'Dr Olivier Marchand',
  admittedOn: isoDay(now - 8 * DAY_MS),
  dischargedOn: isoDay(now),
  destination: 'Retour à domicile, vit seule, fille présente le week-end',
  reason:
    'Décompensation cardiaque globale sur fibrillation atriale, avec prise de 6 kg en deux semaines.',
  synthesis:
    'Déplétion par furosémide intraveineux puis relais oral : −5,4 kg, poids de sortie 61,2 kg. ' +
    'Fraction d’éjection 45 %. Ulcère veineux de la jambe gauche, 3 × 2 cm, propre, ' +
    'sans signe d’infection. Fonction rénale stable (créatinine 98 µmol/l).',
  treatments: treatmentsOf([
    ['Furosémide 40 mg', '1 comprimé le matin', '3 mois', 'changed', 'dose doublée : surcharge'],
    ['Bisoprolol 2,5 mg', '1 comprimé le matin', '3 mois', 'continued'],
    ['Apixaban 5 mg', '1 comprimé matin et soir', '3 mois', 'started'],
    ['Ibuprofène 400 mg', 'ne plus prendre', '', 'stopped', 'a favorisé la décompensation'],
    ['Warfarine 5 mg', 'ne plus prendre', '', 'stopped', 'remplacée par apixaban'],
  ]),
  treatmentsNote: '',
  pendingResults: 'NT-proBNP de sortie : rendu sous 48 h, transmis au Dr Petit.',
  followUp:
    'Pesée quotidienne, alerte si +2 kg en trois jours. Ionogramme et créatinine à J7. ' +
    'Pansement de l’ulcère un jour sur deux, bande de contention. ' +
    'Consultation de cardiologie dans un mois.',
  attachments: [],
});

/** After a heart failure, with a leg wound: the sample's main handoff. */
export function heartFailure(now: number): Discharge {
  const letter = letterOn(now);
  return {
    patient: letter.patient.birthName,
    urgency: 'same-day',
    due: now + 4 * HOUR_MS,
    to: [GP, NURSES, PHARMACY],
    outline: {
      act: 'Sortie de cardiologie : pansements, surveillance du poids, traitement modifié',
      town: 'Laon',
      window: 'premier passage demain matin',
      note: 'Pansement de jambe un jour sur deux, pesée, bande de contention.',
      ...WARD,
    },
    letter,
    tasks: [
      {
        title: 'Consultation et ionogramme à J7',
        detail: 'Adapter le furosémide au poids et à la kaliémie.',
        owner: GP,
        due: now + 7 * DAY_MS,
      },
      {
        title: 'Délivrance et plan de prise',
        detail: 'Reprendre warfarine et ibuprofène du domicile ; expliquer l’apixaban.',
        owner: PHARMACY,
        due: now + DAY_MS,
      },
    ],
    prescription: prescriptionOf(letter),
  };
}
