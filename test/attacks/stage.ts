/**
 * The stage of all attacks: one honest World, and victims on it. A victim is a real client on a
 * copy of somebody's device, behind a layer that lies; each attack gets a fresh one, and circles of
 * earlier attacks are kept out of its sight.
 */
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import {
  type CircleId,
  type EntryId,
  Instant,
  type MemberId,
  type PersonId,
  personMember,
} from '@liaison/contract/ids';
import type { InstancePins } from '@liaison/contract/instance';
import type { Head, WireItem } from '@liaison/contract/item';
import { canonical } from '@liaison/contract/encoding';
import { TRANSPARENCY_ROUTES, type TreeName } from '@liaison/contract/transparency';
import { Api } from '@liaison/sdk/api';
import type { NewAttachment } from '@liaison/sdk/face';
import { nodeHttp } from '@liaison/sdk/http-node';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import type { Evidence } from '@liaison/sdk/evidence';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { type Store, type Table, TABLES } from '@liaison/sdk/store/store';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { type People, type Player, World } from '../support/world.js';
import { EvilServer } from './evil.server.js';
import { type Forged, Insider } from './insider.js';
import { Liar } from './liar.js';
import { ShadowTree, StolenLogKey } from './shadow.tree.js';

export interface Victim {
  readonly liaison: Liaison;
  readonly liar: Liar;
  readonly store: Store;
  readonly player: Player;
  /** The identity tree as the victim is shown it. */
  readonly tree: ShadowTree;
  /** Moves the victim's clock. */
  readonly wait: (ms: number) => void;
}

/** A device on which nobody is signed in yet. */
export interface Stranger extends Device {
  readonly liar: Liar;
}

/** A conversation of the nurse's team with the victim, whose first message was read. */
export interface Scene {
  readonly victim: Victim;
  readonly circle: CircleId;
  readonly nurse: Insider;
  readonly gp: Insider;
}

type Name = keyof People;

/** The lies that each victim is told from the beginning: see `Stage.victim`. */
const STANDING = 2;

export class Stage {
  readonly evil: EvilServer;
  readonly logKey: StolenLogKey;
  readonly #hidden = new Set<string>();
  readonly #made: CircleId[] = [];
  readonly #victims: Liaison[] = [];

  private constructor(
    readonly world: World,
    readonly people: People,
    private readonly baseline: ReadonlyMap<Name, Store>,
  ) {
    this.evil = new EvilServer(world.fixture);
    this.logKey = new StolenLogKey(world);
  }

  static async open(): Promise<Stage> {
    const world = await World.open();
    const people = await world.people();
    const baseline = new Map<Name, Store>();
    for (const [name, { liaison, store }] of Object.entries(people)) {
      await liaison.sync();
      baseline.set(name as Name, await copyOf(store));
    }
    return new Stage(world, people, baseline);
  }

  async close(): Promise<void> {
    await this.endCase();
    await this.world.close();
  }

  /** Circles of this case are out of sight for the next, and its victims are gone. */
  async endCase(): Promise<void> {
    for (const liaison of this.#victims.splice(0)) await liaison.dispose();
    for (const circle of this.#made.splice(0)) this.#hidden.add(circle);
  }

  /** A copy of somebody's device as it was before all attacks, without the rows of some tables. */
  async victim(
    name: Name,
    without: readonly Table[] = [],
    pins: InstancePins | null = null,
  ): Promise<Victim> {
    const kept = this.baseline.get(name);
    if (kept === undefined) throw new Error(`Nobody is called ${name}.`);
    return this.victimOn(name, await copyOf(kept, ['evidence', ...without]), pins);
  }

  /** Their device, with that store on it. */
  async victimOn(name: Name, store: Store, pins: InstancePins | null = null): Promise<Victim> {
    const player = this.people[name];
    const liar = new Liar(player.http);
    this.#hide(liar);
    const tree = this.#shadow(liar);
    let late = 0;
    const clock = (): number => Date.now() + late;
    const { origin } = this.world;
    const base = { origin, http: liar.http, store, socket: false, clock };
    const liaison = await openLiaison({ ...base, pins });
    this.#victims.push(liaison);
    const wait = (ms: number): void => {
      late += ms;
    };
    return { liaison, liar, store, player, tree, wait };
  }

  /** A client of nobody's, behind a layer that lies. */
  async stranger(): Promise<Stranger> {
    const { origin } = this.world;
    const liar = new Liar(nodeHttp(origin));
    const store = new MemoryStore();
    const liaison = await openLiaison({ origin, http: liar.http, store, socket: false });
    this.#victims.push(liaison);
    return { liaison, liar, store, http: liar.http };
  }

  insider(name: Name): Promise<Insider> {
    return Insider.of(this.people[name], this.world.origin);
  }

  /** The victim is the GP's device, a member by team or in person. */
  async scene(
    as: 'team' | 'person' = 'team',
    more: readonly MemberId[] = [],
    victimName: Name = 'gp',
  ): Promise<Scene> {
    const { nurse, gp } = this.people;
    const member = as === 'team' ? gp.team : personMember(gp.person);
    const members = [nurse.team, member, ...more];
    const circle = this.note(await nurse.liaison.createChannel('Sorties', members));
    await this.post('nurse', circle, 'un');
    await this.people.gp.liaison.sync();
    const victim = await this.victim(victimName);
    return { victim, circle, nurse: await this.insider('nurse'), gp: await this.insider('gp') };
  }

  note(circle: CircleId): CircleId {
    this.#made.push(circle);
    return circle;
  }

  /** Somebody honest writes, on what they have read. */
  async post(
    name: Name,
    circle: CircleId,
    text: string,
    files: readonly NewAttachment[] = [],
  ): Promise<EntryId> {
    const { liaison } = this.people[name];
    await liaison.sync();
    const id = await liaison.post(circle, text, files);
    await eventually(async () => {
      const own = (await liaison.messages(circle)).find((message) => message.id === id);
      if (own?.delivery !== 'sent') throw new Error(`${name}: ${own?.refusal ?? 'sending'}`);
    });
    return id;
  }

  /** The victim asks for somebody's log again, as it does before it seals to them. */
  async readsAgain(victim: Victim, person: PersonId): Promise<void> {
    victim.wait(60_000);
    const members = [victim.player.team, personMember(person)];
    // The honest server knows nobody of that name: only what the victim read matters.
    await victim.liaison.createChannel('Lecture', members).catch(() => undefined);
  }

  /** An insider's item goes the honest way, through the server's own checks. */
  async submit({ player }: Insider, { item }: Forged): Promise<void> {
    const body = { items: [item] };
    await new Api(player.http).call(CIRCLE_ROUTES.submit, { body });
    await player.liaison.sync();
  }

  async evidence(victim: Victim): Promise<Evidence[]> {
    return (await victim.store.scan<Evidence>('evidence', '')).map(([, one]) => one);
  }

  async treeSize(tree: TreeName): Promise<number> {
    const sql = 'SELECT size FROM merkle_trees WHERE tree = $1';
    const [row] = await this.world.fixture.database.query<{ size: number }>(sql, [tree]);
    return row?.size ?? 0;
  }

  /** No lies any more but the standing ones. */
  behave(victim: Victim): void {
    victim.liar.behave(STANDING);
  }

  #shadow(liar: Liar): ShadowTree {
    const tree = new ShadowTree(this.world, this.logKey);
    liar.about(TRANSPARENCY_ROUTES.identityLeaves, async (truth, { query }) => {
      return (await tree.page(Number(query.get('from')))) ?? truth();
    });
    return tree;
  }

  #hide(liar: Liar): void {
    liar.about(CIRCLE_ROUTES.circles, async (truth) => {
      const { circles, next } = await truth();
      return { circles: circles.filter(({ circle }) => !this.#hidden.has(circle)), next };
    });
  }
}

/** All rows of a store but those of some tables. */
export async function copyOf(store: Store, without: readonly Table[] = []): Promise<Store> {
  const copy = new MemoryStore();
  for (const table of TABLES.filter((one) => !without.includes(one))) {
    const rows = await store.scan(table, '');
    await copy.transaction((tx) => {
      for (const [key, value] of rows) tx.put(table, key, value);
    });
  }
  return copy;
}

/** The victim is served a changed page of a circle. */
export function tamper(
  { victim, circle }: Pick<Scene, 'victim' | 'circle'>,
  change: (items: readonly WireItem[]) => readonly unknown[],
): void {
  victim.liar.about(CIRCLE_ROUTES.items, async (truth, asked) => {
    const page = await truth();
    return asked.params['circle'] === circle ? { ...page, items: change(page.items) } : page;
  });
}

/** The victim alone is served these items after the real ones, with a head that fits. */
export function serve(
  { victim, circle }: Pick<Scene, 'victim' | 'circle'>,
  forged: readonly Forged[],
): void {
  const last = forged.at(-1)?.head;
  const wires = forged.map(({ item, head }) => wireOf(circle, head.k, item));
  victim.liar.about(CIRCLE_ROUTES.items, async (truth, asked) => {
    const page = await truth();
    if (asked.params['circle'] !== circle) return page;
    const after = Number(asked.query.get('after'));
    const items = [...page.items, ...wires].filter(({ k }) => k > after);
    return { items, head: last ?? page.head };
  });
  if (last !== undefined) tellHead(victim, circle, last);
}

/** The victim is shown a circle that ends at that head. */
export function rewind({ victim, circle }: Pick<Scene, 'victim' | 'circle'>, head: Head): void {
  victim.liar.about(CIRCLE_ROUTES.items, async (truth, asked) => {
    const page = await truth();
    if (asked.params['circle'] !== circle) return page;
    return { items: page.items.filter(({ k }) => k <= head.k), head };
  });
  tellHead(victim, circle, head);
}

function tellHead({ liar }: Victim, circle: CircleId, head: Head): void {
  liar.about(CIRCLE_ROUTES.circles, async (truth) => {
    const { circles, next } = await truth();
    return {
      circles: circles.map((one) => (one.circle === circle ? { ...one, head } : one)),
      next,
    };
  });
}

export function wireOf(circle: CircleId, k: number, item: Forged['item']): WireItem {
  const { text, signature, body } = item;
  return { circle, k, text, signature, body, at: Instant.parse(Date.now()) };
}

/** An item's header changed after it was signed: what a server can do without any key. */
export function edited(
  wire: WireItem,
  change: (header: Record<string, unknown>) => object,
): WireItem {
  const header = JSON.parse(wire.text) as Record<string, unknown>;
  return { ...wire, text: canonical({ ...header, ...change(header) }) };
}
