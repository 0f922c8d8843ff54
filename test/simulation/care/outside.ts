/**
 * The mail relay and the push services of a care life, and everything that ever reached them. A
 * relay may take a mail whose sender ends before it hears so: the mail is then sent again, under
 * the same id.
 */
import type { PersonId } from '@liaison/contract/ids';
import type { CareTime } from './time.js';

export interface Sent {
  readonly channel: 'mail' | 'push';
  readonly id: string;
  readonly to: string;
  readonly trueAt: number;
  /** How many ends of processes and outages there had been as its sender began. */
  readonly troubles: number;
}

export type RelayMood = 'takes' | 'refuses' | 'later' | 'away';
export type PushMood = 'takes' | 'gone' | 'fails' | 'away';

const ANSWER_MS = 40;
const WAIT_MS = 5000;

export class Outside {
  readonly sent: Sent[] = [];
  relay: RelayMood = 'takes';
  /** By endpoint. */
  readonly services = new Map<string, PushMood>();
  troubles = 0;

  constructor(private readonly time: CareTime) {}

  /** As nodemailer: an error tells what the relay said. */
  async mail(id: string, to: string): Promise<void> {
    const { troubles } = this;
    await this.time.pause(this.relay === 'away' ? WAIT_MS : ANSWER_MS);
    if (this.relay === 'away') throw new Error('Connection timeout');
    if (this.relay === 'refuses') throw relaySaid(550);
    if (this.relay === 'later') throw relaySaid(451);
    this.#note({ channel: 'mail', id, to, troubles });
  }

  /** The status that a service answers with. */
  async push(id: string, endpoint: string): Promise<number> {
    const mood = this.services.get(endpoint) ?? 'takes';
    const { troubles } = this;
    await this.time.pause(mood === 'away' ? WAIT_MS : ANSWER_MS);
    if (mood === 'away') throw new Error('timeout');
    if (mood === 'gone') return 410;
    if (mood === 'fails') return 503;
    this.#note({ channel: 'push', id, to: endpoint, troubles });
    return 201;
  }

  #note(sent: Omit<Sent, 'trueAt'>): void {
    this.sent.push({ ...sent, trueAt: this.time.now() });
  }
}

function relaySaid(responseCode: number): Error {
  return Object.assign(new Error('refused'), { responseCode, command: 'RCPT TO' });
}

/** Where somebody's mail goes. */
export const addressOf = (person: PersonId): string => `${person.slice(0, 8)}@example.test`;
export const endpointOf = (person: PersonId, n: number): string =>
  `https://push.example.test/${person.slice(0, 8)}/${n}`;
