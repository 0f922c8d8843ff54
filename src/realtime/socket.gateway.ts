/**
 * The socket: a person's devices are told at once what their circles have just received. Nobody can
 * send anything over it, and whatever it loses is found again by the cursor.
 *
 * This process's own sockets are told first. Other API processes, if there are any, are told once a
 * turn: a message between processes is a transaction in PostgreSQL, and those wait for each other.
 */
import type { PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayInit,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import { Committed, type Push } from '../events/committed.js';
import { SessionGate } from '../identity/session.gate.js';
import { Clock } from '../platform/clock/clock.js';
import { Log } from '../platform/logger/log.js';

const BETWEEN_PROCESSES = 'pushes';
/** Three of the adapter's heartbeats. */
const ACQUAINTANCE_MS = 15_000;

const roomOf = (person: PersonId): string => `p:${person}`;

/** Who hears over a socket, and the session by which they do. */
interface Listener {
  readonly person: PersonId;
  readonly session: Uuid;
}

@WebSocketGateway({ path: '/socket' })
export class SocketGateway
  implements OnModuleInit, OnModuleDestroy, OnGatewayInit<Server>, OnGatewayConnection<Socket>
{
  @WebSocketServer() private readonly server!: Server;
  private unsubscribe: () => void = () => undefined;
  private untold: Push[] = [];
  /** The session behind each of this process's sockets. */
  private readonly sessions = new Map<Socket, Uuid>();
  private timer: NodeJS.Timeout | undefined;
  private readonly startedAt: number;

  constructor(
    private readonly committed: Committed,
    private readonly gate: SessionGate,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.startedAt = clock.now();
  }

  onModuleInit(): void {
    this.unsubscribe = this.committed.subscribe((push) => {
      this.push(push);
    });
    this.timer = setInterval(() => void this.closeEnded(), LIMITS.sessionSweepMs.value);
  }

  afterInit(server: Server): void {
    server.on(BETWEEN_PROCESSES, (pushes: readonly Push[]) => {
      for (const push of pushes) this.deliver(push);
    });
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.unsubscribe();
  }

  async handleConnection(socket: Socket): Promise<void> {
    // Default deny: no event is handled, and a client that sends one is cut off.
    socket.onAny(() => socket.disconnect(true));
    const listener = await this.listenerOf(socket);
    if (listener === null) {
      this.hangUp(socket);
      return;
    }
    if (socket.disconnected) return;
    this.sessions.set(socket, listener.session);
    socket.once('disconnect', () => this.sessions.delete(socket));
    const room = roomOf(listener.person);
    const others = await this.socketsIn(room);
    const tooMany = others.length + 1 - LIMITS.socketConnectionsPerPerson.value;
    for (const oldest of others.slice(0, Math.max(0, tooMany))) oldest.disconnect(true);
    await socket.join(room);
    socket.emit('circles', {});
  }

  /** A session also ends by time and locks by idleness, of which nobody tells: no push after it. */
  async closeEnded(): Promise<void> {
    const open = [...this.sessions];
    if (open.length === 0) return;
    try {
      const live = await this.gate.stillOpen(open.map(([, session]) => session));
      for (const [socket, session] of open) if (!live.has(session)) this.hangUp(socket);
    } catch (error) {
      this.log.debug('Sessions behind sockets are looked at again later.', { error });
    }
  }

  private hangUp(socket: Socket): void {
    socket.emit('session', { state: 'closed' });
    socket.disconnect(true);
  }

  /** Those of other processes count while these answer: a killed one is missed for a while. */
  private async socketsIn(room: string) {
    try {
      return await this.server.in(room).fetchSockets();
    } catch (error) {
      this.log.warn('Sockets of other processes were not counted.', { error });
      return this.server.local.in(room).fetchSockets();
    }
  }

  private push(push: Push): void {
    if (push.people.length === 0) return;
    this.deliver(push);
    this.untold.push(push);
    if (this.untold.length === 1) setImmediate(() => void this.tellOthers());
  }

  /** To this process's own sockets: of most people there is none, and nothing to put together. */
  private deliver({ event, payload, people }: Push): void {
    const open = this.server.of('/').adapter.rooms;
    const rooms = people.map(roomOf).filter((room) => open.has(room));
    if (rooms.length === 0) return;
    this.server.local.to(rooms).emit(event, payload);
    // Devices whose session is still live come back at once; the one that ended does not get in.
    if (event === 'session') this.server.local.in(rooms).disconnectSockets(true);
  }

  private async tellOthers(): Promise<void> {
    const pushes = this.untold;
    this.untold = [];
    if (await this.isAlone()) return;
    this.server.serverSideEmit(BETWEEN_PROCESSES, pushes);
  }

  /**
   * A process hears of the others within moments of its start; until then it takes none for sure.
   */
  private async isAlone(): Promise<boolean> {
    if (this.clock.now() - this.startedAt < ACQUAINTANCE_MS) return false;
    return (await this.server.of('/').adapter.serverCount()) === 1;
  }

  private async listenerOf(socket: Socket): Promise<Listener | null> {
    try {
      const { cookie } = socket.handshake.headers;
      const { person, sessionId: session, locked } = await this.gate.authenticateSocket(cookie);
      return person === null || locked ? null : { person, session };
    } catch (error) {
      this.log.debug('A socket was refused.', { error });
      return null;
    }
  }
}
