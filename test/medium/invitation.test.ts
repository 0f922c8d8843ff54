/** Invitations over a real server: from the operator's first link to a person vouched for. */
import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import { canonical } from '@liaison/contract/encoding';
import { Origin, PersonId, type SigningKey, ZERO_HASH } from '@liaison/contract/ids';
import {
  invitationLink,
  seedOfInvitation,
  type SentInvitation,
} from '@liaison/contract/invitation';
import { LIMITS } from '@liaison/contract/limits';
import type { Session } from '@liaison/contract/session';
import { invitationProofSigned, nameHashed, redemptionSigned } from '@liaison/contract/signing';
import { Accounts } from '../../src/identity/accounts.js';
import { Invitations } from '../../src/identity/invitations.js';
import { hash } from '../../src/platform/hash/blake.js';
import { verifyStrict } from '../../src/platform/signatures/ed25519.js';
import { type CeremonyOptions, SoftwarePasskey } from '../../tools/cast/software-passkey.js';
import { type Browser, GP, IdentityStage, NURSE, ORIGIN } from './identity.stage.js';

const origin = Origin.parse(ORIGIN);
let stage: IdentityStage;

beforeAll(async () => {
  stage = await IdentityStage.open();
});

afterAll(() => stage.close());

afterEach(() => {
  stage.clock.advance(Date.now() - stage.clock.now());
});

/** The pair behind a link's seed, as the invited person's client derives it. */
function pairOf(seed: Uint8Array) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const secret = createPrivateKey({
    key: Buffer.concat([prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  const key = toBase64Url(Uint8Array.from(spki.subarray(12))) as SigningKey;
  return { key, sign: (bytes: Uint8Array) => toBase64Url(sign(null, bytes, secret)) };
}

async function redeem(browser: Browser, link: string, passkey = new SoftwarePasskey(ORIGIN)) {
  const pair = pairOf(seedOfInvitation(link)!);
  const asked = await browser.post<{ options: CeremonyOptions }>(
    `/api/invitations/${pair.key}/options`,
  );
  if (asked.status !== 200)
    return { ...asked, body: { ...asked.body, session: undefined }, passkey };
  const { options } = asked.body;
  const proof = pair.sign(redemptionSigned(origin, options.challenge));
  const answer = passkey.create(options);
  const path = `/api/invitations/${pair.key}/redemption`;
  const reply = await browser.post<{ session?: Session }>(path, { answer, proof });
  return { ...reply, passkey };
}

const operatorLink = (name = 'Léonie Fontaine') => {
  const { database } = stage.fixture;
  const accounts = new Accounts(database, stage.clock, stage.config);
  const invitations = new Invitations(database, stage.clock, accounts, stage.config);
  return invitations.ofOperator(name, 'coordinator');
};

/** A nurse with an identity, and an invitation that her device signed. */
async function invitation(changes: Record<string, unknown> = {}, name = 'Maud Bertin') {
  const browser = await stage.signedIn(NURSE);
  const session = await browser.session();
  const person = PersonId.parse(hash(Buffer.from('nurse')));
  await stage.enrol(session!.account, person);
  const seed = randomBytes(32);
  const { key } = pairOf(seed);
  const at = stage.clock.now();
  const text = canonical({
    v: 1,
    origin,
    inviter: person,
    device: ZERO_HASH,
    identity: { n: 0, h: ZERO_HASH },
    key,
    nameHash: hash(nameHashed(null, name)),
    role: 'secretary',
    at,
    until: at + LIMITS.invitationMs.value,
    ...changes,
  });
  const signature = toBase64Url(new Uint8Array(64));
  const reply = await browser.post<{ invitations: SentInvitation[] }>('/api/invitations', {
    text,
    signature,
    name: 'Maud Bertin',
  });
  return { browser, person, key, text, signature, reply, link: invitationLink(origin, seed) };
}

describe('the operator’s invitation', () => {
  test('makes the first coordinator, whose genesis the log key attests', async () => {
    const browser = stage.browser();
    const { body } = await redeem(browser, await operatorLink());
    expect(body.session).toMatchObject({
      name: 'Léonie Fontaine',
      means: 'invitation',
      claims: null,
      voucher: { type: 'operator', role: 'coordinator' },
      hasPasskey: true,
      roles: [{ profession: 'coordinator' }],
    });
    const genesis = hash(Buffer.from('a genesis'));
    const { proof } = (
      await browser.post<{ proof: string }>('/api/session/operator-proof', { genesis })
    ).body;
    const { logKey } = (await browser.get<{ logKey: string }>('/api/instance')).body;
    const signed = invitationProofSigned(origin, genesis);
    expect(verifyStrict(fromBase64Url(logKey), signed, fromBase64Url(proof))).toBe(true);
  });

  test('attests nobody else', async () => {
    const gp = await stage.signedIn(GP);
    const answer = await gp.post('/api/session/operator-proof', { genesis: ZERO_HASH });
    expect([answer.status, answer.body.code]).toEqual([403, 'not_allowed']);
  });

  test('lets the coordinator back in by passkey, and keeps the last one', async () => {
    const link = await operatorLink();
    const { passkey } = await redeem(stage.browser(), link);
    const later = stage.browser();
    const { options } = (
      await later.post<{ options: CeremonyOptions }>('/api/auth/passkey/options')
    ).body;
    const answer = passkey.get(options);
    const reply = await later.post<{ session: Session }>('/api/auth/passkey', { answer });
    expect(reply.body.session).toMatchObject({ means: 'passkey', name: 'Léonie Fontaine' });
    const { passkeys } = (await later.get<{ passkeys: { passkey: string }[] }>('/api/passkeys'))
      .body;
    const removed = await later.ask('DELETE', `/api/passkeys/${String(passkeys[0]?.passkey)}`);
    expect([removed.status, removed.body.code]).toEqual([403, 'not_allowed']);
  });

  test('leaves no secret in the database', async () => {
    const link = await operatorLink();
    const seed = Buffer.from(seedOfInvitation(link)!);
    const rows = await stage.fixture.database.query<{ text: string }>(
      'SELECT i::text AS text FROM invitations i',
    );
    const forms = [seed.toString('base64url'), seed.toString('hex')];
    expect(rows.filter(({ text }) => forms.some((form) => text.includes(form)))).toEqual([]);
  });
});

describe('a member’s invitation', () => {
  test('is shown to the holder of the link, redeemed once, and says who vouched', async () => {
    const { browser, person, key, text, signature, link } = await invitation();
    const shown = await stage.browser().get(`/api/invitations/${key}`);
    expect(shown.body).toMatchObject({
      name: 'Maud Bertin',
      role: 'secretary',
      inviter: { person, name: 'NADIA LEFEVRE' },
    });
    const { body } = await redeem(stage.browser(), link);
    expect(body.session?.voucher).toEqual({
      type: 'invitation',
      inviter: person,
      key,
      role: 'secretary',
      text,
      signature,
    });
    const again = await redeem(stage.browser(), link);
    expect([again.status, again.body.code]).toEqual([404, 'invitation_unknown']);
    const { invitations } = (
      await browser.get<{ invitations: SentInvitation[] }>('/api/invitations')
    ).body;
    expect(invitations.find((one) => one.key === key)?.state).toBe('redeemed');
  });

  test('is worth nothing without the link’s secret', async () => {
    const { key } = await invitation();
    const browser = stage.browser();
    const path = `/api/invitations/${key}`;
    const { options } = (await browser.post<{ options: CeremonyOptions }>(`${path}/options`)).body;
    const answer = new SoftwarePasskey(ORIGIN).create(options);
    const { sign: signAsOther } = pairOf(randomBytes(32));
    const proof = signAsOther(redemptionSigned(origin, options.challenge));
    const reply = await browser.post(`${path}/redemption`, { answer, proof });
    expect([reply.status, reply.body.code]).toEqual([422, 'signature_invalid']);
  });

  test('ends after a fortnight, or when it is withdrawn', async () => {
    const { browser, key, link } = await invitation();
    stage.clock.advance(LIMITS.invitationMs.value);
    expect((await redeem(stage.browser(), link)).body).toMatchObject({
      code: 'invitation_unknown',
    });
    stage.clock.advance(-LIMITS.invitationMs.value);
    expect((await browser.ask('DELETE', `/api/invitations/${key}`)).status).toBe(200);
    expect((await redeem(stage.browser(), link)).body).toMatchObject({
      code: 'invitation_unknown',
    });
  });

  test.each([
    ['for another installation', { origin: 'https://other.example' }, 'origin_mismatch'],
    ['in somebody else’s name', { inviter: ZERO_HASH }, 'not_allowed'],
    ['under a dangerous key', { key: ZERO_HASH }, 'key_invalid'],
    ['without end', { until: 4_000_000_000_000 }, 'request_invalid'],
    ['for another name', { nameHash: ZERO_HASH }, 'request_invalid'],
    ['from the future', { at: 4_000_000_000_000 }, 'clock_skew'],
    ['with an unknown field', { right: 'all' }, 'request_invalid'],
  ])('%s is refused', async (_name, changes, code) => {
    expect((await invitation(changes)).reply.body.code).toBe(code);
  });
});
