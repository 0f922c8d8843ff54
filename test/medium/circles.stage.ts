/**
 * The rooms of devices and circles on a real PostgreSQL, put together by hand: the append path is
 * the subject here, HTTP and queues are not (the outbox's bell rings for nobody).
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import type { Head } from '@liaison/contract/item';
import { AppendQueue } from '../../src/circles/append.queue.js';
import { AppendTransaction } from '../../src/circles/append.transaction.js';
import { CircleMembers } from '../../src/circles/circle.members.js';
import { CitedHeads } from '../../src/circles/cited-heads.js';
import { CircleProjection } from '../../src/circles/circle.projection.js';
import { CircleReader } from '../../src/circles/circle.reader.js';
import { CircleStates } from '../../src/circles/circle.states.js';
import { EntryRules } from '../../src/circles/entry-rule.js';
import { Submissions } from '../../src/circles/submissions.js';
import { AttestationCheck } from '../../src/devices/attestation.check.js';
import { IdentityAppend } from '../../src/devices/identity.append.js';
import { IdentityLogs } from '../../src/devices/identity.logs.js';
import type { LogOwner } from '../../src/devices/log.owner.js';
import { Committed } from '../../src/events/committed.js';
import type { OutboxBell } from '../../src/events/outbox.bell.js';
import { Outbox } from '../../src/events/outbox.js';
import { Accounts } from '../../src/identity/accounts.js';
import { SignInProofs } from '../../src/identity/sign-in.proofs.js';
import { ManualClock } from '../../src/platform/clock/manual.clock.js';
import type { Config } from '../../src/platform/config/config.js';
import { Database } from '../../src/platform/database/database.js';
import { IdentityTree } from '../../src/transparency/identity.tree.js';
import { LogKey } from '../../src/transparency/log-key.js';
import { TreeNotes } from '../../src/transparency/tree.notes.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** One server process: its own caches and queue on the shared database. */
export function openProcess(database: Database, config: Config, clock: ManualClock) {
  const outbox = new Outbox({ ring: () => undefined } as unknown as OutboxBell);
  const committed = new Committed();
  const logKey = new LogKey(config);
  const proofs = new SignInProofs(new Accounts(database, clock, config), clock, logKey, config);
  const logs = new IdentityLogs();
  const attestations = new AttestationCheck(proofs, logs, logKey);
  const tree = new IdentityTree(database, new TreeNotes(logKey, config));
  const identities = new IdentityAppend(logs, attestations, proofs, tree, outbox, clock, config);
  const states = new CircleStates();
  const projection = new CircleProjection();
  const rules = new EntryRules();
  const transactions = new AppendTransaction(
    database,
    states,
    logs,
    identities,
    projection,
    rules,
    outbox,
    clock,
  );
  const queue = new AppendQueue(transactions);
  const cited = new CitedHeads(logKey, config);
  const submissions = new Submissions(
    database,
    logs,
    queue,
    committed,
    logKey,
    cited,
    clock,
    config,
  );
  const members = new CircleMembers(database, clock);
  const reader = new CircleReader(database, members, outbox);
  return {
    outbox,
    committed,
    logKey,
    proofs,
    identities,
    logs,
    rules,
    submissions,
    members,
    reader,
  };
}

type Process = ReturnType<typeof openProcess>;

export class CirclesStage {
  private constructor(
    readonly fixture: TestDatabase,
    readonly config: Config,
    readonly clock: ManualClock,
    readonly server: Process,
  ) {}

  static async open(): Promise<CirclesStage> {
    const fixture = await createTestDatabase();
    const config = testConfig(fixture);
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(config.logKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const clock = new ManualClock(Date.UTC(2026, 5, 1, 8));
    return new CirclesStage(fixture, config, clock, openProcess(fixture.database, config, clock));
  }

  /** A second process of the same server. */
  another(): Process {
    return openProcess(this.fixture.database, this.config, this.clock);
  }

  get database(): Database {
    return this.fixture.database;
  }

  /** An account let in by the operator, signed in: what an identity log is opened from. */
  async account(): Promise<LogOwner & { person: null }> {
    const owner = {
      accountId: randomUUID() as Uuid,
      sessionId: randomUUID() as Uuid,
      person: null,
    };
    const now = this.clock.now();
    await this.database.query(
      `INSERT INTO accounts
         (account_id, name, search, certified, fictional, roles, voucher, created_at)
       VALUES ($1, 'x', 'x', false, true, '[]', '{"type":"operator","role":"other"}', $2)`,
      [owner.accountId, now],
    );
    await this.database.query(
      `INSERT INTO sessions (session_id, account_id, token_hash, former_until, means, created_at,
         seen_at, ends_at, challenge_until)
       VALUES ($1, $2, $3, 0, 'passkey', $4, $4, $5, 0)`,
      [owner.sessionId, owner.accountId, Buffer.from(owner.sessionId), now, now + 1e9],
    );
    return owner;
  }

  async head(circle: CircleId): Promise<Head & { members: Head; epoch: number }> {
    const [row] = await this.database.query<{
      k: number;
      h: Head['h'];
      members_k: number;
      members_h: Head['h'];
      epoch: number;
    }>('SELECT * FROM circle_heads WHERE circle_id = $1', [circle]);
    const { k, h, members_k, members_h, epoch } = row!;
    return { k, h, members: { k: members_k, h: members_h }, epoch };
  }

  async readersOf(circle: CircleId): Promise<PersonId[]> {
    return (await this.server.members.peopleOf(circle)).sort();
  }

  async close(): Promise<void> {
    await this.fixture.close();
  }
}
