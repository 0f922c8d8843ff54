/**
 * The socket: a person's devices are told at once what their circles have just received. Nobody can
 * send anything over it, and whatever it loses is found again by the cursor.
 */
import type { PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { type OnGatewayConnection, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import { Committed, type Push } from '../events/committed.js';
import { SessionGate } from '../identity/session.gate.js';
import { Log } from '../platform/logger/log.js';

const roomOf = (person: PersonId): string => `p:${person}`;

@WebSocketGateway({ path: '/socket' })
export class SocketGateway implements OnModuleInit, OnModuleDestroy, OnGatewayConnection<Socket> {
  @WebSocketServer() private readonly server!: Server;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly committed: Committed,
    private readonly gate: SessionGate,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.committed.subscribe((push) => {
      this.push(push);
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  async handleConnection(socket: Socket): Promise<void> {
    // Default deny: no event is handled, and a client that sends one is cut off.
    socket.onAny(() => socket.disconnect(true));
    const person = await this.personOf(socket);
    if (person === null) {
      socket.emit('session', { state: 'closed' });
      socket.disconnect(true);
      return;
    }
    const room = roomOf(person);
    const others = await this.server.in(room).fetchSockets();
    const tooMany = others.length + 1 - LIMITS.socketConnectionsPerPerson.value;
    for (const oldest of others.slice(0, Math.max(0, tooMany))) oldest.disconnect(true);
    await socket.join(room);
    socket.emit('circles', {});
  }

  private push({ event, payload, people }: Push): void {
    if (people.length === 0) return;
    const rooms = people.map(roomOf);
    this.server.to(rooms).emit(event, payload);
    // Devices whose session is still live come back at once; the one that ended does not get in.
    if (event === 'session') this.server.in(rooms).disconnectSockets(true);
  }

  private async personOf(socket: Socket): Promise<PersonId | null> {
    try {
      const caller = await this.gate.authenticateSocket(socket.handshake.headers.cookie);
      return caller.locked ? null : caller.person;
    } catch (error) {
      this.log.debug('A socket was refused.', { error });
      return null;
    }
  }
}
