/** French words of what closes this device's memory, and of keeping that memory. */
export const latch = {
  title: 'Déverrouillage',
  browser:
    'Ce qui est enregistré ici est chiffré par une clé que le navigateur garde et ne montre à personne. Qui ouvre ce navigateur ouvre Liaison.',
  why: 'Avec votre empreinte ou votre clé, rien ne s’ouvre sans vous\u00a0: elle sera demandée à chaque ouverture.',
  fit: 'Déverrouiller avec mon empreinte / ma clé',
  fitting: 'Votre empreinte ou votre clé…',
  fitted: 'Fermé par votre clé d’accès',
  fittedWhy: 'Rien de ce qui est enregistré ici ne s’ouvre sans elle. Un geste suffit.',
  lostWay:
    'Si elle se perd\u00a0: cet appareil sera effacé, puis relié depuis un autre ou avec vos douze mots.',
  remove: 'Ne plus la demander',
  shutTitle: 'Fermé sur cet appareil',
  shutWhy: 'Ce qui est enregistré ici ne s’ouvre qu’avec votre empreinte ou votre clé.',
  open: 'Ouvrir d’un geste',
  lost: 'Je n’ai plus cette clé',
  lostTitle: 'Effacer et relier cet appareil ?',
  lostWhy:
    'Sans cette clé, personne ne peut ouvrir ce qui est enregistré ici. Vous pouvez l’effacer et relier cet appareil\u00a0:',
  lostBack:
    'ce que vous avez reçu revient, depuis un autre de vos appareils ou avec vos douze mots ;',
  lostGone: 'les brouillons et les envois qui ne sont pas partis d’ici sont perdus.',
  lostSure: 'J’ai compris, tout peut être effacé ici',
  lostGo: 'Effacer et relier',
  storage: 'Mémoire de ce navigateur',
  kept: 'Gardée',
  keptWhy: 'Ce navigateur s’est engagé à ne pas effacer ce que Liaison enregistre ici.',
  evictable: 'Peut être effacée',
  evictableWhy:
    'Ce navigateur ne s’est pas engagé\u00a0: si la place manque, ou après des semaines sans ouvrir Liaison, le système peut effacer ce qui est enregistré ici. Il faudrait alors relier cet appareil.',
  askAgain: 'Lui demander de la garder',
  installTitle: 'Gardez Liaison sur cet appareil',
  installWhy:
    'Installée comme une application, Liaison n’est plus effacée après quelques semaines sans l’ouvrir.',
  install: 'Installer Liaison',
  installSteps: {
    ios: [
      'Touchez Partager, en bas ou en haut de Safari.',
      'Choisissez « Sur l’écran d’accueil », puis « Ajouter ».',
      'Ouvrez Liaison depuis l’écran d’accueil, et reliez-la une fois avec cet appareil.',
    ],
    mac: [
      'Dans Safari, ouvrez le menu Fichier.',
      'Choisissez « Ajouter au Dock », puis ouvrez Liaison depuis le Dock.',
      'Reliez-la une fois depuis un autre de vos appareils.',
    ],
  },
};
