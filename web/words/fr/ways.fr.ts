/** French words of the ways in (sessions, passkeys, invitations) and of leaving a device. */
import { fr } from '../plural.js';

export const ways = {
  title: 'Mes accès',
  hint: 'Tout ce qui ouvre Liaison en votre nom. Terminez ce que vous ne reconnaissez pas.',
  sessions: 'Sessions ouvertes',
  means: {
    provider: 'par Pro Santé Connect',
    passkey: 'par clé d’accès',
    device: 'sur un poste partagé',
    invitation: 'par invitation',
  },
  hereNow: 'celle-ci',
  locked: 'verrouillée',
  session: 'Session',
  opened: (when: string) => `ouverte ${when}`,
  seen: (when: string) => `dernière activité ${when}`,
  endSession: 'Terminer',
  endSessionSure: 'Terminer cette session ?',
  endSessionHint:
    'Elle se ferme tout de suite, où qu’elle soit. Ce qui y était écrit reste sur son appareil.',
  passkeys: 'Clés d’accès',
  noPasskeys: 'Aucune clé d’accès.',
  made: (when: string) => `créée ${when}`,
  used: (when: string) => `utilisée ${when}`,
  neverUsed: 'jamais utilisée',
  synced: 'copiée sur vos autres appareils par leur fabricant',
  removePasskey: 'Retirer',
  removePasskeySure: 'Retirer cette clé d’accès ?',
  removePasskeyHint:
    'Elle n’ouvrira plus Liaison. Sans aucune clé, il faudra passer par Pro Santé Connect à chaque verrouillage.',
  invitations: 'Invitations remises',
  noInvitations: 'Aucune invitation en votre nom.',
  states: {
    open: 'en attente',
    redeemed: 'acceptée',
    expired: 'périmée',
    withdrawn: 'retirée',
  },
  until: (when: string) => `valable jusqu’au ${when}`,
  withdraw: 'Retirer l’invitation',
  withdrawSure: (name: string) => `Retirer l’invitation de ${name} ?`,
  withdrawHint: 'Le lien remis n’ouvrira plus rien.',
  forget: 'Oublier cet appareil',
  forgetTitle: 'Oublier cet appareil ?',
  forgetHint:
    'Pour un poste partagé, ou un appareil qui change de mains. Tout ce que Liaison y garde est effacé :',
  forgetRead: 'ce que vous y avez lu et les clés qui l’ouvrent ;',
  forgetDrafts: (n: number) => `${fr(n, 'brouillon')}, définitivement ;`,
  forgetUnsent: (n: number) =>
    `${fr(n, 'envoi qui n’est pas parti', 'envois qui ne sont pas partis')}, définitivement ;`,
  forgetBack: 'pour y revenir, il faudra le relier de nouveau.',
  forgetLast:
    'C’est votre seul appareil : sans vos douze mots de secours, plus rien de ce que vous avez reçu ne pourra être lu.',
  forgetSure: 'J’ai compris, tout peut être effacé',
  forgetting: 'Effacement…',
  forgotten: 'Cet appareil a tout oublié.',
  notEnded:
    'Cet appareil a tout oublié, mais le serveur n’a pas pu noter sa fin : révoquez-le depuis un autre de vos appareils.',
  endedTitle: 'Cet appareil a été révoqué',
  endedBy: (when: string, device: string) => `Révoqué ${when}, depuis ${device}.`,
  endedByWords: (when: string) => `Révoqué ${when}, avec vos mots de secours.`,
  endedByItself: (when: string) => `Révoqué ${when}, depuis cet appareil même.`,
  endedWhy:
    'Il ne peut plus rien lire de ce qui suit, ni écrire en votre nom. Si ce n’est pas vous, révoquez l’appareil ci-dessus depuis un autre, et prévenez votre administrateur.',
  endedDrafts: 'Vos brouillons y sont encore.',
  linkAgain: 'Le relier de nouveau',
  evidence: 'Preuves gardées',
  evidenceHint:
    'Ce que cet appareil a constaté contre le serveur, avec les pièces signées. Remettez le fichier à la personne qui administre Liaison.',
  evidenceOpen: 'pas encore expliqué',
  evidenceHealed: (when: string) => `rentré dans l’ordre ${when}`,
  saveEvidence: 'Enregistrer les preuves (fichier)',
  release: 'Remettre le dossier',
  releaseHint: 'A accepté sur l’essentiel, et n’a pas encore le dossier.',
};
