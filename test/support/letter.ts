/** A complete discharge letter of a fictional patient. */
import type { DischargeLetter } from '@liaison/contract/letter';

export function letterOf(birthName: string): DischargeLetter {
  return {
    patient: {
      birthName,
      usualName: '',
      givenNames: 'Jeanne',
      sex: 'F',
      birthDate: '1940-05-12',
      birthPlace: '02408',
      ins: null,
      phone: '06 39 98 00 00',
      address: '',
    },
    attendingPhysician: 'Dr Petit',
    referrer: '',
    hospitalDoctor: 'Dr Marchand',
    admittedOn: '2026-11-15',
    dischargedOn: '2026-11-22',
    destination: 'Domicile',
    reason: 'Décompensation cardiaque',
    synthesis: 'Évolution favorable sous diurétiques.',
    treatments: [
      {
        name: 'Furosémide 40 mg',
        posology: '1 le matin',
        duration: '3 mois',
        status: 'started',
        why: '',
      },
    ],
    treatmentsNote: '',
    pendingResults: 'Aucun',
    followUp: 'Ionogramme à une semaine.',
    attachments: [],
  };
}
