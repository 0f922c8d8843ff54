/**
 * The wake-up. While the socket is up, events come at once; while it is down, the caller is asked
 * to poll every LIMITS.pollMs. Each event is parsed by the contract's schema; one that does not fit
 * is dropped, since the cursor finds whatever it announced. Nothing is ever sent over it.
 */
import { LIMITS } from '@liaison/contract/limits';
import { SOCKET_EVENTS, type SocketEvent, type SocketPayload } from '@liaison/contract/socket';
import { type Socket as Connection, io } from 'socket.io-client';
import * as parser from 'socket.io-msgpack-parser';
import { chance } from './crypto/random.js';
import type { Http } from './http.js';

export type SocketHandlers = {
  readonly [E in SocketEvent]: (payload: SocketPayload<E>) => void;
} & {
  /** The socket is up, or is not: from then on the other way of hearing is in use. */
  readonly live: (up: boolean) => void;
  /** Time to ask: at each (re)connection, and at each poll while there is none. */
  readonly ask: () => void;
};

/** First pause after the server hung up; it doubles. */
const HUNG_UP_MS = 500;

export class Socket {
  readonly #connection: Connection;
  readonly #dress: () => void;
  #attempts = 0;
  #again: ReturnType<typeof setTimeout> | null = null;
  #first: ReturnType<typeof setTimeout> | null = null;
  #poll: ReturnType<typeof setInterval> | null = null;

  constructor(origin: string, http: Http, handlers: SocketHandlers) {
    const cookies = http.cookies;
    this.#connection = io(origin, {
      transports: ['websocket'],
      path: '/socket',
      parser,
      withCredentials: true,
      autoConnect: false,
      reconnectionDelayMax: LIMITS.pollMs.value,
    });
    // Programs carry their cookies themselves, as they are at each attempt: sessions rotate them.
    this.#dress = (): void => {
      if (cookies === undefined) return;
      this.#connection.io.opts.extraHeaders = { cookie: cookies(), origin };
    };
    this.#connection.io.on('reconnect_attempt', this.#dress);
    this.#bind(handlers);
    this.#connect();
  }

  close(): void {
    // Before it says that it is down: nobody wants to poll any more.
    this.#connection.off();
    this.#connection.io.off('reconnect_attempt', this.#dress);
    if (this.#again !== null) clearTimeout(this.#again);
    this.#connection.disconnect();
    this.#stopPolling();
  }

  #bind(handlers: SocketHandlers): void {
    this.#connection.on('connect', () => {
      this.#stopPolling();
      this.#attempts = 0;
      handlers.live(true);
      handlers.ask();
    });
    const down = (): void => {
      handlers.live(false);
      this.#startPolling(handlers);
      this.#comeBack();
    };
    this.#connection.on('disconnect', down);
    this.#connection.on('connect_error', down);
    for (const event of Object.keys(SOCKET_EVENTS) as SocketEvent[]) this.#on(event, handlers);
  }

  #on(event: SocketEvent, handlers: SocketHandlers): void {
    // Which payload belongs to which handler is said once, by the contract's table.
    const handler = handlers[event] as (payload: unknown) => void;
    this.#connection.on(event, (payload: unknown) => {
      const parsed = SOCKET_EVENTS[event].safeParse(payload);
      if (parsed.success) handler(parsed.data);
      else handlers.ask();
    });
  }

  #connect(): void {
    this.#dress();
    this.#connection.connect();
  }

  /**
   * The library reconnects after a cut line, not after a server that hung up: which it does to all
   * sockets of a person whose sessions changed, and to those that it does not take.
   */
  #comeBack(): void {
    if (this.#connection.active || this.#again !== null) return;
    this.#again = setTimeout(() => {
      this.#again = null;
      this.#connect();
    }, this.#pauseMs());
  }

  /** Spread, since all of a person's devices were hung up on together; longer while it fails. */
  #pauseMs(): number {
    this.#attempts += 1;
    const pauseMs = Math.min(HUNG_UP_MS * 2 ** (this.#attempts - 1), LIMITS.pollMs.value);
    return pauseMs * (0.5 + chance());
  }

  #startPolling(handlers: SocketHandlers): void {
    if (this.#poll !== null) return;
    // Whether the server is gone, or only the socket, shows once it is asked.
    this.#first = setTimeout(handlers.ask, chance() * LIMITS.askSpreadMs.value);
    this.#poll = setInterval(handlers.ask, LIMITS.pollMs.value);
  }

  #stopPolling(): void {
    if (this.#first !== null) clearTimeout(this.#first);
    if (this.#poll !== null) clearInterval(this.#poll);
    this.#first = null;
    this.#poll = null;
  }
}
