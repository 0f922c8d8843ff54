/**
 * One life: people with their devices, one server, and what they do, from a seed. Nothing of it
 * outlives it. What goes wrong in a way that no program of ours may go wrong is kept as a mistake.
 */
import { Problem } from '@liaison/contract/errors';
import type { CircleId, DeviceId, EntryId, PersonId } from '@liaison/contract/ids';
import { ready } from '@liaison/sdk/crypto/sodium';
import { Fault } from '@liaison/sdk/fault';
import { Chance } from '../chance.js';
import { computeWith, type Mode } from '../primitives/mode.js';
import { exchangeBy } from '../primitives/socket.face.js';
import { LifeServer } from '../server/server.js';
import { Time } from '../time.js';
import { DO } from './acts.js';
import { LifeDevice } from './device.js';
import type { Human } from './human.js';
import { Network } from './network.js';
import type { Plan, PlannedAct } from './plan.js';

/** Which of the twelve words the rehearsal asks for, from 0. */
const REHEARSED = [2, 7];
/** Longer than this nobody stays at a device. */
const AWAKE_MS = 60_000;
const WAYS_IN = 6;
const ENROLMENT_MS = 4000;
const ROUGH_MS = 20_000;

export class Life {
  readonly time = new Time();
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
  /** How far any clock was off, at most. */
  furthestSkewMs = 0;
  #names = 0;

  private constructor(
    readonly plan: Plan,
    mode: Mode,
  ) {
    const chance = new Chance(`world ${plan.seed}`);
    computeWith(mode, new Chance(`keys ${plan.seed}`));
    this.time.rule();
    this.server = new LifeServer(chance, () => this.time.now());
    this.network = new Network(this.server, this.time, chance);
    exchangeBy(this.network);
  }

  static async begin(plan: Plan, mode: Mode): Promise<Life> {
    await ready();
    const life = new Life(plan, mode);
    if (plan.isRough) life.network.faults = plan.faults;
    await life.#gather();
    life.network.faults = plan.faults;
    return life;
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
    const human = { name: `P${number}`, nationalId, devices: [], person: null, paper: [] };
    this.humans.push(human);
    return human;
  }

  newDevice(human: Human): LifeDevice {
    const cookie = `${human.name}/${human.devices.length + 1}`;
    const device = new LifeDevice(cookie, human, this.plan.sockets, this.time, this.network);
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
      if (state === 'ready') return;
      if (state === 'backup-needed') {
        const words = await liaison.recoveryWords();
        human.person = engine.vault.me();
        human.paper = words;
        await liaison.confirmRecovery(
          Object.fromEntries(REHEARSED.map((at) => [at, words[at] ?? ''])),
        );
      } else if (state === 'other-device') {
        if (human.paper.length === 0) throw new Error(`${device.cookie} is shut out for good`);
        const { authorizeUrl } = await liaison.beginRecovery(human.paper, '/');
        this.server.desk.comeBack(device.cookie, authorizeUrl, human.nationalId);
        await liaison.finishSignIn();
      } else {
        const { authorizeUrl } = await liaison.beginSignIn('/');
        this.server.desk.comeBack(device.cookie, authorizeUrl, human.nationalId);
        await liaison.finishSignIn();
      }
    }
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

  async #gather(): Promise<void> {
    const boss = this.newDevice(this.newHuman());
    await this.#done('found', async () => {
      await this.comeIn(boss);
      await boss.liaison?.createCommunity('CPTS', null, 'Laon');
    });
    for (let i = 1; i < this.plan.people; i++) {
      await this.#done('enrol', async () => {
        const human = this.newHuman();
        await this.comeIn(this.newDevice(human));
        await this.admit(human);
      });
    }
    // Whoever has a socket has heard by now that they were let in.
    if (this.plan.sockets) return;
    for (const { devices } of this.humans) {
      this.begin('refresh', async () => devices[0]?.liaison?.refresh());
    }
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
