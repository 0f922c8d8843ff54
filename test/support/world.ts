/**
 * A whole Liaison for a story: the real server on a real database, the provider's emulator, the
 * mail catcher, and real SDK clients for fictional people by name. Nothing of it is a stand-in.
 *
 *   const world = await World.open();
 *   const { nurse, gp } = await world.people();
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { TeamCategory } from '@liaison/contract/community';
import { type CircleId, type MemberId, type PersonId, teamMember } from '@liaison/contract/ids';
import type { SessionView } from '@liaison/sdk/face';
import type { Liaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import type { Store } from '@liaison/sdk/store/store';
import { Accounts } from '../../src/identity/accounts.js';
import { Invitations } from '../../src/identity/invitations.js';
import { SystemClock } from '../../src/platform/clock/clock.js';
import type { Config } from '../../src/platform/config/config.js';
import { Log } from '../../src/platform/logger/log.js';
import type { Running } from '../../src/platform/program.js';
import { startServer } from '../../src/server.js';
import {
  comeBack,
  type Client,
  type Device,
  openDevice,
  redeem,
  rehearse,
  signIn,
} from '../../tools/cast/device.js';
import { SoftwarePasskey } from '../../tools/cast/software-passkey.js';
import { type MailCatcher, startMailCatcher } from '../../tools/mail-catcher/catcher.server.js';
import { type PscEmulator, startPscEmulator } from '../../tools/psc-emulator/emulator.server.js';
import { MovedClock } from './moved.clock.js';
import { lendProviderKeys } from './provider-keys.js';
import { testConfig } from './test-config.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

interface Role {
  /** National id at the provider. */
  readonly idnps: string;
  readonly team: {
    readonly name: string;
    readonly finess: string | null;
    readonly category: TeamCategory;
  };
}

const CARDIOLOGY = {
  name: 'Cardiologie · CH de Laon',
  finess: '029970014',
  category: 'hospital-unit',
} as const;

/** The professionals of most stories, each in a team of their own. */
const CAST = {
  nurse: { idnps: '899970000016', team: CARDIOLOGY },
  gp: {
    idnps: '899970000032',
    team: { name: 'Cabinet du Dr Petit', finess: null, category: 'practice' },
  },
  idel: {
    idnps: '899970000057',
    team: { name: 'Cabinet IDEL des Remparts', finess: null, category: 'practice' },
  },
  pharmacist: {
    idnps: '899970000107',
    team: { name: 'Pharmacie du Beffroi', finess: '029970030', category: 'pharmacy' },
  },
} as const satisfies Record<string, Role>;

/** Somebody at a device. */
export interface Player extends Device {
  readonly person: PersonId;
  /** The team that they act through, as a member of circles. */
  readonly team: MemberId;
  readonly teamId: CircleId;
}

export type People = Readonly<Record<keyof typeof CAST, Player>> & { readonly coordinator: Player };

/** As the provider's own tokens. */
const TOKEN_LIFE_S = 120;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export class World {
  readonly #clients: Liaison[] = [];
  #people: Promise<People> | undefined;

  private constructor(
    readonly origin: string,
    readonly fixture: TestDatabase,
    readonly emulator: PscEmulator,
    readonly mails: MailCatcher,
    readonly config: Config,
    private readonly folder: string,
    private readonly clock: MovedClock,
    private running: Running,
  ) {}

  static async open(changes: Partial<Config> = {}): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'liaison-world-'));
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const fixture = await createTestDatabase();
    const redirectUris = [`${origin}/api/auth/callback`];
    lendProviderKeys(folder);
    const emulator = await startPscEmulator({ port: 0, dataDir: folder, redirectUris });
    const dir = join(folder, 'mails');
    const mails = await startMailCatcher({ smtpPort: 0, httpPort: 0, dir });
    const { issuer, clientId, clientSecret } = emulator;
    const oidc = { issuer, clientId, clientSecret };
    const own = { publicOrigin: origin, port, oidc, smtpUrl: mails.smtpUrl };
    const config = testConfig(fixture, { ...own, ...changes });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(config.logKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const clock = new MovedClock();
    const running = await start(config, clock);
    return new World(origin, fixture, emulator, mails, config, folder, clock, running);
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.dispose();
    await this.running.close();
    await this.mails.close();
    await this.emulator.close();
    await this.fixture.close();
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.config.dataDir, { recursive: true, force: true });
  }

  /** The server stops and starts again on the same data and address. */
  async restartServer(): Promise<void> {
    await this.stopServer();
    await this.startServer();
  }

  /** From here on nobody is reached, as without a network. */
  stopServer(): Promise<void> {
    return this.running.close();
  }

  async startServer(): Promise<void> {
    this.running = await start(this.config, this.clock);
  }

  /** The usual community: everybody enrolled, admitted, in a team that is endorsed. */
  people(): Promise<People> {
    this.#people ??= this.#gather();
    return this.#people;
  }

  /** A client on a device, with nobody signed in yet. */
  async device(
    store: Store = new MemoryStore(),
    socket = true,
    deviceName?: string,
  ): Promise<Device> {
    const clock = (): number => this.clock.now();
    const more = { clock, ...(deviceName !== undefined && { deviceName }) };
    const device = await openDevice(this.origin, store, socket, more);
    this.#clients.push(device.liaison);
    return device;
  }

  /** Signs somebody in as their browser would: chooser, callback, finished session. */
  signIn(device: Client, idnps: string): Promise<SessionView> {
    this.dateToken();
    return signIn(device, idnps);
  }

  comeBack(device: Client, authorizeUrl: string, idnps: string): Promise<SessionView> {
    this.dateToken();
    return comeBack(device, authorizeUrl, idnps);
  }

  /** Time goes by for the server and for everybody; who was signed in stays so. */
  async pass(ms: number): Promise<void> {
    await this.fixture.database.query(
      `UPDATE sessions SET created_at = created_at + $1, seen_at = seen_at + $1,
              ends_at = ends_at + $1`,
      [ms],
    );
    this.clock.move(ms);
  }

  /**
   * How far this world's time is ahead of the machine's: what comes from outside it follows by it.
   */
  get aheadMs(): number {
    return this.clock.aheadMs;
  }

  /** The next token of the provider is of the day that this world has. */
  dateToken(): void {
    if (this.clock.aheadMs === 0) return;
    const iat = Math.floor(this.clock.now() / 1000);
    this.emulator.forgeNext({ claims: { iat, exp: iat + TOKEN_LIFE_S } });
  }

  /** The link that whoever runs the server gives to a first coordinator. */
  operatorLink(name: string): Promise<string> {
    const clock = new SystemClock();
    const { database } = this.fixture;
    const accounts = new Accounts(database, clock, this.config);
    return new Invitations(database, clock, accounts, this.config).ofOperator(name, 'coordinator');
  }

  /** Somebody answers an invitation with a new passkey. */
  accept(device: Client, link: string): Promise<SessionView> {
    return redeem(device, link, new SoftwarePasskey(this.origin));
  }

  /** Shows that the printed code was kept. */
  rehearse(liaison: Liaison): Promise<void> {
    return rehearse(liaison);
  }

  async #gather(): Promise<People> {
    const boss = await this.device();
    await this.accept(boss, await this.operatorLink('Léonie Fontaine'));
    await this.rehearse(boss.liaison);
    await boss.liaison.createCommunity('CPTS du Laonnois', '029970071', 'Laon');
    const office = {
      name: 'Coordination · CPTS du Laonnois',
      finess: '029970071',
      category: 'other',
    } as const;
    const coordinator = await this.#settle(boss, office);
    const people: Record<string, Player> = { coordinator };
    for (const [name, role] of Object.entries(CAST)) {
      const client = await this.device();
      const { person } = await this.signIn(client, role.idnps);
      await this.rehearse(client.liaison);
      if (person === null) throw new Error(`${name} has no identity after signing in.`);
      await boss.liaison.admit(person);
      await client.liaison.sync();
      const player = await this.#settle(client, role.team);
      await boss.liaison.endorse(
        player.teamId,
        role.team.name,
        role.team.finess,
        role.team.category,
      );
      people[name] = player;
    }
    for (const { liaison } of Object.values(people)) await liaison.refresh();
    return people as People;
  }

  async #settle(client: Device, team: Role['team']): Promise<Player> {
    const { person } = await client.liaison.session();
    if (person === null) throw new Error('Nobody is enrolled on this device.');
    const teamId = await client.liaison.createTeam(team.name, team.finess, team.category, 'Laon');
    return { ...client, person, teamId, team: teamMember(teamId) };
  }
}

function start(config: Config, clock: MovedClock): Promise<Running> {
  const log = Log.create(config.logLevel);
  return startServer({ config, log, clock, roles: ['api', 'worker'] });
}
