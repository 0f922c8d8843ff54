/**
 * People for tests that bring their own server: enrolled on real SDK clients by invitation and
 * passkey, or by the provider's emulator, through the same doors as everybody.
 */
import type { TeamCategory } from '@liaison/contract/community';
import {
  type CircleId,
  type MemberId,
  type PersonId,
  personMember,
  teamMember,
} from '@liaison/contract/ids';
import type { Http } from '@liaison/sdk/http';
import { nodeHttp } from '@liaison/sdk/http-node';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import type { Store } from '@liaison/sdk/store/store';
import { loginAt } from '../../tools/psc-emulator/headless-login.js';
import { type CeremonyOptions, SoftwarePasskey } from '../../tools/cast/software-passkey.js';

/** Somebody at a device, enrolled. */
export interface Person {
  readonly name: string;
  readonly liaison: Liaison;
  readonly http: Http;
  readonly store: Store;
  readonly person: PersonId;
  readonly member: MemberId;
  readonly words: readonly string[];
}

interface TeamClaim {
  readonly name: string;
  readonly finess: string | null;
  readonly category: TeamCategory;
}

interface DeviceOptions {
  readonly store?: Store;
  readonly socket?: boolean;
  readonly http?: Http;
}

export class Crowd {
  readonly #clients: Liaison[] = [];
  /** Mistakes of clients' background work: a test ends by looking at them. */
  readonly mistakes: unknown[] = [];

  constructor(readonly origin: string) {}

  async device({ store = new MemoryStore(), socket = true, http }: DeviceOptions = {}) {
    const asked = http ?? nodeHttp(this.origin);
    const report = (error: unknown): void => {
      this.mistakes.push(error);
    };
    const options = { origin: this.origin, http: asked, store, socket, report };
    const liaison = await openLiaison(options);
    this.#clients.push(liaison);
    return { liaison, http: asked, store };
  }

  async invited(name: string, link: string, options: DeviceOptions = {}): Promise<Person> {
    const client = await this.device(options);
    const ceremony = (await client.liaison.invitationOptions(link)) as CeremonyOptions;
    const answer = new SoftwarePasskey(this.origin).create(ceremony);
    await client.liaison.acceptInvitation(link, answer);
    return this.#settled(name, client);
  }

  /** Somebody whom the national provider knows. */
  async professional(name: string, idnps: string, options: DeviceOptions = {}): Promise<Person> {
    const client = await this.device(options);
    const { authorizeUrl } = await client.liaison.beginSignIn('/');
    await comeBack(client, authorizeUrl, idnps);
    return this.#settled(name, client);
  }

  /** A further device of somebody, let in by their recovery code. */
  async further(of: Person, idnps: string, options: DeviceOptions = {}): Promise<Person> {
    const client = await this.device(options);
    await comeBack(client, (await client.liaison.beginSignIn('/')).authorizeUrl, idnps);
    await comeBack(client, (await client.liaison.beginRecovery(of.words, '/')).authorizeUrl, idnps);
    return { ...of, ...client };
  }

  /** Lets somebody into the community, and gives them an endorsed team of their own. */
  async settle(boss: Person, { liaison, person }: Person, claim: TeamClaim): Promise<MemberId> {
    if (person !== boss.person) {
      await boss.liaison.admit(person);
      await liaison.refresh();
    }
    const { name, finess, category } = claim;
    const team: CircleId = await liaison.createTeam(name, finess, category, 'Laon');
    await boss.liaison.endorse(team, name, finess, category);
    return teamMember(team);
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.dispose()));
  }

  async #settled(
    name: string,
    client: { liaison: Liaison; http: Http; store: Store },
  ): Promise<Person> {
    const { liaison } = client;
    const words = await liaison.recoveryWords();
    if (!(await liaison.confirmRecovery({ 2: words[2] ?? '', 7: words[7] ?? '' }))) {
      throw new Error('The rehearsal of the recovery code failed.');
    }
    const { person } = await liaison.session();
    if (person === null) throw new Error(`${name} has no identity.`);
    return { ...client, name, person, member: personMember(person), words };
  }
}

async function comeBack(
  client: { liaison: Liaison; http: Http },
  authorizeUrl: string,
  idnps: string,
): Promise<void> {
  const callback = new URL(await loginAt(authorizeUrl, idnps));
  await client.http({ method: 'GET', path: callback.pathname + callback.search });
  await client.liaison.finishSignIn();
}
