/** French words of a shared post: its card, its band, its end, and the phone that opens it. */
import { fr } from '../plural.js';

export const post = {
  title: 'Poste partagé',
  enter: 'Poste partagé',
  enterHint: 'Sur un ordinateur du service : votre téléphone l’ouvre, rien n’y reste.',
  lead: 'Votre téléphone ouvre ce poste en votre nom, pour quelques heures. Rien n’y reste quand vous partez.',
  otherWay: 'Ce n’est pas un poste partagé',
  card: {
    scanMe: 'Visez ce code avec l’appareil photo de votre téléphone.',
    qrLabel: 'Code à viser avec l’appareil photo de votre téléphone',
    orType: 'Ou tapez ce code sur votre téléphone, dans « Moi », « Relier un appareil » :',
    compareHere: 'Votre téléphone affiche-t-il exactement ces chiffres ?',
    finishThere: 'Terminez sur votre téléphone.',
    slow: 'Votre téléphone tarde à répondre. Vérifiez son réseau, ou affichez un nouveau code.',
    away: 'Ce poste n’a plus de réseau. Il reprendra dès que le réseau revient.',
    refused: 'Le poste n’a pas été ouvert. Rien n’a été transmis.',
    expired: 'Ce code a expiré. Bougez la souris pour en afficher un autre.',
  },
  band: (name: string) => `Session de ${name}`,
  until: (when: string) => `jusqu’à ${when}`,
  finish: 'Terminer ma session',
  finishing: 'Effacement de ce poste…',
  more: 'Prolonger',
  idle: (seconds: number) =>
    `Personne ? Cette session se termine dans ${fr(seconds, 'seconde')} et tout s’efface. Un geste suffit pour rester.`,
  idleSaid: 'Cette session va se terminer faute d’activité. Appuyez sur une touche pour rester.',
  ending: (minutes: number) => `Cette session se termine dans ${fr(minutes, 'minute')}.`,
  unsentTitle: 'Tout n’est pas encore parti',
  unsent: (n: number) =>
    `${fr(n, 'envoi attend', 'envois attendent')} encore le réseau. Si vous terminez maintenant, ce sera perdu.`,
  wait: 'Attendre',
  finishAnyway: 'Terminer quand même',
  ends: {
    done: 'Votre session est terminée. Rien n’en reste sur ce poste.',
    idle: 'La session s’est terminée faute d’activité. Rien n’en reste sur ce poste.',
    time: 'Le temps de la session est écoulé. Rien n’en reste sur ce poste.',
    elsewhere: 'La session a été terminée depuis ailleurs. Rien n’en reste sur ce poste.',
  },
  renewTitle: 'Prolonger cette session',
  renewOver: (name: string, when: string) =>
    `${name}, ce poste ne parle plus en votre nom. Ce que vous écriviez est gardé jusqu’à ${when} : visez le code pour continuer.`,
  renewEarly: (name: string) =>
    `${name}, visez le code : la session repart pour quelques heures. Ce que vous écriviez est gardé.`,
  back: 'Revenir sans prolonger',
  goneTitle: 'Un poste partagé est resté ouvert ici',
  gone: 'Sa mémoire est effacée : plus rien ne peut y être lu. Il reste à fermer sa session.',
  goneGo: 'Fermer cette session et ouvrir le poste',
  takenTitle: 'Quelqu’un est connecté dans ce navigateur',
  taken: (name: string) =>
    `${name} utilise Liaison ici comme sur un appareil personnel. Un poste partagé ne s’ouvre qu’après sa déconnexion.`,
  takenBack: 'Revenir à Liaison',
  takenOut: 'Se déconnecter et ouvrir le poste',
  askTitle: 'Ouvrir un poste',
  ask: 'Ouvrir ce poste en votre nom ?',
  lends: (when: string) => `Ce poste lira et écrira en votre nom jusqu’à ${when}.`,
  compareThere: 'Le poste affiche-t-il exactement ces chiffres ?',
  beware: 'N’acceptez que si son écran est devant vous, et que personne ne vous le demande.',
  open: 'Ouvrir le poste',
  openSame: 'Oui, ouvrir le poste',
  notOpen: 'Ne pas ouvrir',
  opened: (when: string) => `Le poste est ouvert jusqu’à ${when}.`,
  openedHint:
    'En partant, terminez votre session sur le poste. Vous pouvez aussi la terminer d’ici.',
  notOpened: 'Le poste n’a pas été ouvert. Rien n’a été transmis.',
  mine: 'Postes partagés ouverts',
  none: 'Aucun poste partagé n’est ouvert en votre nom.',
  one: 'Poste partagé',
  openedAt: (when: string) => `ouvert ${when}`,
  end: 'Terminer',
  endAll: 'Terminer tous les postes',
  endAllSure: 'Terminer tous les postes ?',
  endAllHint:
    'Leurs écrans se ferment et vos clés changent : même un poste dont la mémoire aurait été copiée ne lira plus rien de nouveau.',
  meHere:
    'Ce poste est prêté : vos appareils, votre feuille de secours et vos accès se gèrent sur votre téléphone.',
};
