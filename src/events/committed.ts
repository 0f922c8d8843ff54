/**
 * What this process has just made durable, told at once to whoever pushes it. A crash in between
 * loses a push and nothing else: clients find gaps by number and fetch by cursor.
 */
import type { PersonId } from '@liaison/contract/ids';
import type { SocketEvent, SocketPayload } from '@liaison/contract/socket';
import { Injectable } from '@nestjs/common';

/** One socket event and the people it is for. */
export type Push = {
  readonly [E in SocketEvent]: {
    readonly event: E;
    readonly payload: SocketPayload<E>;
    readonly people: readonly PersonId[];
  };
}[SocketEvent];

type Listener = (push: Push) => void;

@Injectable()
export class Committed {
  private readonly listeners = new Set<Listener>();

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Call only after the transaction is durable. */
  publish(push: Push): void {
    for (const listener of this.listeners) listener(push);
  }
}
