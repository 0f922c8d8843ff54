/**
 * Transactions of a care life one after the other. One that asks the world outside lets others go
 * on meanwhile, as PostgreSQL does: it has written nothing yet, and keeps the rows that it holds.
 */
import type { Journal } from '../../rows/table.js';

export class Turn {
  /** Requests to the world outside that are under way. */
  outside = 0;
  isOver = false;
  readonly held = new Set<string>();
  leave: () => void = () => undefined;
  back: Promise<void> | null = null;
  comeBack: () => void = () => undefined;
}

export class Turns {
  /** Whose statements run now. */
  current: Turn | null = null;
  #last: Promise<void> = Promise.resolve();
  readonly #held = new Set<string>();

  constructor(private readonly journal: Journal) {}

  async take(turn: Turn): Promise<void> {
    const before = this.#last;
    this.#last = new Promise((resolve) => {
      turn.leave = resolve;
    });
    await before;
    this.current = turn;
  }

  /** It is over, whether it is in its turn now or asks outside. */
  end(turn: Turn): void {
    turn.isOver = true;
    for (const row of turn.held) this.#held.delete(row);
    if (this.current === turn) this.current = null;
    turn.leave();
  }

  /** False where another transaction holds that row: whoever asks so skips what is locked. */
  hold(row: string): boolean {
    if (this.current?.held.has(row) === true) return true;
    if (this.#held.has(row)) return false;
    this.#held.add(row);
    this.current?.held.add(row);
    return true;
  }

  async aside<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.current;
    if (turn === null) return work();
    if (turn.outside === 0) this.#stepOut(turn);
    turn.outside += 1;
    try {
      return await work();
    } finally {
      turn.outside -= 1;
      if (turn.outside === 0) await this.#stepIn(turn);
      else await turn.back;
    }
  }

  #stepOut(turn: Turn): void {
    if (this.journal.size > 0) throw new Error('rows: written before the world outside was asked');
    this.journal.commit();
    turn.back = new Promise((resolve) => {
      turn.comeBack = resolve;
    });
    turn.leave();
  }

  async #stepIn(turn: Turn): Promise<void> {
    if (!turn.isOver) {
      await this.take(turn);
      // Its process may have ended while it waited for its turn.
      if (isOver(turn)) this.end(turn);
      else this.journal.begin();
    }
    turn.comeBack();
  }
}

const isOver = (turn: Turn): boolean => turn.isOver;
