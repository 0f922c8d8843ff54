/**
 * What the delivery benchmark's processes say to each other, and the clock they share: the system's
 * monotonic one, which counts alike in all processes of a machine.
 */
import type { WireItem } from '@liaison/contract/item';
import { percentile } from './figure.js';

/** The part of an item that is known before it is sent, and must arrive byte for byte. */
export type Expected = Pick<WireItem, 'text' | 'signature' | 'body'>;

export type Order =
  | { readonly order: 'connect'; readonly url: string; readonly cookies: readonly string[] }
  | { readonly order: 'read'; readonly circle: string }
  | { readonly order: 'expect'; readonly items: readonly Expected[] }
  /** When each expected item was sent: the answer is the round's report. */
  | { readonly order: 'report'; readonly sentAt: readonly number[] };

export interface Report {
  readonly deliveries: number;
  readonly wrong: number;
  readonly lastAt: number;
  readonly p99: number;
}

/** Milliseconds. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Receipts of one round: which item, and when. */
export class Receipts {
  #places = new Map<string, number>();
  #items: readonly Expected[] = [];
  #at: number[][] = [];
  #wrong = 0;
  #count = 0;
  #wanted = Number.POSITIVE_INFINITY;
  #whole: () => void = () => undefined;

  expect(items: readonly Expected[], receivers: number): void {
    this.#items = items;
    this.#places = new Map(items.map(({ signature }, i) => [signature, i]));
    this.#at = items.map(() => []);
    this.#wrong = 0;
    this.#count = 0;
    this.#wanted = items.length * receivers;
  }

  take(signature: string, text: string, body: string | null): void {
    const place = this.#places.get(signature);
    const item = place === undefined ? undefined : this.#items[place];
    if (place === undefined || item?.text !== text || item.body !== body) this.#wrong += 1;
    else this.#at[place]?.push(now());
    this.#count += 1;
    if (this.#count >= this.#wanted) this.#whole();
  }

  /** Waits for what is still on its way. */
  async report(sentAt: readonly number[], patienceMs: number): Promise<Report> {
    if (this.#count < this.#wanted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        this.#whole = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const all = this.#at.flatMap((times, i) => times.map((time) => time - (sentAt[i] ?? 0)));
    const lastAt = this.#at.reduce((last, times) => Math.max(last, times.at(-1) ?? 0), 0);
    return { deliveries: all.length, wrong: this.#wrong, lastAt, p99: percentile(all, 99) };
  }
}
