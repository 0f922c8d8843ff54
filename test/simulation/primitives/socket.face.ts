/**
 * Stands where the SDK expects socket.io's client: a line to the present life's network. It knows
 * whose line it is by the cookie that the SDK dresses it with.
 */
type Listener = (payload?: unknown) => void;

/** What the network does with a line. */
export interface Exchange {
  /** Whether the line is up from now on. */
  plug(line: Line, cookie: string): boolean;
  unplug(line: Line): void;
}

let exchange: Exchange | null = null;

export function exchangeBy(present: Exchange): void {
  exchange = present;
}

export class Line {
  readonly io = {
    opts: {} as { extraHeaders?: { cookie: string } },
    on: (): void => undefined,
    off: (): void => undefined,
  };
  active = false;
  readonly #listeners = new Map<string, Listener>();

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, listener);
  }

  off(): void {
    this.#listeners.clear();
  }

  connect(): void {
    const cookie = this.io.opts.extraHeaders?.cookie ?? '';
    // As over a network: whoever asks goes on before they hear.
    const up = exchange?.plug(this, cookie) === true;
    setTimeout(() => this.hear(up ? 'connect' : 'connect_error'), 1);
  }

  disconnect(): void {
    exchange?.unplug(this);
  }

  hear(event: string, payload?: unknown): void {
    this.#listeners.get(event)?.(payload);
  }
}

export function io(): Line {
  return new Line();
}
