/** French words of the frame around screens: navigation, connection, trust, keys, faults. */
import type { FaultCode } from '@liaison/sdk/fault';
import { fr } from '../plural.js';

export const frame = {
  app: 'Liaison',
  skip: 'Aller au contenu',
  nav: 'Navigation principale',
  home: 'Accueil',
  talks: 'Conversations',
  people: 'Annuaire',
  me: 'Moi',
  news: 'Nouvelles',
  newsCount: (n: number) => fr(n, 'nouvelle non lue', 'nouvelles non lues'),
  unread: (n: number) => fr(n, 'non lu'),
  back: 'Retour',
  close: 'Fermer',
  cancel: 'Annuler',
  retry: 'Réessayer',
  save: 'Enregistrer',
  loading: 'Chargement…',
  stillLoading: 'C’est plus long que d’habitude. Rien n’est perdu.',
  loadFailed: 'Cette page n’a pas pu être lue.',
  nowhere: 'Cette page n’existe pas.',
  nowhereHint: 'Le lien est peut-être incomplet.',
  goHome: 'Revenir à l’accueil',
  fictional: 'Démonstration : personnes et patients fictifs.',
  fictionalTag: 'fictif',
  offline: 'Hors ligne.',
  offlineWorks:
    'Vous pouvez lire et préparer une transmission. Vos messages partiront au retour du réseau.',
  waiting: (n: number) => fr(n, 'envoi en attente', 'envois en attente'),
  dayForm: 'jj/mm/aaaa',
  dayWrong: 'Tapez le jour ainsi : 16/11/2026.',
  instantForm: 'jj/mm/aaaa hh:mm',
  instantWrong: 'Tapez le jour et l’heure ainsi : 16/11/2026 18:00, ou « demain 9 h ».',
  thisEvening: 'Aujourd’hui 18 h',
  tomorrowMorning: 'Demain 9 h',
  leavesLater: 'Partira au retour du réseau…',
  polling: 'Les nouveautés arrivent toutes les 15 secondes.',
  arrivals: (n: number) =>
    fr(n, 'nouvelle demande vous attend', 'nouvelles demandes vous attendent'),
  justNow: 'à l’instant',
  today: 'aujourd’hui',
  tomorrow: 'demain',
  yesterday: 'hier',
  at: (day: string, time: string) => `${day} à ${time}`,
  or: 'ou',
  unnamed: 'Équipe en cours de vérification',
  optional: 'facultatif',
};

export const trust = {
  label: (n: number) => `Chiffré de bout en bout · ${fr(n, 'personne')}`,
  short: 'Chiffré de bout en bout',
  title: 'Qui peut lire ceci',
  why: 'Le texte est chiffré sur l’appareil de la personne qui l’écrit et ne s’ouvre que sur les appareils des personnes ci-dessous. Le serveur ne peut pas le lire.',
  certified: (since: string) => `Identité certifiée par Pro Santé Connect, ${since}`,
  vouched: (by: string, since: string) => `Présenté(e) par ${by}, ${since}`,
  server: (since: string) => `Attesté(e) par ce serveur seulement, ${since}`,
  directory: 'Nom repris de l’annuaire, non vérifié',
  noReaders: 'La liste n’est pas encore vérifiée sur cet appareil.',
};

export const keys = {
  title: 'Touches du clavier',
  intro: 'Une touche suffit quand aucun champ n’est actif.',
  help: 'Afficher ces touches',
  home: 'Accueil',
  create: 'Nouvelle transmission',
  talks: 'Conversations',
  people: 'Annuaire',
  news: 'Nouvelles',
  next: 'Élément suivant',
  previous: 'Élément précédent',
  off: 'Désactiver ces touches',
  on: 'Activer ces touches',
};

export const alarm = {
  title: 'Liaison s’est arrêtée pour vous protéger',
  what: 'Cet appareil a constaté que le serveur montre une histoire différente de celle qu’il avait signée. Des messages ont pu être cachés, changés ou déplacés.',
  do: 'Ne transmettez rien par Liaison pour l’instant. Utilisez le téléphone, et donnez le code ci-dessous à la personne qui administre Liaison.',
  kept: 'Les preuves sont gardées sur cet appareil. Vos brouillons aussi.',
  code: 'Code',
};

export const faults = {
  offline: 'Pas de réseau. Ce que vous avez écrit est gardé ; réessayez dès qu’il revient.',
  'reply-invalid':
    'Le serveur a répondu autre chose que prévu. Mettez l’application à jour, puis réessayez.',
  'not-pinned':
    'Cette application n’a pas été préparée pour ce serveur : rien n’y est cru. Prévenez votre administrateur.',
  'not-ready': 'Cet appareil n’est pas encore prêt. Terminez sa préparation, puis réessayez.',
  'no-such-circle': 'Cette transmission n’est pas (ou plus) accessible sur cet appareil.',
  'too-many-templates': 'Votre équipe a déjà 64 modèles : retirez-en un, puis enregistrez.',
  'no-keys':
    'La clé de lecture n’est pas encore arrivée. Elle arrive dès qu’un collègue ouvre Liaison.',
  'file-broken': 'Cette pièce jointe est arrivée abîmée. Demandez à son auteur de la renvoyer.',
  'name-wrong': 'Une équipe se présente sous un autre nom que le sien : rien n’est montré d’elle.',
  'words-wrong': 'Ces mots ne forment pas un code de secours. Vérifiez l’orthographe et l’ordre.',
  'paper-replaced':
    'Cette feuille de secours a été remplacée : elle n’ouvre plus rien. Prenez la plus récente.',
  unsent: 'Des envois attendent encore sur cet appareil. Laissez-les partir d’abord.',
  'store-shut': 'Ce qui est enregistré ici est fermé. Ouvrez-le avec votre empreinte ou votre clé.',
  'passkey-other':
    'L’appareil ne s’est pas ouvert. Réessayez, avec la clé que vous aviez choisie ici.',
  'passkey-plain':
    'Cette clé d’accès ne sait pas fermer un appareil. Rien n’a changé : le navigateur garde sa propre clé, qui n’en sort pas.',
  'link-wrong': 'Ce lien d’invitation est incomplet. Demandez qu’on vous le remette en entier.',
  'code-wrong':
    'Ce code est incomplet ou mal lu. Recopiez les huit caractères affichés sur l’autre appareil.',
  'ends-this-one':
    'Cet appareil-ci tomberait avec l’autre. Faites-le depuis un appareil plus ancien.',
  'at-post':
    'Cela ne se fait pas depuis un poste partagé. Prenez votre téléphone ou votre ordinateur.',
  'other-person':
    'Ce poste est ouvert au nom de quelqu’un d’autre. Terminez d’abord sa session, puis visez à nouveau.',
  'link-altered':
    'Ce que le serveur a transmis ne vient pas de l’autre appareil. Rien n’a été relié ; la preuve est gardée.',
  'log-broken':
    'Une vérification a échoué : ce que le serveur montre n’est pas cohérent. Prévenez votre administrateur.',
  'sign-in-altered':
    'La connexion proposée n’est pas celle que cet appareil a préparée. Ne continuez pas, et prévenez votre administrateur.',
  'receipt-broken': 'Le reçu du serveur n’est pas valable. Prévenez votre administrateur.',
} satisfies Record<FaultCode, string>;
