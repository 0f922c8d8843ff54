/**
 * The one table of errors: code → HTTP status and what a person is told, in French and in English.
 * A sentence says what was wrong and what to do. It never repeats what was sent.
 */
export interface ErrorEntry {
  readonly status: number;
  readonly fr: string;
  readonly en: string;
}

export const ERRORS = {
  request_invalid: {
    status: 400,
    fr: 'La demande contient une valeur inattendue. Mettez l’application à jour ou corrigez le champ indiqué.',
    en: 'The request holds an unexpected value. Update the application or mend the field named.',
  },
  request_too_large: {
    status: 413,
    fr: 'C’est trop volumineux pour être envoyé en une fois. Réduisez ou découpez.',
    en: 'This is too large to send at once. Make it smaller or split it.',
  },
  not_found: {
    status: 404,
    fr: 'Cette adresse n’existe pas. Revenez à l’accueil.',
    en: 'This address does not exist. Go back to the home page.',
  },
  not_signed_in: {
    status: 401,
    fr: 'Vous n’êtes pas connecté. Connectez-vous ; votre brouillon est conservé.',
    en: 'You are not signed in. Sign in; your draft is kept.',
  },
  session_expired: {
    status: 401,
    fr: 'Votre session a expiré. Reconnectez-vous ; votre brouillon est conservé.',
    en: 'Your session has expired. Sign in again; your draft is kept.',
  },
  session_locked: {
    status: 423,
    fr: 'La session s’est verrouillée après deux heures sans activité. Déverrouillez-la avec votre clé d’accès.',
    en: 'The session locked after two idle hours. Unlock it with your passkey.',
  },
  not_allowed: {
    status: 403,
    fr: 'Votre rôle ne permet pas cette action. Demandez à la personne qui gère ce groupe.',
    en: 'Your role does not allow this. Ask whoever manages this group.',
  },
  too_many_requests: {
    status: 429,
    fr: 'Trop de demandes en peu de temps. L’application réessaie toute seule dans un instant.',
    en: 'Too many requests in a short time. The application tries again by itself shortly.',
  },
  server_busy: {
    status: 503,
    fr: 'Le service est très sollicité. L’envoi est gardé et repart tout seul.',
    en: 'The service is very busy. What you send is kept and goes again by itself.',
  },
  database_unavailable: {
    status: 503,
    fr: 'Le service est momentanément indisponible. Rien n’est perdu : l’envoi repart tout seul.',
    en: 'The service is away for a moment. Nothing is lost: sending goes on by itself.',
  },
  internal_error: {
    status: 500,
    fr: 'Une erreur est survenue chez nous. Réessayez ; si elle persiste, donnez ce numéro à votre administrateur.',
    en: 'Something failed on our side. Try again; if it lasts, give this number to your administrator.',
  },
  origin_mismatch: {
    status: 400,
    fr: 'Cet envoi vient d’une autre installation de Liaison et n’est pas valable ici.',
    en: 'This comes from another installation of Liaison and is not valid here.',
  },
  clock_skew: {
    status: 422,
    fr: 'L’horloge de cet appareil n’est pas à l’heure. Réglez-la et réessayez.',
    en: 'The clock of this device is not right. Set it and try again.',
  },
  // --- sign-in -------------------------------------------------------------------------------
  oidc_state_unknown: {
    status: 400,
    fr: 'Cette connexion a expiré ou a déjà servi. Recommencez la connexion.',
    en: 'This sign-in has expired or was used already. Sign in again.',
  },
  oidc_denied: {
    status: 403,
    fr: 'Pro Santé Connect a refusé la connexion. Recommencez ou choisissez un autre moyen.',
    en: 'Pro Santé Connect refused the sign-in. Try again or choose another way.',
  },
  oidc_nonce_mismatch: {
    status: 401,
    fr: 'La réponse de Pro Santé Connect n’est pas celle attendue par cet appareil. Recommencez la connexion.',
    en: 'The answer of Pro Santé Connect is not the one this device waits for. Sign in again.',
  },
  oidc_issuer_mismatch: {
    status: 401,
    fr: 'La preuve d’identité vient d’un autre fournisseur que celui prévu. La connexion est refusée.',
    en: 'The proof of identity comes from another provider than the one expected. Sign-in is refused.',
  },
  oidc_audience_mismatch: {
    status: 401,
    fr: 'La preuve d’identité a été faite pour un autre service. La connexion est refusée.',
    en: 'The proof of identity was made for another service. Sign-in is refused.',
  },
  oidc_signature_invalid: {
    status: 401,
    fr: 'La signature de la preuve d’identité est fausse. La connexion est refusée.',
    en: 'The signature of the proof of identity is wrong. Sign-in is refused.',
  },
  oidc_acr_too_low: {
    status: 401,
    fr: 'Le niveau de garantie de la connexion est insuffisant. Utilisez votre e-CPS ou votre carte.',
    en: 'The assurance level of the sign-in is too low. Use your e-CPS or your card.',
  },
  oidc_expired: {
    status: 401,
    fr: 'La preuve d’identité est périmée ou datée du futur. Recommencez la connexion.',
    en: 'The proof of identity is out of date or dated in the future. Sign in again.',
  },
  oidc_provider_unavailable: {
    status: 503,
    fr: 'Pro Santé Connect ne répond pas. Réessayez dans quelques minutes.',
    en: 'Pro Santé Connect does not answer. Try again in a few minutes.',
  },
  oidc_claims_unusable: {
    status: 422,
    fr: 'Pro Santé Connect n’a pas transmis d’identifiant professionnel utilisable. Demandez une invitation à votre coordination.',
    en: 'Pro Santé Connect gave no usable professional identifier. Ask your coordination for an invitation.',
  },
  passkey_refused: {
    status: 401,
    fr: 'Cette clé d’accès n’est pas reconnue ici. Essayez-en une autre ou reconnectez-vous.',
    en: 'This passkey is not known here. Try another one or sign in again.',
  },
  invitation_unknown: {
    status: 404,
    fr: 'Cette invitation n’existe pas, a déjà servi ou a expiré. Demandez-en une nouvelle.',
    en: 'This invitation does not exist, was used or has expired. Ask for a new one.',
  },
  link_unknown: {
    status: 404,
    fr: 'Ce code n’existe pas, a déjà servi ou a expiré. Affichez-en un nouveau sur l’autre appareil.',
    en: 'This code does not exist, was used or has expired. Show a new one on the other device.',
  },
  link_mismatch: {
    status: 409,
    fr: 'Les deux appareils ne disent pas la même chose. Recommencez avec un nouveau code.',
    en: 'The two devices do not say the same. Start again with a new code.',
  },
  role_unknown: {
    status: 422,
    fr: 'Vous n’exercez pas dans ce rôle. Choisissez l’une de vos activités.',
    en: 'You do not practise in this role. Choose one of your activities.',
  },
  // --- identities ----------------------------------------------------------------------------
  person_unknown: {
    status: 404,
    fr: 'Cette personne n’est pas (encore) sur Liaison. Vous pouvez l’inviter.',
    en: 'This person is not (yet) on Liaison. You can invite them.',
  },
  tree_size_unknown: {
    status: 404,
    fr: 'Le serveur ne connaît pas ce point de contrôle. Il est gardé comme preuve.',
    en: 'The server does not know this checkpoint. It is kept as evidence.',
  },
  identity_needed: {
    status: 403,
    fr: 'Cet appareil n’est pas encore préparé. Terminez son installation, puis réessayez.',
    en: 'This device is not prepared yet. Finish setting it up, then try again.',
  },
  identity_exists: {
    status: 409,
    fr: 'Un autre appareil porte déjà votre identité. Reliez celui-ci, ou utilisez votre code de secours.',
    en: 'Another device holds your identity already. Link this one, or use your recovery code.',
  },
  identity_head_moved: {
    status: 409,
    fr: 'Vos appareils viennent de changer. L’application relit leur liste et réessaie.',
    en: 'Your devices have just changed. The application reads their list again and retries.',
  },
  identity_statement_invalid: {
    status: 422,
    fr: 'Ce changement d’appareil ou de clé n’est pas valable et a été refusé.',
    en: 'This change of device or key is not valid and was refused.',
  },
  attestation_invalid: {
    status: 422,
    fr: 'La preuve d’identité ne correspond pas à cet appareil. Recommencez la connexion.',
    en: 'The proof of identity does not belong to this device. Sign in again.',
  },
  device_unknown: {
    status: 403,
    fr: 'Cet appareil n’est pas (ou plus) relié à votre identité. Reliez-le.',
    en: 'This device is not (or no longer) linked to your identity. Link it.',
  },
  device_revoked: {
    status: 403,
    fr: 'Cet appareil a été révoqué. Utilisez-en un autre, ou reliez-le de nouveau.',
    en: 'This device was revoked. Use another, or link it again.',
  },
  lease_over: {
    status: 403,
    fr: 'Ce prêt au poste partagé ne vaut plus : son temps est écoulé, ou vos clés ont changé. Visez son code à nouveau.',
    en: 'What was lent to this shared computer holds no more: its time is up, or your keys changed. Scan its code again.',
  },
  key_invalid: {
    status: 422,
    fr: 'Une clé reçue est mal formée ou dangereuse. Rien n’a été enregistré.',
    en: 'A key received is malformed or unsafe. Nothing was recorded.',
  },
  signature_invalid: {
    status: 422,
    fr: 'La signature est fausse. Rien n’a été enregistré.',
    en: 'The signature is wrong. Nothing was recorded.',
  },
  // --- circles -------------------------------------------------------------------------------
  circle_unknown: {
    status: 404,
    fr: 'Cette conversation n’existe pas ou vous n’en faites pas partie.',
    en: 'This conversation does not exist or you are not part of it.',
  },
  not_a_member: {
    status: 403,
    fr: 'Vous ne faites pas (ou plus) partie de cette conversation.',
    en: 'You are not (or no longer) part of this conversation.',
  },
  item_invalid: {
    status: 422,
    fr: 'Cet élément n’a pas la forme prévue. Mettez l’application à jour.',
    en: 'This item does not have the expected form. Update the application.',
  },
  item_not_allowed: {
    status: 409,
    fr: 'Ce n’est plus possible dans l’état actuel. Relisez la page : quelqu’un a répondu entre-temps.',
    en: 'This is no longer possible in the present state. Read the page again: somebody answered meanwhile.',
  },
  handoff_taken: {
    status: 409,
    fr: 'Quelqu’un d’autre vient de prendre cette demande. Vous n’avez plus rien à faire.',
    en: 'Somebody else has just taken this request. There is nothing left for you to do.',
  },
  item_id_reused: {
    status: 409,
    fr: 'Deux envois différents portent le même numéro. L’application renumérote et réessaie.',
    en: 'Two different items carry the same number. The application renumbers and retries.',
  },
  counter_reused: {
    status: 409,
    fr: 'Cet appareil a repris un état ancien. L’application se remet à jour et réessaie.',
    en: 'This device went back to an old state. The application catches up and retries.',
  },
  circle_full: {
    status: 409,
    fr: 'Ce groupe est complet. Ajoutez la personne à un autre groupe.',
    en: 'This group is full. Add the person to another one.',
  },
  circles_too_many: {
    status: 409,
    fr: 'Vous êtes dans trop de groupes pour en ouvrir un autre. Quittez ceux qui ne servent plus.',
    en: 'You are in too many groups to open another. Leave those that are no longer used.',
  },
  last_admin: {
    status: 409,
    fr: 'Vous êtes la dernière personne à gérer ce groupe. Confiez-le à quelqu’un avant de partir.',
    en: 'You are the last person who manages this group. Hand it over before you leave.',
  },
  members_moved: {
    status: 409,
    fr: 'Les membres viennent de changer. L’application relit la liste et réessaie.',
    en: 'The members have just changed. The application reads the list again and retries.',
  },
  epoch_stale: {
    status: 409,
    fr: 'Les clés viennent de changer. L’application scelle de nouveau et réessaie.',
    en: 'The keys have just changed. The application seals again and retries.',
  },
  epoch_not_due: {
    status: 409,
    fr: 'Les clés n’ont pas à changer maintenant.',
    en: 'The keys need not change now.',
  },
  head_unknown: {
    status: 409,
    fr: 'Cet envoi se réfère à une histoire que le serveur ne connaît pas. L’application vérifie.',
    en: 'This refers to a history that the server does not know. The application checks.',
  },
  body_mismatch: {
    status: 422,
    fr: 'Le contenu scellé ne correspond pas à sa signature. Rien n’a été enregistré.',
    en: 'The sealed content does not match its signature. Nothing was recorded.',
  },
  identity_changed: {
    status: 409,
    fr: 'L’identité d’un destinataire a changé. Prenez-en connaissance, puis renvoyez.',
    en: 'The identity of a recipient has changed. Look at it, then send again.',
  },
  device_names_moved: {
    status: 409,
    fr: 'Un autre de vos appareils vient de changer ces noms. L’application les relit et réessaie.',
    en: 'Another of your devices has just changed these names. The application reads and retries.',
  },
  copies_mismatch: {
    status: 422,
    fr: 'Les clés jointes ne correspondent pas aux destinataires. Rien n’a été enregistré.',
    en: 'The keys enclosed do not match the recipients. Nothing was recorded.',
  },
  // --- handoffs, attachments -----------------------------------------------------------------
  letter_incomplete: {
    status: 422,
    fr: 'La lettre n’a pas ses six rubriques. Complétez-la ou donnez la raison de l’envoi incomplet.',
    en: 'The letter lacks some of its six rubrics. Complete it or state why it goes incomplete.',
  },
  attachment_unknown: {
    status: 404,
    fr: 'Cette pièce jointe n’existe pas ou a été effacée.',
    en: 'This attachment does not exist or was erased.',
  },
  attachment_incomplete: {
    status: 409,
    fr: 'La pièce jointe n’est pas encore entièrement envoyée. L’envoi reprend.',
    en: 'The attachment is not wholly sent yet. Sending resumes.',
  },
  push_refused: {
    status: 422,
    fr: 'Ce navigateur passe par un service de notification inconnu ici. Gardez le courriel.',
    en: 'This browser uses a notification service that is not known here. Keep the e-mail.',
  },
  address_invalid: {
    status: 422,
    fr: 'Cette adresse électronique est mal formée. Corrigez-la.',
    en: 'This mail address is malformed. Mend it.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** The wire form of an error: problem+json (RFC 9457). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  /**
   * Where and what, for a developer: field paths, positions, codes; never values that were sent.
   */
  readonly detail?: string;
  readonly requestId?: string;
  readonly fields?: readonly { readonly path: string; readonly problem: string }[];
}

/** What every refusal is, on both sides. `detail` never holds content. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ErrorCode,
    readonly detail?: string,
    readonly fields?: ProblemBody['fields'],
    options?: ErrorOptions,
  ) {
    super(detail === undefined ? code : `${code}: ${detail}`, options);
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  /** What a person is told. */
  sentence(language: 'fr' | 'en'): string {
    return ERRORS[this.code][language];
  }
}
