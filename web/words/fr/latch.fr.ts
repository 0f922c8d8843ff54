/** French words of what closes this device's memory, and of keeping that memory. */
export const latch = {
  title: 'Déverrouillage',
  browser:
    'Ce qui est enregistré ici est chiffré par une clé que le navigateur garde et ne montre à personne. Qui ouvre ce navigateur ouvre Liaison.',
  why: 'Avec votre empreinte ou votre clé, rien ne s’ouvre sans vous : elle sera demandée à chaque ouverture.',
  fit: 'Déverrouiller avec mon empreinte / ma clé',
  fitting: 'Votre empreinte ou votre clé…',
  fitted: 'Fermé par votre clé d’accès',
  fittedWhy: 'Rien de ce qui est enregistré ici ne s’ouvre sans elle. Un geste suffit.',
  lostWay:
    'Si elle se perd : cet appareil sera effacé, puis relié depuis un autre ou avec vos douze mots.',
  remove: 'Ne plus la demander',
  shutTitle: 'Fermé sur cet appareil',
  shutWhy: 'Ce qui est enregistré ici ne s’ouvre qu’avec votre empreinte ou votre clé.',
  open: 'Ouvrir d’un geste',
  lost: 'Je n’ai plus cette clé',
  lostTitle: 'Effacer et relier cet appareil ?',
  lostWhy:
    'Sans cette clé, personne ne peut ouvrir ce qui est enregistré ici. Vous pouvez l’effacer et relier cet appareil :',
  lostBack:
    'ce que vous avez reçu revient, depuis un autre de vos appareils ou avec vos douze mots ;',
  lostGone: 'les brouillons et les envois qui ne sont pas partis d’ici sont perdus.',
  lostSure: 'J’ai compris, tout peut être effacé ici',
  lostGo: 'Effacer et relier',
};
