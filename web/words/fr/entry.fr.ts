/** French words of the way in: sign-in, role, this device, recovery, invitation, lock. */
export const entry = {
  tagline: 'La suite des soins, passée de main en main.',
  promise:
    'L’hôpital et la ville se transmettent les patients ; chacun voit qui a pris le relais. Le serveur ne peut rien lire.',
  psc: 'Se connecter avec Pro Santé Connect',
  passkey: 'Entrer avec une clé d’accès',
  passkeyHint: 'Pour les personnes invitées : coordination, secrétariat, internes.',
  leaving: 'Ouverture de Pro Santé Connect…',
  opening: 'Ouverture…',
  passkeyFailed: 'La clé d’accès n’a pas été utilisée. Réessayez, ou choisissez un autre moyen.',
  signOut: 'Se déconnecter',
  roleTitle: 'Vous exercez aujourd’hui comme…',
  roleHint: 'Vos transmissions porteront ce rôle. Vous pourrez en changer dans « Moi ».',
  deviceTitle: 'Préparer cet appareil',
  deviceWhy:
    'Vos clés de lecture naissent ici et n’en sortent jamais : ces douze mots sont le seul moyen de les retrouver si l’appareil se perd.',
  wordsTitle: 'Vos douze mots de secours',
  wordsHint: 'Imprimez-les ou photographiez-les, et gardez-les hors de portée des autres.',
  print: 'Imprimer',
  noted: 'C’est noté',
  seeAgain: 'Revoir les mots',
  typeBack: 'Tapez trois de ces mots, pour être sûr',
  word: (n: number) => `Mot n° ${n}`,
  finish: 'Terminer',
  wrongWords: 'Un des mots ne correspond pas. Vérifiez votre feuille, ou revoyez les mots.',
  preparing: 'Préparation des clés de cet appareil…',
  wordsSheet: (name: string) => `Liaison : mots de secours de ${name}`,
  noIdentityTitle: 'Terminer la connexion',
  noIdentity:
    'Cet appareil n’a pas encore reçu la preuve de votre identité. Reconnectez-vous une fois pour la lui donner.',
  otherTitle: 'Relier cet appareil',
  other:
    'Un autre appareil porte déjà votre identité : il peut relier celui-ci en quelques secondes.',
  lostTitle: 'Ce navigateur a perdu sa mémoire',
  lost: 'Le système a effacé ce que Liaison gardait ici. Reliez-le depuis un autre appareil : tout ce que vous avez reçu revient.',
  lostOld: (device: string) =>
    `Ce qui n’était qu’ici (brouillons, envois en attente) est perdu. Il reste dans vos appareils sous « ${device} » : révoquez cette entrée une fois celui-ci relié.`,
  otherGo: 'Relier avec mes mots',
  missingWords: (n: number) => (n === 1 ? 'Il manque 1 mot' : `Il manque ${n} mots`),
  pasteHint: 'Vous pouvez coller les douze mots d’un coup dans le premier champ.',
  lockTitle: 'Session verrouillée',
  lockWhy: 'Elle se verrouille après deux heures sans activité. Ce que vous écriviez est gardé.',
  unlock: 'Déverrouiller avec ma clé d’accès',
  unlockPsc: 'Me reconnecter avec Pro Santé Connect',
  invitationTitle: 'Votre invitation',
  invited: (name: string, inviter: string) => `${inviter} vous invite sur Liaison, ${name}.`,
  vouchedNote: (inviter: string) =>
    `Vous apparaîtrez aux autres comme « présenté(e) par ${inviter} ».`,
  acceptInvitation: 'Créer ma clé d’accès et entrer',
  invitationHint:
    'Votre téléphone ou votre ordinateur vous demandera votre code, votre doigt ou votre visage.',
};
