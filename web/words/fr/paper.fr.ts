/** French words of what is made on paper: the letter as a PDF. */

export const paper = {
  title: 'Lettre de liaison à la sortie',
  fileName: 'lettre-de-liaison',
  from: (team: string, who: string, when: string) => `${team}, ${who}. Transmise le ${when}`,
  phone: (phone: string) => `Téléphone de l’équipe : ${phone}`,
  to: (who: string) => `À l’attention de ${who}`,
  destination: 'Retour à',
  birthPlace: 'Lieu de naissance (INSEE)',
  insOid: 'OID de l’INS',
  noIns: 'sans INS',
  rubrics: {
    identification: '1. Séjour et intervenants',
    reason: '2. Motif d’hospitalisation',
    synthesis: '3. Synthèse médicale',
    treatments: '4. Traitements de sortie et traitements arrêtés',
    'pending-results': '5. Résultats attendus',
    'follow-up': '6. Suites à donner',
  },
  status: 'Statut',
  unread: 'Pas encore lisible sur cet appareil',
  madeWith: (when: string) =>
    `Fait le ${when} avec Liaison, sur l’appareil de l’équipe. Document confidentiel, couvert par le secret professionnel.`,
  foot: (who: string, born: string, ins: string, page: number, of: number) =>
    `${who}, né(e) le ${born} · INS : ${ins} · page ${page} sur ${of}`,
  make: 'Faire le PDF de la lettre',
  makeFor: (who: string) => `PDF pour ${who}`,
  making: 'Mise en page…',
  made: 'PDF enregistré sur cet appareil.',
};
