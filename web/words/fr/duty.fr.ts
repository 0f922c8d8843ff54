/** French words of the part where a team says who answers for it now, and until when. */
export const duty = {
  title: 'Qui répond maintenant',
  hint: 'Ce qui est demandé à l’équipe sonne chez cette personne. Sans réponse à temps, toute l’équipe est appelée.',
  whole: 'Toute l’équipe',
  until: (when: string) => `jusqu’à ${when}`,
  next: 'Ensuite',
  shift: (from: string, until: string) => `${from} → ${until}`,
  take: 'Je réponds',
  pass: 'Passer à un collègue',
  giveBack: 'Rendre à toute l’équipe',
  who: 'À qui',
  from: 'À partir de (sinon dès maintenant)',
  to: 'Jusqu’à',
  wrongOrder: 'La fin est avant le début.',
  confirm: 'Confirmer',
  giveUp: 'Annuler',
  left: 'N’en fait plus partie',
};
