/** The mails' words: that something waits, and where to look. Never who, what or about whom. */
import { NOTICE_SENTENCES } from '@liaison/contract/notice.sentences';
import type { AttentionReason } from '@liaison/contract/notification';

interface Notice {
  readonly subject: string;
  readonly sentence: string;
}

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
  const sentence = NOTICE_SENTENCES[language][reason];
  if (language === 'en') {
    const subject = `Liaison: ${sentence.toLowerCase()}`;
    const said = `${sentence}.${englishOthers(others)} Open Liaison to read it: ${link}`;
    return { subject, sentence: `${said}\n\n${ENGLISH_END}\n` };
  }
  const subject = `Liaison : ${sentence.toLowerCase()}`;
  const said = `${sentence}.${frenchOthers(others)} Ouvrez Liaison pour lire : ${link}`;
  return { subject, sentence: `${said}\n\n${FRENCH_END}\n` };
}
