/**
 * What feeds the rooms: asks the server for all that may have moved, listens to what it pushes, and
 * says how live this client is. It must never judge what arrives: each thing goes to its room.
 */
import type { CircleId } from '@liaison/contract/ids';
import type { WireItem } from '@liaison/contract/item';
import { isAway } from './away.js';
import type { Checkpoints } from './checkpoints.js';
import type { Library } from './circles/library.js';
import type { Directory } from './directory.js';
import type { EvidenceRoom } from './evidence.js';
import type { ConnectionView } from './face.js';
import type { Ground } from './ground.js';
import type { Guests } from './guests.js';
import type { Http } from './http.js';
import type { Instances } from './instance.js';
import type { People } from './people.js';
import type { Self } from './self.js';
import type { LostMemory } from './session/memory-lost.js';
import type { OwnKeys } from './session/person-keys.js';
import type { Sessions } from './session/sessions.js';
import { Socket } from './socket.js';
import type { Lanes } from './sync/lanes.js';
import type { Outbox } from './sync/outbox.js';
import type { Sync } from './sync/sync.js';
import type { Upkeep } from './upkeep.js';
import type { Vault } from './vault.js';

/** The rooms that it feeds. */
export interface Fed {
  readonly ground: Ground;
  readonly guests: Guests;
  readonly instances: Instances;
  readonly vault: Vault;
  readonly people: People;
  readonly sessions: Sessions;
  readonly ownKeys: OwnKeys;
  readonly sync: Sync;
  readonly lanes: Lanes;
  readonly library: Library;
  readonly directory: Directory;
  readonly checkpoints: Checkpoints;
  readonly evidence: EvidenceRoom;
  readonly outbox: Outbox;
  readonly upkeep: Upkeep;
  readonly lostMemory: LostMemory;
  readonly self: Self;
}

export class Connection {
  #socket: Socket | null = null;
  #live: ConnectionView['live'] = 'offline';
  #closed = false;

  constructor(
    private readonly rooms: Fed,
    /** Without a socket everything is asked for, nothing is pushed. */
    private readonly by: { readonly http: Http; readonly socket: boolean },
  ) {}

  /** Resumes, and listens from then on; nothing where nobody is signed in on this device. */
  async open(): Promise<void> {
    const state = await this.rooms.sessions.state();
    // Whoever asked before the end must not listen, ask and write after it.
    if (this.#closed) return;
    if (state !== 'ready' && state !== 'backup-needed') return;
    this.#listen();
    await this.#ask();
  }

  /** Until it is opened again. */
  cut(): void {
    this.#socket?.close();
    this.#socket = null;
    this.#setLive('offline');
  }

  close(): void {
    this.#closed = true;
    this.cut();
  }

  view(): ConnectionView {
    const { outbox, evidence } = this.rooms;
    const acts = outbox.waiting();
    const leaving = acts.flatMap(({ draft, refusal }) =>
      draft === undefined ? [] : [{ draft, refusal }],
    );
    return { live: this.#live, waiting: acts.length, leaving, alarm: evidence.alarm() };
  }

  /** Who has received and read may have moved: heard again for the handoff that is looked at. */
  lookAt(handoff: CircleId, file: CircleId | null): void {
    const { ground, lanes } = this.rooms;
    if (this.#live === 'offline') return;
    ground.aside(lanes.freshen(handoff));
    if (file !== null) ground.aside(lanes.freshen(file));
  }

  isAway(): void {
    this.rooms.ground.reach.lost();
    this.#setLive('offline');
  }

  #listen(): void {
    if (this.#socket !== null || !this.by.socket) return;
    const { ground, guests, lanes, sessions } = this.rooms;
    const { aside, changes, origin } = ground;
    this.#socket = new Socket(origin, this.by.http, {
      items: (items) => aside(this.#pushed(items)),
      lanes: ({ circle }) => aside(lanes.hear(circle)),
      circles: () => aside(this.#ask()),
      notifications: () => {
        changes.tell({ what: 'notifications' });
        guests.stir();
      },
      session: () => aside(sessions.read()),
      live: (up) => this.#socketIs(up),
      ask: () => aside(this.#ask()),
    });
  }

  async #pushed(items: readonly WireItem[]): Promise<void> {
    const { sync, library, upkeep, self } = this.rooms;
    const circle = items[0]?.circle;
    if (circle === undefined) return;
    await sync.pushed(circle, items);
    // What others of our devices changed is cited by what they write: our log moves with it.
    if (await this.#isEnded()) return;
    await upkeep.reseal(circle);
    const kind = library.kindOf(circle);
    if (kind === 'handoff') await upkeep.release(circle);
    const isTeam = kind === 'team' || kind === 'sector';
    if (isTeam && (await self.groups()).includes(circle)) await upkeep.renew(circle);
  }

  /** What was said in our name by other devices, or by somebody who signed in as us. */
  async #readOwnLog(): Promise<void> {
    const { vault, people, ground } = this.rooms;
    const me = vault.me();
    const before = people.known(me)?.head.n;
    await people.refresh([me], 0);
    if (people.known(me)?.head.n !== before) ground.changes.tell({ what: 'devices' });
  }

  /** Our log ended this device, or a lease: nothing more is told to it, and its screen says so. */
  async #isEnded(): Promise<boolean> {
    const { sessions, ground } = this.rooms;
    if ((await sessions.ended()) === null && !sessions.isLeaseOver()) return false;
    this.cut();
    ground.changes.tell({ what: 'session' });
    return true;
  }

  async #ask(): Promise<void> {
    try {
      await this.#askAll();
    } catch (error) {
      if (!isAway(error)) throw error;
      this.isAway();
    }
  }

  /** Everything that may have moved while nobody told us. */
  async #askAll(): Promise<void> {
    const { instances, ground, ownKeys, sync, directory, vault, checkpoints } = this.rooms;
    const { evidence, outbox, lanes, upkeep, lostMemory } = this.rooms;
    await instances.refresh();
    await this.#readOwnLog();
    ground.reach.found();
    if (await this.#isEnded()) return;
    await ownKeys.catchUp();
    await sync.resume();
    await directory.refresh();
    // Under one's own name one writes also where nobody can be asked for it.
    await directory.learn([vault.me()]);
    await checkpoints.look();
    await evidence.heal('server');
    if (this.#live === 'offline') this.#setLive('polling');
    outbox.run();
    await lanes.flush();
    ground.aside(upkeep.run());
    ground.aside(lostMemory.note(vault.device().device));
  }

  /** A socket that cannot connect says nothing of whether asking works: only an answer does. */
  #socketIs(up: boolean): void {
    if (up) this.#setLive('socket');
    else if (this.#live === 'socket') this.#setLive('polling');
  }

  #setLive(live: ConnectionView['live']): void {
    if (this.#live === live) return;
    this.#live = live;
    this.rooms.ground.changes.tell({ what: 'connection' });
  }
}
