/** The audit log on a real PostgreSQL: it grows with what happens, and names what was touched. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toBase64Url } from '@liaison/contract/bytes';
import { CircleId, PersonId } from '@liaison/contract/ids';
import { AuditConsumer } from '../../src/audit/audit.consumer.js';
import { AuditRows } from '../../src/audit/audit.rows.js';
import { AuditVerifier } from '../../src/audit/audit.verifier.js';
import type { DomainEvent } from '../../src/events/domain-event.js';
import { EventIntake } from '../../src/events/event.intake.js';
import { Outbox } from '../../src/events/outbox.js';
import type { OutboxBell } from '../../src/events/outbox.bell.js';
import { ManualClock } from '../../src/platform/clock/manual.clock.js';
import type { Config } from '../../src/platform/config/config.js';
import type { Queryable } from '../../src/platform/database/database.js';
import { Log } from '../../src/platform/logger/log.js';
import { LogKey } from '../../src/transparency/log-key.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const id = (): string => toBase64Url(randomBytes(32));

let fixture: TestDatabase;
let folder: string;
let outbox: Outbox;
let consumer: AuditConsumer;
let verifier: AuditVerifier;
let config: Config;
let key: LogKey;
const rung: string[] = [];

/**
 * Only what the audit reads of the settings; the bell is replaced because no worker listens here.
 */
function settings(): Config {
  const { privateKey } = generateKeyPairSync('ed25519');
  const logKeyFile = join(folder, 'log-key.pem');
  writeFileSync(logKeyFile, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return { logKeyFile, publicOrigin: 'http://liaison.test' } as Config;
}

beforeEach(async () => {
  fixture = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'liaison-audit-'));
  config = settings();
  key = new LogKey(config);
  const rows = new AuditRows(fixture.database);
  const bell = { ring: (consumerName: string) => void rung.push(consumerName) };
  outbox = new Outbox(bell as unknown as OutboxBell);
  const intake = new EventIntake(fixture.database, Log.create('silent'));
  consumer = new AuditConsumer(intake, rows, key, config, new ManualClock(1_000));
  verifier = new AuditVerifier(rows, key, config);
});

afterEach(async () => {
  await fixture.close();
  rmSync(folder, { recursive: true });
});

const served = (): DomainEvent => ({
  type: 'items.served',
  person: PersonId.parse(id()),
  what: 'items',
  circle: CircleId.parse(id()),
  from: 0,
  to: 9,
});

async function grow(count: number): Promise<void> {
  await outbox.recordNow(fixture.database, ...Array.from({ length: count }, served));
  while ((await consumer.consume()) > 0);
}

/** What an operator with the database's password could do. */
async function tamper(sql: string): Promise<void> {
  await fixture.database.query('ALTER TABLE audit_records DISABLE TRIGGER USER');
  await fixture.database.query(sql);
}

describe('the audit log', () => {
  it('records each event once, and verifies', async () => {
    await grow(12);
    await grow(5);
    expect(await verifier.verify()).toEqual({ ok: true, records: 17, checkpoints: 2 });
    expect(await fixture.database.query('SELECT * FROM outbox')).toEqual([]);
    expect(rung).toContain('audit');
  });

  it('records nothing of what was undone', async () => {
    const undone = fixture.database.transaction(async (transaction) => {
      await outbox.record(transaction, served());
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await consumer.consume()).toBe(0);
  });

  it('takes turns when two workers append at once', async () => {
    await outbox.recordNow(fixture.database, ...Array.from({ length: 900 }, served));
    await Promise.all([consumer.consume(), consumer.consume(), consumer.consume()]);
    expect(await verifier.verify()).toMatchObject({ ok: true, records: 900 });
  });

  it('verifies while it grows: what came after the reading began is not missed', async () => {
    await grow(3);
    class Growing extends AuditRows {
      override async checkpoints(on: Queryable) {
        const found = await super.checkpoints(on);
        await grow(2);
        return found;
      }
    }
    verifier = new AuditVerifier(new Growing(fixture.database), key, config);
    expect(await verifier.verify()).toEqual({ ok: true, records: 3, checkpoints: 1 });
  });

  it('refuses updates and deletions in the database', async () => {
    await grow(1);
    for (const sql of ["UPDATE audit_records SET record = ''", 'DELETE FROM audit_records']) {
      await expect(fixture.database.query(sql)).rejects.toThrow('append-only');
    }
  });

  it.each([
    [
      'an altered text',
      `UPDATE audit_records SET record = replace(record, '"to":9', '"to":8') WHERE seq = 3`,
      3,
    ],
    ['an altered salt', `UPDATE audit_records SET salt = '\\x00' WHERE seq = 4`, 4],
    [
      'an altered signature',
      `UPDATE audit_records SET signature = decode(repeat('00', 64), 'hex') WHERE seq = 5`,
      5,
    ],
    ['a removed record', 'DELETE FROM audit_records WHERE seq = 6', 6],
    ['a truncated log', 'DELETE FROM audit_records WHERE seq >= 7', 7],
  ])('names the first broken record: %s', async (_name, sql, seq) => {
    await grow(10);
    await tamper(sql);
    expect(await verifier.verify()).toMatchObject({ ok: false, seq });
  });

  it('does not accept a record and tree that were both rewritten by another key', async () => {
    await grow(4);
    const others = new LogKey(settings());
    const rows = new AuditRows(fixture.database);
    expect(await new AuditVerifier(rows, others, config).verify()).toMatchObject({
      ok: false,
      seq: 0,
    });
  });
});
