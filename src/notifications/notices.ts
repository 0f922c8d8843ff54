/** The mails' words: that something waits, and where to look. Never who, what or about whom. */
import type { AttentionReason } from '@liaison/contract/notification';

interface Notice {
  readonly subject: string;
  readonly sentence: string;
}

const FRENCH: Readonly<Record<AttentionReason, string>> = {
  'handoff-offered': 'Une demande attend votre réponse',
  'handoff-answered': 'Une réponse est arrivée',
  'handoff-declined': 'Une demande a été déclinée et attend votre décision',
  'handoff-ended': 'Une demande qui vous était adressée a pris fin',
  'handoff-late': 'Une demande n’a pas reçu de réponse à temps',
  'handoff-taken': 'Une demande a été prise par quelqu’un d’autre',
  'item-late': 'Un élément d’un plan attend au-delà de son heure',
  'team-late': 'Une équipe tarde à répondre à une demande',
  'message-posted': 'Un message vous attend',
  mentioned: 'Quelqu’un vous appelle dans une conversation',
  'device-changed': 'La liste de vos appareils a changé',
  'guest-arrived': 'Quelqu’un que vous attendiez est arrivé sur Liaison',
  'stand-in': 'Une demande attend une personne que vous remplacez',
};

const ENGLISH: Readonly<Record<AttentionReason, string>> = {
  'handoff-offered': 'A request awaits your answer',
  'handoff-answered': 'An answer has arrived',
  'handoff-declined': 'A request was declined and awaits your decision',
  'handoff-ended': 'A request addressed to you has ended',
  'handoff-late': 'A request was not answered in time',
  'handoff-taken': 'A request was taken by somebody else',
  'item-late': 'An item of a plan waits past its time',
  'team-late': 'A team is late to answer a request',
  'message-posted': 'A message awaits you',
  mentioned: 'Somebody calls you in a conversation',
  'device-changed': 'The list of your devices has changed',
  'guest-arrived': 'Somebody whom you awaited has come to Liaison',
  'stand-in': 'A request awaits somebody whom you stand in for',
};

const FRENCH_END = 'Cet avis ne contient aucune donnée de santé. N’y répondez pas.';
const ENGLISH_END = 'This notice holds no health data. Do not answer it.';

interface Told {
  readonly reason: AttentionReason;
  readonly language: 'fr' | 'en';
  /** How many other things wait besides. */
  readonly others: number;
}

function frenchOthers(others: number): string {
  if (others === 0) return '';
  return others === 1
    ? ' Une autre chose vous attend.'
    : ` ${others} autres choses vous attendent.`;
}

function englishOthers(others: number): string {
  if (others === 0) return '';
  return others === 1 ? ' One more thing awaits you.' : ` ${others} more things await you.`;
}

/** Subject and text of a mail in that language. */
export function notice({ reason, language, others }: Told, link: string): Notice {
  if (language === 'en') {
    const subject = `Liaison: ${ENGLISH[reason].toLowerCase()}`;
    const said = `${ENGLISH[reason]}.${englishOthers(others)} Open Liaison to read it: ${link}`;
    return { subject, sentence: `${said}\n\n${ENGLISH_END}\n` };
  }
  const subject = `Liaison : ${FRENCH[reason].toLowerCase()}`;
  const said = `${FRENCH[reason]}.${frenchOthers(others)} Ouvrez Liaison pour lire : ${link}`;
  return { subject, sentence: `${said}\n\n${FRENCH_END}\n` };
}
