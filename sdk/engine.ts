/**
 * The rooms of the SDK, each built on those before it, opened together and closed together. It must
 * never decide or ask anything itself: what feeds the rooms is the connection.
 */
import type { EntryId, Origin } from '@liaison/contract/ids';
import type { InstancePins } from '@liaison/contract/instance';
import { Acquaintances } from './acquaintances.js';
import { Api } from './api.js';
import { Aside } from './aside.js';
import { Attachments } from './attachments.js';
import { markBuild } from './build-mark.js';
import { Changes } from './changes.js';
import { Checkpoints } from './checkpoints.js';
import { Belonging } from './circles/belonging.js';
import { Bodies } from './circles/bodies.js';
import { Disputes } from './circles/disputes.js';
import { Groups } from './circles/groups.js';
import { Keyring } from './circles/keyring.js';
import { Library } from './circles/library.js';
import { Returning } from './circles/returning.js';
import { Rooms } from './circles/rooms.js';
import { Teams } from './circles/teams.js';
import { Connection } from './connection.js';
import { entryIds } from './crypto/random.js';
import { ready } from './crypto/sodium.js';
import { Directory } from './directory.js';
import { Drafts } from './drafts.js';
import { EvidenceRoom } from './evidence.js';
import type { Ground } from './ground.js';
import { Duty } from './handoffs/duty.js';
import { Guests } from './guests.js';
import { AbsenteeViews } from './handoffs/absentee.view.js';
import { Absentees } from './handoffs/absentees.js';
import { HandoffViews } from './handoffs/handoff.view.js';
import { HandoffEnds } from './handoffs/handoff.ends.js';
import { Handoffs } from './handoffs/handoffs.js';
import type { Http } from './http.js';
import { IdentityTree } from './identity-tree.js';
import { Instances } from './instance.js';
import { Messages } from './messages.js';
import { Notifications } from './notifications.js';
import { People } from './people.js';
import { Reach } from './reach.js';
import { Self } from './self.js';
import { Continuity } from './session/continuity.js';
import { DeviceNames } from './session/device-names.js';
import { Devices } from './session/devices.js';
import { Enrolment } from './session/enrolment.js';
import { KeyChange } from './session/key-change.js';
import { Papers } from './session/papers.js';
import { LostMemory } from './session/memory-lost.js';
import { LinkAsking } from './session/link.asking.js';
import { LinkGranting } from './session/link.granting.js';
import { OwnKeys } from './session/person-keys.js';
import { Resets } from './session/resets.js';
import { PostAsking } from './session/post.asking.js';
import { Sessions } from './session/sessions.js';
import { SignIn } from './session/sign-in.js';
import { WaysIn } from './session/ways-in.js';
import type { Store } from './store/store.js';
import { Courier } from './sync/carrier.js';
import { Intake } from './sync/intake.js';
import { Lanes } from './sync/lanes.js';
import { Outbox } from './sync/outbox.js';
import { Planner } from './sync/planner.js';
import { Recipients } from './sync/recipients.js';
import { Sync } from './sync/sync.js';
import { Templates } from './templates.js';
import { Upkeep } from './upkeep.js';
import { Vault } from './vault.js';

export interface LiaisonOptions {
  readonly origin: string;
  readonly http: Http;
  readonly store: Store;
  /** Keys that this build carries. Without, only a deployment of fictional people is believed. */
  readonly pins?: InstancePins | null;
  /** False: everything is asked for, nothing is pushed (tools, tests). */
  readonly socket: boolean;
  /**
   * True: opens on what the store has and catches up behind, as a person waits before a screen.
   * Otherwise everything known to the server is here once it is open.
   */
  readonly storeFirst?: boolean;
  readonly clock?: () => number;
  /** What this device calls itself until its owner says otherwise; without one it has no name. */
  readonly deviceName?: string;
}

export class Engine {
  readonly ground: Ground;
  readonly newId: () => EntryId = entryIds(() => this.ground.clock());
  readonly vault: Vault;
  readonly evidence: EvidenceRoom;
  readonly instances: Instances;
  readonly tree: IdentityTree;
  readonly checkpoints: Checkpoints;
  readonly people: People;
  readonly library: Library;
  readonly teams: Teams;
  readonly directory: Directory;
  readonly keyring: Keyring;
  readonly bodies: Bodies;
  readonly lanes: Lanes;
  readonly intake: Intake;
  readonly sync: Sync;
  readonly self: Self;
  readonly attachments: Attachments;
  readonly outbox: Outbox;
  readonly messages: Messages;
  readonly drafts: Drafts;
  readonly groups: Groups;
  readonly acquaintances: Acquaintances;
  readonly rooms: Rooms;
  readonly returning: Returning;
  readonly disputes: Disputes;
  readonly ends: HandoffEnds;
  readonly handoffs: Handoffs;
  readonly guests: Guests;
  readonly absentees: Absentees;
  readonly duty: Duty;
  readonly templates: Templates;
  readonly sessions: Sessions;
  readonly deviceNames: DeviceNames;
  readonly devices: Devices;
  readonly papers: Papers;
  readonly resets: Resets;
  readonly linkAsking: LinkAsking;
  readonly linkGranting: LinkGranting;
  readonly postAsking: PostAsking;
  readonly notifications: Notifications;
  readonly waysIn: WaysIn;
  readonly upkeep: Upkeep;
  readonly ownKeys: OwnKeys;
  readonly lostMemory: LostMemory;
  readonly connection: Connection;
  readonly #aside: Aside;

  constructor(
    private readonly options: LiaisonOptions,
    changes = new Changes(),
  ) {
    const { store, http, pins = null, clock = Date.now, deviceName: ownName = '' } = options;
    const [origin, newId] = [options.origin as Origin, this.newId];
    const [api, reach] = [new Api(http), new Reach(changes, clock, options.storeFirst === true)];
    const aside = (work: Promise<unknown>): void => this.#aside.begin(work);
    const ground = (this.ground = { origin, api, store, changes, reach, clock, aside });
    const evidence = (this.evidence = new EvidenceRoom(ground));
    this.#aside = new Aside(changes, evidence, () => this.connection.isAway());
    const vault = (this.vault = new Vault(ground));
    const instances = (this.instances = new Instances(ground, evidence, pins));
    const tree = (this.tree = new IdentityTree(ground, instances, evidence));
    const people = new People(ground, instances, evidence, tree, () => vault.person());
    const checkpoints = (this.checkpoints = new Checkpoints(ground, instances, tree, evidence));
    const library = (this.library = new Library(store, origin));
    const teams = (this.teams = new Teams(ground, library, people, evidence));
    const belonging = new Belonging(vault, library);
    const directory = new Directory(ground, people, teams, library, belonging);
    [this.people, this.directory] = [people, directory];
    const keyring = (this.keyring = new Keyring(ground, vault, library, evidence));
    const self = (this.self = new Self(vault, library, people, belonging));
    const bodies = (this.bodies = new Bodies(keyring, ground.reach, library, self));
    const lanes = (this.lanes = new Lanes(ground, vault, people, library));
    const taking = { ground, library, people, teams, evidence, checkpoints };
    const intake = (this.intake = new Intake(taking));
    const sync = (this.sync = new Sync(ground, library, intake, lanes, evidence));
    const attachments = (this.attachments = new Attachments(ground, newId));
    const recipients = new Recipients(people, teams);
    const base = { ground, library, keyring, people, teams, evidence, vault, self, newId };
    const acquaintances = (this.acquaintances = new Acquaintances({ ...base, directory }));
    const planner = new Planner({ ...base, recipients, checkpoints, acquaintances });
    const courier = new Courier({ ...base, planner, intake, sync, attachments, instances });
    const outbox = (this.outbox = new Outbox(ground, courier));
    const talking = { bodies, directory, lanes, vault, self, waiting: () => outbox.waiting() };
    const messages = (this.messages = new Messages(talking));
    const drafts = (this.drafts = new Drafts(ground));
    const common = { ...base, directory, bodies, messages, attachments, outbox };
    const groups = (this.groups = new Groups(common));
    this.rooms = new Rooms({ ...common, groups });
    [this.returning, this.templates] = [new Returning(common), new Templates(common)];
    const disputes = (this.disputes = new Disputes(common));
    const ends = (this.ends = new HandoffEnds({ library, outbox, self, newId }));
    const guests = (this.guests = new Guests(ground));
    const absent = new AbsenteeViews({ bodies, directory, teams, guests, clock });
    const seen = { bodies, directory, teams, lanes, messages, clock, absentees: absent };
    const views = new HandoffViews(seen);
    this.absentees = new Absentees({ ...common, guests });
    const handoffs = (this.handoffs = new Handoffs({ ...common, views, drafts, ends }));
    this.duty = new Duty({ ...common, clock });
    const ownKeys = (this.ownKeys = new OwnKeys(ground, vault, people));
    const keyChange = new KeyChange({ ...base, outbox, ownKeys });
    const papers = (this.papers = new Papers({ ...base, keyChange }));
    const [enrolment, signIn] = [new Enrolment(ground, vault), new SignIn(ground)];
    const resets = (this.resets = new Resets({ ...base, keyChange }));
    const continuity = new Continuity(ground, vault, people);
    const arrivals = { enrolment, signIn, papers, resets, continuity };
    const names = (this.deviceNames = new DeviceNames({ ground, vault, people, ownName }));
    this.sessions = new Sessions({ ground, vault, people, self, names, ...arrivals });
    const devices = (this.devices = new Devices({ ...base, keyChange, names }));
    this.linkAsking = new LinkAsking({ ground, vault, people, evidence, enrolment });
    this.linkGranting = new LinkGranting({ ground, vault, people, evidence, ownKeys });
    this.lostMemory = new LostMemory(ground, people);
    this.postAsking = new PostAsking({ ground, vault, people, evidence, sessions: this.sessions });
    this.upkeep = new Upkeep({ ...common, recipients, handoffs, devices, names, disputes });
    [this.notifications, this.waysIn] = [new Notifications(ground, vault), new WaysIn(ground.api)];
    this.connection = new Connection(this, options);
    this.#joinRooms();
  }

  /** Where a room needs another that stands on it. */
  #joinRooms(): void {
    this.teams.catchUp = (circle) => this.sync.catchUp(circle);
    this.keyring.disputed = (book, copy) => this.ground.aside(this.disputes.raise(book, copy));
    this.intake.erased = (book) => this.keyring.forgetUnused(book);
    this.keyring.own = (generation) => this.ownKeys.generation(generation);
  }

  async open(): Promise<void> {
    await ready();
    // Behind a passkey there is nothing to begin with, but for who is signed in.
    if (this.sessions.isShut()) return this.sessions.readSoon();
    await this.vault.open();
    await this.evidence.open();
    await markBuild(this.ground, this.evidence);
    await this.tree.open();
    await this.checkpoints.open();
    await this.library.open();
    await this.directory.open();
    await this.intake.open();
    await this.outbox.open();
    const needed = this.outbox.waiting().flatMap(({ uploads }) => uploads?.ids ?? []);
    await this.attachments.sweep(needed);
    if (this.options.storeFirst !== true) {
      await this.sessions.read();
      return this.connection.open();
    }
    await this.sessions.readSoon();
    this.ground.aside(this.connection.open());
  }

  async close(): Promise<void> {
    await this.stop();
    await this.lanes.flush();
    this.lanes.close();
    this.#aside.close();
    await this.ground.store.close();
  }

  /** Nothing more is asked or told; what is under way ends first. */
  async stop(): Promise<void> {
    this.outbox.close();
    this.connection.close();
    await this.outbox.idle();
    this.outbox.part();
    // Whoever still writes does so before the store is closed under them.
    await this.#aside.idle();
    this.lanes.close();
  }

  /** A client on the same store and listeners that remembers nothing beside it. */
  async renewed(): Promise<Engine> {
    const fresh = new Engine(this.options, this.ground.changes);
    await fresh.open();
    return fresh;
  }
}
