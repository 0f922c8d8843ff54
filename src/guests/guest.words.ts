/** The mail's words: which team awaits somebody, and where to go. Never about whom, or for what. */
import type { GuestToken } from '@liaison/contract/guest';
import { guestLink } from '@liaison/contract/guest';
import type { Origin } from '@liaison/contract/ids';

interface GuestLetter {
  readonly subject: string;
  readonly text: string;
}

interface Told {
  readonly language: 'fr' | 'en';
  /** As the team's own card names it; null where it has none. */
  readonly team: string | null;
  readonly token: string;
}

export function guestLetter({ language, team, token }: Told, origin: string): GuestLetter {
  const link = guestLink(origin as Origin, token as GuestToken);
  return language === 'en' ? english(team, link) : french(team, link);
}

function french(team: string | null, link: string): GuestLetter {
  const who = team ?? 'Une équipe de soins';
  return {
    subject: 'Liaison : une équipe de soins attend votre réponse',
    text: `Bonjour,

${who} vous a adressé une transmission sur Liaison, la messagerie chiffrée de la communauté
professionnelle de santé, et attend votre réponse.

Pour la lire, ouvrez ce lien et connectez-vous avec Pro Santé Connect (e-CPS ou carte CPS) :
${link}

Le lien est personnel et sert une fois, pendant quatorze jours.
Ce message ne contient aucune donnée de santé. N’y répondez pas. Si vous n’êtes pas concerné,
ignorez-le.
`,
  };
}

function english(team: string | null, link: string): GuestLetter {
  const who = team ?? 'A care team';
  return {
    subject: 'Liaison: a care team awaits your answer',
    text: `Hello,

${who} has sent you a handoff on Liaison, the encrypted messaging of the health community,
and awaits your answer.

To read it, open this link and sign in with Pro Santé Connect (e-CPS or CPS card):
${link}

The link is yours alone and serves once, for fourteen days.
This message holds no health data. Do not answer it. If it is not for you, ignore it.
`,
  };
}
