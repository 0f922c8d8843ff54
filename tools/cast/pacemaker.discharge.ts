/** The demo's discharge: a pacemaker, and a wound to look after. The patient does not exist. */
import type { DischargeLetter } from '@liaison/contract/letter';
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
    birthName: 'THIERRY',
    usualName: '',
    givenNames: 'Simone',
    sex: 'F',
    birthDate: '1944-02-29',
    birthPlace: '02722',
    ins: null,
    phone: '06 39 98 00 43',
    address: '3 rue des Cordeliers, 02000 Laon',
  },
  attendingPhysician: 'Dr Hélène Petit',
  referrer: 'Dr Hélène Petit',
  hospitalDoctor: 'Dr Olivier Marchand',
  admittedOn: isoDay(now - 2 * DAY_MS),
  dischargedOn: isoDay(now),
  destination: 'Retour à domicile avec son mari',
  reason: 'Bloc auriculo-ventriculaire complet, révélé par une syncope.',
  synthesis:
    'Pose d’un stimulateur double chambre, voie sous-clavière gauche, sans complication. ' +
    'Contrôle satisfaisant au deuxième jour. Cicatrice propre, fils résorbables.',
  treatments: treatmentsOf([
    ['Paracétamol 1 g', 'si douleur, trois fois par jour au plus', '5 jours', 'started'],
    ['Amlodipine 5 mg', '1 comprimé le matin', '3 mois', 'continued'],
    ['Bisoprolol 5 mg', 'ne plus prendre', '', 'stopped', 'bloc auriculo-ventriculaire'],
  ]),
  treatmentsNote: '',
  pendingResults: 'Aucun.',
  followUp:
    'Pansement à J3 et J7. Pas de charge lourde du bras gauche pendant un mois. ' +
    'Contrôle du stimulateur dans six semaines.',
  attachments: [],
});

export function pacemaker(now: number): Discharge {
  const letter = letterOn(now);
  return {
    patient: letter.patient.birthName,
    urgency: 'same-day',
    due: now + 4 * HOUR_MS,
    to: [GP, NURSES, PHARMACY],
    outline: {
      act: 'Sortie de cardiologie : pansement après pose d’un stimulateur',
      town: 'Laon',
      window: 'premier passage dans trois jours',
      note: 'Pansement à J3 et J7.',
      ...WARD,
    },
    letter,
    tasks: [
      {
        title: 'Pansement à J3 et J7',
        detail: 'Prévenir le service en cas de rougeur ou d’écoulement.',
        owner: NURSES,
        due: now + 3 * DAY_MS,
      },
    ],
    prescription: prescriptionOf(letter),
  };
}
