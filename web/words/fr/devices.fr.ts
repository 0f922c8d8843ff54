/** French words of one’s own devices: names, last use, notices about them, and ending one. */
import { fr } from '../plural.js';

export const devices = {
  unnamed: 'Appareil sans nom',
  rename: (name: string) => `Renommer ${name}`,
  nameField: 'Nom de l’appareil',
  nameHint: 'Lisible sur vos seuls appareils.',
  save: 'Enregistrer',
  fingerprint: 'Empreinte',
  fingerprintHint: 'La même sur tous vos appareils : comparez-la en cas de doute.',
  first: (when: string) => `votre premier appareil, ${when}`,
  linked: (when: string, by: string) => `relié ${when} depuis ${by}`,
  recovery: (when: string) => `relié ${when} avec la feuille de secours`,
  reset: (when: string) => `nouvelle identité, ${when}`,
  used: (when: string) => `utilisé ${when}, selon le serveur`,
  usedNever: 'dernière utilisation inconnue du serveur',
  ended: 'Appareils révoqués',
  revokeTitle: (name: string) => `Révoquer ${name} ?`,
  sinceWhen: 'Depuis quand ne lui faites-vous plus confiance ?',
  trustedNow: 'Jusqu’à maintenant, il est resté entre mes mains',
  trustedFrom: (when: string) => `Depuis ${when} : ce n’était pas moi`,
  trustedDay: 'Depuis une date',
  trustedNever: 'Jamais : je ne l’ai pas relié',
  lastTrusted: 'À partir de quel jour ?',
  endsNow: 'Il est coupé tout de suite, où qu’il soit.',
  nothingFalls: 'Ce qu’il a fait jusqu’ici reste valable.',
  fallsToo: (name: string) => `${name} est coupé aussi : il a été relié après cette date.`,
  comesBack: (name: string) => `${name} sert de nouveau : sa révocation est annulée.`,
  paperFormer: 'La feuille de secours faite depuis est annulée : faites-en une nouvelle aussitôt.',
  paperNone: 'La feuille de secours est annulée : faites-en une nouvelle aussitôt.',
  wouldEndThis:
    'Cet appareil-ci a été relié par lui après cette date : il tomberait avec lui. Faites-le depuis un appareil plus ancien, ou choisissez une date plus récente.',
  notices: {
    'device.added': (name: string, who: string, when: string) =>
      `${name} a été relié à votre compte ${who}, ${when}`,
    'device.revoked': (name: string, who: string, when: string) =>
      `${name} a été révoqué ${who}, ${when}`,
    'recovery-key.set': (_name: string, who: string, when: string) =>
      `Votre feuille de secours a été remplacée ${who}, ${when}`,
    'person-key.rotated': (_name: string, who: string, when: string) =>
      `Tous les postes partagés ont été fermés ${who}, ${when}`,
    'identity.reset-asked': (_name: string, _who: string, when: string) =>
      `Une nouvelle identité a été demandée avec votre compte Pro Santé Connect, ${when}`,
    'identity.reset-refused': (_name: string, who: string, when: string) =>
      `Une demande de nouvelle identité a été refusée ${who}, ${when}`,
    'identity.reset': (_name: string, _who: string, when: string) =>
      `Une nouvelle identité a été commencée, ${when}`,
    'identity.attested': (_name: string, who: string, when: string) =>
      `Votre nom ou votre numéro a été confirmé par Pro Santé Connect ${who}, ${when}`,
    paper: 'avec votre feuille de secours',
    from: (name: string) => `depuis ${name}`,
  },
  ask: 'Lu dans votre registre signé, vérifié sur cet appareil. Était-ce vous ?',
  undone: 'Cela a été annulé depuis.',
  more: (n: number) => `Encore ${fr(n, 'avis', 'avis')} ensuite.`,
  understood: 'Compris',
  itWasMe: 'C’était moi',
  notMe: (name: string) => `Ce n’était pas moi : révoquer ${name}`,
};
