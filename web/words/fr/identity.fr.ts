/** French words of who people are: cards, changes, the recovery sheet, beginning anew. */
import { fr } from '../plural.js';

export const identity = {
  card: (name: string) => `Qui est ${name} ?`,
  checked: 'Vérifié sur cet appareil, maillon par maillon :',
  chain: {
    certified: (at: string) => `Pro Santé Connect certifie son nom et son numéro, ${at}`,
    vouched: (at: string) => `Une personne d’ici s’est portée garante, ${at}`,
    server: (at: string) => `Ce serveur seul l’atteste, ${at}`,
    log: (at: string, n: number) =>
      `Son registre, ${fr(n, 'ligne signée', 'lignes signées')} depuis ${at}`,
    reset: (at: string) => `Nouvelle identité depuis ${at}`,
    devices: (at: string, n: number) => `${fr(n, 'appareil')} en service, le dernier ${at}`,
    key: (at: string) => `Clé de lecture en cours depuis ${at}`,
  },
  number: 'Numéro de sécurité',
  numberHint:
    'Lisez-le ensemble, de vive voix ou côte à côte. Si les deux écrans montrent les mêmes chiffres, personne ne s’est glissé entre vous.',
  compareByCode: 'Comparer par un code',
  compareQr: (name: string) => `Code à montrer à ${name} pour comparer`,
  compareQrHint:
    'Côte à côte : l’un montre ce code, l’autre le vise depuis la fiche. Le même code est sur les deux écrans.',
  compareScan: 'Viser son code',
  compareDiffers:
    'Ce code n’est pas celui de votre échange. Ne lui envoyez rien sur un patient et prévenez votre administrateur.',
  teamChecked: 'Le nom de cette équipe est celui que sa communauté a signé. En font partie :',
  teamUnnamed: 'Le nom de cette équipe n’a pas pu être vérifié. En font partie :',
  disputed: (name: string, at: string) =>
    `${name} n’a pas pu ouvrir la clé de cet échange (${at}). Elle lui est remise d’elle-même.`,
  markCompared: 'Nous voyons les mêmes chiffres',
  comparedAt: (at: string) => `Comparé ${at}`,
  comparedBefore: (at: string) =>
    `Un autre numéro avait été comparé ${at}. Ses clés ont changé depuis : comparez à nouveau.`,
  changed: (name: string) => `L’identité de ${name} a changé`,
  changedReset: (at: string) =>
    `Cette personne a recommencé avec une nouvelle identité, ${at}. Elle n’a plus accès à rien tant qu’un collègue ne l’a pas réadmise. En cas de doute, appelez-la.`,
  changedClaims: (was: string, is: string, at: string) =>
    `Connue jusqu’ici comme ${was} ; maintenant ${is}, ${at}.`,
  blocks:
    'Rien sur un patient ne lui est envoyé d’ici tant que vous n’en avez pas pris connaissance.',
  renamed: (name: string) => `${name} a changé de nom ou de numéro`,
  sameProven: 'Pro Santé Connect dit que c’est la même personne. Rien ne change pour vos envois.',
  formerly: (known: string, at: string) => `Auparavant ${known} ; depuis ${at} comme ci-dessus.`,
  movedTitle: 'Est-ce bien vous ?',
  moved: (was: string, is: string) =>
    `Cet appareil est celui de ${was}. Pro Santé Connect vous connaît maintenant ainsi : ${is}.`,
  movedWhy:
    'Si c’est vous, identifiez-vous encore une fois : vos équipes, vos échanges et vos clés restent les vôtres, et vos collègues voient le changement une fois.',
  movedAct: 'C’est moi : continuer',
  movedNotMe: 'Ce n’est pas moi : me déconnecter',
  renamedMe: (is: string) => `Pro Santé Connect vous connaît maintenant ainsi : ${is}.`,
  renamedMeAct: 'Le faire savoir à mes collègues',
  seen: 'J’en ai pris connaissance',
  look: 'Voir',
  admitted: {
    team: (name: string, by: string) =>
      `${by || 'Quelqu’un'} vous compte dans ${name === '' ? 'une équipe au nom non vérifié' : `l’équipe ${name}`}`,
    community: (name: string, by: string) =>
      `${by || 'Quelqu’un'} vous compte dans la communauté ${name}`,
  },
  admittedHint: {
    team: 'Tant que vous n’avez pas répondu, rien ne part en son nom et rien ne vous y est demandé.',
    community:
      'Tant que vous n’avez pas répondu, les équipes qu’elle présente ne vous sont pas proposées.',
  },
  joinIt: 'J’en fais partie',
  leaveIt: 'Je n’en fais pas partie',
  levels: {
    certified: 'certifiée par Pro Santé Connect',
    vouched: 'présentée par un collègue',
    server: 'attestée par ce serveur seulement',
  },
  paperOf: (at: string) => `Feuille de secours du ${at}.`,
  noPaper: 'Aucune feuille de secours en cours.',
  paperWhy:
    'Elle rend vos clés si vos appareils se perdent. Si elle a été vue, égarée ou photographiée par d’autres, remplacez-la.',
  replace: 'Remplacer ma feuille de secours',
  replaceTitle: 'Votre nouvelle feuille de secours',
  replaceHint:
    'L’ancienne reste la bonne jusqu’à ce que vous ayez retapé trois mots de celle-ci. Ensuite, détruisez l’ancienne.',
  keepOld: 'Garder l’ancienne',
  replaced: 'C’est fait. Détruisez l’ancienne feuille : elle n’ouvre plus rien.',
  sheetDate: (at: string) => `Faite le ${at}`,
  sheetHow:
    'Pour retrouver vos clés : ouvrez Liaison sur un nouvel appareil, connectez-vous avec Pro Santé Connect, puis tapez ces mots ou scannez le code. Gardez cette feuille hors de portée des autres ; une feuille plus récente la remplace.',
  qrLabel: 'Code à scanner de la feuille de secours',
  paperReplaced: (made: string, at: string, current: string) =>
    `Cette feuille, faite le ${made}, a été remplacée le ${at}. Prenez celle du ${current}, et détruisez celle-ci.`,
  paperEnded: (made: string, at: string) =>
    `Cette feuille, faite le ${made}, a pris fin le ${at} : une nouvelle identité a été commencée.`,
  paperAhead: (made: string) =>
    `Cette feuille du ${made} en sait plus que le serveur n’en montre. Si vous l’aviez confirmée, prévenez votre administrateur ; sinon, prenez la précédente.`,
  paperUnknown: 'Ces mots sont justes, mais ne sont pas ceux de votre feuille.',
  paperWords: (positions: readonly number[]) =>
    `${positions.length > 1 ? 'Ces mots n’existent pas' : 'Ce mot n’existe pas'} : n° ${positions.join(', n° ')}.`,
  paperCount: (n: number) => `Il faut douze mots ; en voici ${n}.`,
  paperOrder: 'Un des mots n’est pas le bon, ou ils ne sont pas dans l’ordre.',
  lostAll: 'J’ai perdu tous mes appareils et ma feuille',
  lostWhat:
    'Vous pouvez recommencer avec une nouvelle identité. Elle ne rouvre rien de ce que vous pouviez lire, et vos collègues devront vous réadmettre, équipe par équipe. Ils en sont tous avertis.',
  lostWaits:
    'Un de vos appareils est encore en service : il est averti aussitôt et peut s’y opposer pendant 72 heures.',
  lostAsk: 'Demander une nouvelle identité',
  lostBegin: 'Commencer ma nouvelle identité',
  lostUntil: (asked: string, until: string) =>
    `Demandée ${asked}. Si personne ne s’y oppose, revenez ici ${until}.`,
  lostRefused: (at: string) => `Refusée depuis un de vos appareils, ${at}.`,
  askedTitle: 'Quelqu’un demande à remplacer votre identité',
  askedWhat: (asked: string, until: string) =>
    `Demandé ${asked}, avec votre compte Pro Santé Connect. Sans opposition, vos appareils seront coupés ${until}.`,
  askedRefuse: 'Ce n’est pas moi : refuser',
  askedMine: 'C’est moi qui l’ai demandé : ne faites rien.',
  returning: (name: string, at: string) => `${name} a une nouvelle identité depuis ${at}.`,
  readmit: (where: string) => `Réadmettre dans ${where}`,
  readmitHint:
    'Appelez d’abord cette personne : la réadmettre lui rend la lecture de ce qui s’y est dit.',
};
