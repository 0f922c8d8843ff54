/** Identity logs at the server: what opens and continues one, and what is refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { canonical } from '@liaison/contract/encoding';
import { toBase64Url } from '@liaison/contract/bytes';
import { type Hash, ZERO_HASH } from '@liaison/contract/ids';
import type { IdentityPayload, WireStatement } from '@liaison/contract/identity';
import { keyRecipients } from '@liaison/contract/identity-rules';
import { LIMITS } from '@liaison/contract/limits';
import {
  invitationProofSigned,
  invitationSigned,
  personIdHashed,
  possessionSigned,
} from '@liaison/contract/signing';
import { hash } from '../../sdk/crypto/hash.js';
import { ready } from '../../sdk/crypto/sodium.js';
import { newSigningPair, sign } from '../../sdk/crypto/signing.js';
import { presentKey } from '../../src/devices/identity.view.js';
import { strangersKey, Writer } from './circle.writer.js';
import { CirclesStage } from './circles.stage.js';

let stage: CirclesStage;
let anne: Writer;

const refused = (code: string) => expect.objectContaining({ name: 'Problem', code });

type Sent = ReturnType<Writer['genesis']>;

async function fresh(): Promise<Writer> {
  const writer = new Writer(stage);
  writer.owner = await stage.account();
  return writer;
}

const open = (writer: Writer, sent: Sent) =>
  stage.database.transaction((on) => stage.server.identities.open(on, writer.owner, sent));

const append = (writer: Writer, statements: WireStatement[], copies: Sent['copies'] = []) =>
  stage.database.transaction((on) =>
    stage.server.identities.append(on, writer.submitter, { statements, copies }),
  );

/** Vouches for the guest's account; gives what then attests a genesis. */
async function invitedBy(inviter: Writer, guest: Writer) {
  const key = newSigningPair();
  const now = stage.clock.now();
  const text = canonical({
    v: 1,
    origin: inviter.origin,
    inviter: inviter.person,
    device: inviter.device,
    identity: inviter.identity,
    key: key.publicKey,
    nameHash: ZERO_HASH,
    role: 'secretary',
    at: now,
    until: now + LIMITS.invitationMs.value,
  });
  const signature = sign(inviter.signing.secretKey, invitationSigned(inviter.origin, text));
  await stage.database.query('UPDATE accounts SET voucher = $2 WHERE account_id = $1', [
    guest.owner.accountId,
    JSON.stringify({ type: 'invitation', key: key.publicKey }),
  ]);
  return (genesis: Hash) => {
    const proof = sign(key.secretKey, invitationProofSigned(inviter.origin, genesis));
    return { type: 'invitation' as const, text, signature, proof };
  };
}

beforeAll(async () => {
  await ready();
  stage = await CirclesStage.open();
});

beforeEach(async () => {
  anne = await Writer.enrol(stage);
});

afterAll(() => stage.close());

describe('an identity log', () => {
  test('names the person by its genesis, and gives the account its person', async () => {
    const rows = await stage.database.query('SELECT person FROM accounts WHERE account_id = $1', [
      anne.owner.accountId,
    ]);
    expect(rows).toEqual([{ person: anne.person }]);
    const view = await stage.server.logs.view(stage.database, anne.person);
    expect(view?.head).toEqual(anne.identity);
    expect(presentKey(view!)?.publicKey).toBe(anne.keys.sealing.publicKey);
    expect(keyRecipients(view!.state)).toEqual([anne.device]);
  });

  test('is opened once for an account', async () => {
    const again = new Writer(stage);
    again.owner = anne.owner;
    await expect(open(again, again.genesis())).rejects.toEqual(refused('identity_exists'));
  });

  test('of somebody invited is not opened by a clock that no reader would believe', async () => {
    const minute = 60_000;
    for (const [off, taken] of [
      [-20 * minute, false],
      [-4 * minute, true],
    ] as const) {
      const guest = await fresh();
      const attest = await invitedBy(anne, guest);
      const changes = { at: stage.clock.now() + off };
      const first = guest.statement(guest.deviceAdded(), { possession: true, changes });
      guest.person = hash(personIdHashed(first.text)) as never;
      const attestation = attest(guest.identity.h);
      const opening = open(guest, guest.rotation(1, 'genesis', [{ ...first, attestation }]));
      if (taken) expect((await opening).person).toBe(guest.person);
      else await expect(opening).rejects.toEqual(refused('clock_skew'));
    }
  });

  test('takes a second device that the first one signs and that shows its key', async () => {
    const phone = new Writer(stage);
    const { text, signature } = anne.statement(phone.deviceAdded());
    const possession = sign(phone.signing.secretKey, possessionSigned(anne.origin, text));
    const view = await append(anne, [{ text, signature, possession, attestation: null }]);
    expect([...view.state.devices.keys()].sort()).toEqual([anne.device, phone.device].sort());
  });

  test('sent again changes nothing; two on the same head: one of them is told', async () => {
    const payload = recoverySet();
    const first = withPossession(anne, payload);
    await append(anne, [first]);
    const view = await append(anne, [first]);
    expect(view.head).toEqual(anne.identity);
    anne.identity = { n: 1, h: JSON.parse(first.text).prev };
    const rival = withPossession(anne, { ...recoverySet(), madeAt: 5 });
    await expect(append(anne, [rival])).rejects.toEqual(refused('identity_head_moved'));
  });
});

function recoverySet(): Extract<IdentityPayload, { kind: 'recovery-key.set' }> {
  const paper = new Writer(stage);
  papers.set(paper.signing.publicKey, paper);
  return {
    kind: 'recovery-key.set',
    signingKey: paper.signing.publicKey,
    sealingKey: paper.sealing.publicKey,
    madeAt: 1,
  };
}

const papers = new Map<string, Writer>();

function withPossession(writer: Writer, payload: ReturnType<typeof recoverySet>): WireStatement {
  const statement = writer.statement(payload);
  const { secretKey } = papers.get(payload.signingKey)!.signing;
  const possession = sign(secretKey, possessionSigned(writer.origin, statement.text));
  return { ...statement, possession };
}

/** A second device of that person, in their log. */
async function another(of: Writer): Promise<Writer> {
  const device = new Writer(stage);
  const added = of.statement(device.deviceAdded());
  const shown = possessionSigned(of.origin, added.text);
  const possession = sign(device.signing.secretKey, shown);
  await append(of, [{ ...added, possession }]);
  return device;
}

describe('refused:', () => {
  const genesisCases: [string, string, (sent: Sent) => Sent][] = [
    [
      'a genesis that nobody attests',
      'attestation_invalid',
      (sent) => first(sent, { attestation: null }),
    ],
    [
      'a genesis attested for another',
      'attestation_invalid',
      (sent) =>
        first(sent, { attestation: { type: 'operator', proof: sent.statements[0]!.signature } }),
    ],
    [
      'a genesis signed by another key',
      'signature_invalid',
      (sent) => first(sent, { signature: sign(strangersKey(), new Uint8Array(3)) }),
    ],
    [
      'keys whose owner does not show them',
      'identity_statement_invalid',
      (sent) => first(sent, { possession: null }),
    ],
    [
      'possession shown by another key',
      'identity_statement_invalid',
      (sent) => first(sent, { possession: sent.statements[0]!.signature }),
    ],
    [
      'a log without a person key',
      'identity_statement_invalid',
      (sent) => ({
        statements: sent.statements.slice(0, 1),
        copies: [],
      }),
    ],
    [
      'a person key without its copies',
      'identity_statement_invalid',
      (sent) => ({
        ...sent,
        copies: [],
      }),
    ],
  ];

  const first = (sent: Sent, change: Partial<WireStatement>): Sent => ({
    ...sent,
    statements: [{ ...sent.statements[0]!, ...change }, ...sent.statements.slice(1)],
  });

  test.each(genesisCases)('%s: %s', async (_what, code, change) => {
    const writer = await fresh();
    await expect(open(writer, change(writer.genesis()))).rejects.toEqual(refused(code));
    const rows = await stage.database.query('SELECT 1 FROM identity_logs WHERE account_id = $1', [
      writer.owner.accountId,
    ]);
    expect(rows).toEqual([]);
  });

  test('a small-order signing key: key_invalid', async () => {
    const paper = { ...recoverySet(), signingKey: ZERO_HASH as never };
    const statement = anne.statement(paper);
    const attempt = append(anne, [{ ...statement, possession: statement.signature }]);
    await expect(attempt).rejects.toEqual(refused('key_invalid'));
  });

  test('a sealing key that nobody can seal to: key_invalid', async () => {
    const phone = new Writer(stage);
    const payload = phone.deviceAdded() as Extract<IdentityPayload, { kind: 'device.added' }>;
    const keys = { ...payload.keys, sealingKey: `${'_'.repeat(1621)}w` as never };
    const statement = anne.statement({ ...payload, keys });
    const attempt = append(anne, [{ ...statement, possession: statement.signature }]);
    await expect(attempt).rejects.toEqual(refused('key_invalid'));
  });

  test('a token of a sign-in that had none: attestation_invalid', async () => {
    const writer = await fresh();
    const sent = writer.genesis();
    const attestation = {
      type: 'provider' as const,
      purpose: 'genesis' as const,
      idToken: 'a.b.c',
      random: ZERO_HASH,
    };
    const attempt = open(writer, first(sent, { attestation }));
    await expect(attempt).rejects.toEqual(refused('attestation_invalid'));
  });

  test('a statement of another installation: origin_mismatch', async () => {
    const changes = { origin: 'https://elsewhere.example' };
    const statement = anne.statement(recoverySet(), { changes });
    await expect(append(anne, [statement])).rejects.toEqual(refused('origin_mismatch'));
  });

  test('a revocation that no new key follows: identity_statement_invalid', async () => {
    const tablet = await another(anne);
    const payload = { kind: 'device.revoked' as const, device: tablet.device, untrustedFrom: 2 };
    const attempt = append(anne, [anne.statement(payload)]);
    await expect(attempt).rejects.toEqual(refused('identity_statement_invalid'));
  });
});

test('a revoked device writes nothing more', async () => {
  const phone = await another(anne);
  const community = (await anne.create('community', null)).circle;
  const item = await anne.message(community);
  const untrustedFrom = anne.identity.n + 1;
  const ended = anne.statement({ kind: 'device.revoked', device: phone.device, untrustedFrom });
  const { statements, copies } = anne.rotation(2, 'device-revoked', [ended]);
  await append(anne, statements, copies);
  await anne.submit(item);
  const draft = await anne.message(community);
  const header = JSON.parse(draft.text) as Record<string, unknown>;
  const forged = phone.signed(canonical({ ...header, device: phone.device }), null);
  const attempt = anne.submit({ ...forged, body: draft.body });
  await expect(attempt).rejects.toEqual(refused('device_revoked'));
});

test('a revocation and the epoch that follows are one act, sent again without harm', async () => {
  const phone = new Writer(stage);
  const added = anne.statement(phone.deviceAdded());
  const shown = possessionSigned(anne.origin, added.text);
  await append(anne, [{ ...added, possession: sign(phone.signing.secretKey, shown) }]);
  const own = await anne.recipient();
  const { circle, items } = await anne.created('community', null, [], [own]);
  await anne.submit(...items);
  const { facts: first } = JSON.parse(items[1]!.text) as { facts: { commitment: Hash } };
  const untrustedFrom = anne.identity.n + 1;
  const ended = anne.statement({ kind: 'device.revoked', device: phone.device, untrustedFrom });
  const identity = anne.rotation(2, 'device-revoked', [ended]);
  const moved = await anne.recipient();
  const recipient = { ...moved, pin: { ...moved.pin, generation: 2 } };
  const now = await stage.head(circle);
  const { facts, copies } = anne.epoch(circle, 2, 'key-moved', [recipient], now);
  const sealed = toBase64Url(new Uint8Array(72));
  const backlinks = [{ epoch: 1, commitment: first.commitment, sealed }];
  const opened = await anne.item(circle, 'epoch.opened', { ...facts, backlinks });
  const act = () =>
    stage.server.submissions.submit(anne.submitter, [{ ...opened, copies }], identity);
  const before = await stage.server.logs.view(stage.database, anne.person);
  await expect(anne.submit({ ...opened, copies })).rejects.toEqual(refused('identity_head_moved'));
  expect(await stage.server.logs.view(stage.database, anne.person)).toEqual(before);
  const receipts = await act();
  expect(await act()).toEqual(receipts);
  expect((await stage.head(circle)).epoch).toBe(2);
});
