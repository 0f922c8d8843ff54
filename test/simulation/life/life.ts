/**
 * One life: people with their devices, one server, and what they do, from a seed. Nothing of it
 * outlives it. What goes wrong in a way that no program of ours may go wrong is kept as a mistake.
 */
import { Problem } from '@liaison/contract/errors';
import type { CircleId, DeviceId, EntryId, PersonId } from '@liaison/contract/ids';
import { Fault } from '@liaison/sdk/fault';
import { Chance } from '../chance.js';
import { computeWith, type Mode } from '../primitives/mode.js';
import { exchangeBy } from '../primitives/socket.face.js';
import { LifeServer } from '../server/server.js';
import { Time } from '../time.js';
import { DO } from './acts.js';
import type { Beginning } from './beginnings.js';
import { Disk, LifeDevice } from './device.js';
import type { Human } from './human.js';
import { beginAnew } from './new-beginning.js';
import { seatBy } from './crowd.js';
import { isLinked } from './linking.js';
import { Network } from './network.js';
import type { Plan, PlannedAct } from './plan.js';

/** Which of the twelve words the rehearsal asks for, from 0. */
const REHEARSED = [2, 7];
/** Longer than this nobody stays at a device. */
const AWAKE_MS = 60_000;
const WAYS_IN = 6;
const ENROLMENT_MS = 4000;
const ROUGH_MS = 20_000;

const signInUrl = async (
  begun: Promise<{ readonly authorizeUrl: string }> | undefined,
): Promise<string | null> => (await begun)?.authorizeUrl ?? null;

export class Life {
  readonly time: Time;
  readonly server: LifeServer;
  readonly network: Network;
  readonly humans: Human[] = [];
  /** Every text that somebody wrote. */
  readonly said = new Set<string>();
  /** Messages that a device has kept: each must arrive, once. */
  readonly kept = new Map<EntryId, DeviceId>();
  readonly mistakes: string[] = [];
  /** How often something was refused, by code. */
  readonly refusals = new Map<string, number>();
  readonly told: string[] = [];
  /** What the server took after this, it took once everybody had been awake; null: not yet. */
  calmSince: number | null = null;
  /** How far any clock was off, at most. */
  furthestSkewMs = 0;
  readonly #keys: Chance;
  #names = 0;

  constructor(
    readonly plan: Plan,
    private readonly mode: Mode,
    beginning: Beginning | null,
  ) {
    const chance = new Chance(`world ${plan.seed}`);
    this.#keys = new Chance(`keys ${plan.seed}`);
    // The server has a key of its own, which it makes with the primitives of this life.
    computeWith(mode, this.#keys);
    this.time = new Time(beginning?.at);
    this.server = new LifeServer(chance, () => this.time.now());
    this.network = new Network(this.server, this.time, chance);
    this.rule();
  }

  /** Everything that runs from now on runs in this life. */
  rule(): void {
    computeWith(this.mode, this.#keys);
    seatBy(this.plan.isCrowded);
    this.time.rule();
    exchangeBy(this.network);
  }

  get founder(): Human {
    const [first] = this.humans;
    if (first === undefined) throw new Error('a life without anybody');
    return first;
  }

  devices(): LifeDevice[] {
    return this.humans.flatMap(({ devices }) => devices.filter(({ ended }) => !ended));
  }

  people(): PersonId[] {
    return this.humans.flatMap(({ person }) => person ?? []);
  }

  newName(what: string): string {
    return `${what} ${++this.#names}`;
  }

  newHuman(): Human {
    const number = this.humans.length + 1;
    const nationalId = `8999700${String(number).padStart(5, '0')}`;
    const human: Human = {
      ...{ name: `P${number}`, nationalId, devices: [], person: null },
      ...{ papers: [], hasLostPapers: false, refused: [] },
    };
    this.humans.push(human);
    return human;
  }

  newDevice(human: Human, disk = new Disk()): LifeDevice {
    const cookie = `${human.name}/${human.devices.length + 1}`;
    const { time, network, plan } = this;
    const device = new LifeDevice(cookie, human, plan.sockets, time, network, disk);
    human.devices.push(device);
    return device;
  }

  async play(act: PlannedAct): Promise<void> {
    const chance = new Chance(act.chance);
    this.begin(act.name, async () => DO[act.name](this, chance));
    await this.time.pass(Math.min(act.pauseMs, AWAKE_MS));
    if (act.pauseMs > AWAKE_MS) await this.time.sleep(act.pauseMs - AWAKE_MS);
  }

  /** Nobody waits for it; what it throws is a refusal, or a mistake. */
  begin(name: string, work: () => Promise<void>): void {
    this.told.push(`${this.time.now()} ${name}`);
    work().catch((error: unknown) => this.#failed(name, error));
  }

  /** As a person who opens the app: signs in, keeps the code, uses it where nothing else helps. */
  async comeIn(device: LifeDevice): Promise<void> {
    await device.start();
    await this.findIn(device);
  }

  /** The same for an app that is open. */
  async findIn(device: LifeDevice): Promise<void> {
    for (let way = 0; way < WAYS_IN && device.running; way++) {
      const { engine, liaison, human } = device;
      if (engine === null || liaison === null) return;
      device.id = engine.vault.device().device;
      const state = await engine.sessions.state();
      if (state === 'ready' || state === 'device-ended') return;
      if (state === 'backup-needed') {
        human.person = engine.vault.me();
        await this.rehearse(device, await liaison.recoveryWords());
        continue;
      }
      if (state !== 'other-device') await this.signIn(device);
      else if (!(await isLinked(device)) && !(await this.#comesBack(device))) return;
    }
  }

  /** Shows the provider who they are. */
  async signIn(device: LifeDevice): Promise<void> {
    await this.#showThemselves(device, await signInUrl(device.liaison?.beginSignIn('/')));
  }

  /** False where there was nothing to sign in for. */
  async #showThemselves({ cookie, human, liaison }: LifeDevice, url: string | null) {
    if (url === null) return false;
    this.server.desk.comeBack(cookie, url, human.nationalId);
    await liaison?.finishSignIn();
    return true;
  }

  async #comesBack(device: LifeDevice): Promise<boolean> {
    return this.#showThemselves(device, await this.#wayBack(device));
  }

  /** By the paper; who has lost it begins anew. Null: there is nothing to do but wait. */
  async #wayBack(device: LifeDevice): Promise<string | null> {
    const words = device.isAnew ? null : await this.#paperOf(device);
    if (words !== null) return signInUrl(device.liaison?.beginRecovery(words, '/'));
    if (!device.human.hasLostPapers) throw new Error(`${device.cookie} is shut out for good`);
    device.isAnew = true;
    return beginAnew(device);
  }

  /** Prints the code, and types back what the app asks for. */
  async rehearse({ liaison, human }: LifeDevice, words: readonly string[]): Promise<void> {
    const isKept = human.papers.some((one) => one.join() === words.join());
    if (!isKept) human.papers = [...human.papers, words];
    const typed = Object.fromEntries(REHEARSED.map((at) => [at, words[at] ?? '']));
    await liaison?.confirmRecovery(typed);
  }

  /** The paper that works, as the app says: a program may end between printing and replacing. */
  async #paperOf({ liaison, human }: LifeDevice): Promise<readonly string[] | null> {
    for (const words of human.papers.toReversed()) {
      if ((await liaison?.readPaper(words))?.state === 'current') return words;
    }
    return null;
  }

  /** Somebody writes; from when their device has kept it, it must arrive. */
  async post({ engine, liaison }: LifeDevice, circle: CircleId): Promise<void> {
    if (engine === null || liaison === null) return;
    const text = this.newName('Bonjour');
    this.said.add(text);
    this.kept.set(await liaison.post(circle, text, []), engine.vault.device().device);
  }

  async admit({ person }: Human): Promise<void> {
    const boss = this.founder.devices.find(({ running }) => running);
    if (person !== null) await boss?.liaison?.admit(person);
  }

  /** Everybody enrols here, one after the other, whatever the network does to it. */
  async gather(): Promise<void> {
    if (this.plan.isRough) this.network.faults = this.plan.faults;
    while (this.humans.length < this.plan.people) await this.enrol();
    // Whoever has a socket has heard by now that they were let in.
    if (this.plan.sockets) return;
    for (const { devices } of this.humans) {
      this.begin('refresh', async () => devices[0]?.liaison?.refresh());
    }
    await this.time.pass(ENROLMENT_MS);
  }

  /** The next person comes; the first of them makes the community that the others are let into. */
  async enrol(): Promise<void> {
    const isFirst = this.humans.length === 0;
    await this.#done(isFirst ? 'found' : 'enrol', async () => {
      const human = this.newHuman();
      const device = this.newDevice(human);
      await this.comeIn(device);
      if (isFirst) await device.liaison?.createCommunity('CPTS', null, 'Laon');
      else await this.admit(human);
    });
  }

  /** Goes on from a gathering: its people are here, and open the app again. */
  async wake({ tables, desk, humans }: Beginning): Promise<void> {
    this.server.database.tables.load(tables);
    this.server.desk.load(desk);
    for (const { person, papers, disks } of humans) {
      const human = Object.assign(this.newHuman(), { person, papers });
      for (const disk of disks) this.newDevice(human, disk.copy());
    }
    for (const device of this.devices()) this.begin('start', () => this.comeIn(device));
    await this.time.pass(ENROLMENT_MS);
  }

  async #done(name: string, work: () => Promise<void>): Promise<void> {
    this.begin(name, work);
    await this.time.pass(this.network.faults > 0 ? ROUGH_MS : ENROLMENT_MS);
  }

  #failed(name: string, error: unknown): void {
    if (error instanceof Problem || error instanceof Fault) {
      const code = `${name}: ${error.code}`;
      this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
      this.told.push(`${this.time.now()} ${name} → ${error.message}`);
      return;
    }
    this.mistakes.push(`${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
  }
}
