/** Provider tokens, invitations and the operator's word: what may stand behind a genesis. */
import { utf8 } from '@liaison/contract/bytes';
import { canonical } from '@liaison/contract/encoding';
import type { InvitationText } from '@liaison/contract/identity';
import { type Origin, ZERO_HASH } from '@liaison/contract/ids';
import { SESSION_ROUTES } from '@liaison/contract/session';
import { invitationProofSigned, invitationSigned, nameHashed } from '@liaison/contract/signing';
import { hash } from '@liaison/sdk/crypto/hash';
import { newSigningPair, sign } from '@liaison/sdk/crypto/signing';
import type { BuiltStatement } from '@liaison/sdk/logs/identity-statements';
import { CompactSign } from 'jose';
import { expect } from '@jest/globals';
import { type Attack, attack, refuses } from './attack.js';
import { neverCertified, refusesLog, strangerLog } from './identity.oracle.js';
import {
  MadePerson,
  realToken,
  rewritten,
  serveLogs,
  tokenFor,
  type WrongToken,
} from './made.person.js';
import type { Stage } from './stage.js';

type Expect = ReturnType<typeof refusesLog> | ReturnType<typeof neverCertified>;

/** An honest log, served with a genesis whose attestation is not what it should be. */
function onGenesis(
  id: string,
  name: string,
  wrong: (made: MadePerson, stage: Stage) => Promise<object | null>,
  expected: Expect,
): Attack {
  return attack({
    id,
    name,
    arrange: async (stage: Stage) => {
      const made = await MadePerson.certified(stage);
      return strangerLog(await stage.victim('gp'), made);
    },
    misbehave: async ({ victim, made, honest }, stage) => {
      const attestation = (await wrong(made, stage)) as never;
      const lie = rewritten(honest, (all) =>
        all.map((wire, n) => (n === 0 ? { ...wire, attestation } : wire)),
      );
      serveLogs(victim, lie);
    },
    expect: expected,
  });
}

const onToken = (id: string, name: string, wrong: WrongToken, expected: Expect): Attack =>
  onGenesis(
    id,
    name,
    (made, stage) => tokenFor(stage, 'genesis', genesisOf(made), wrong),
    expected,
  );

function genesisOf({ built }: MadePerson): BuiltStatement {
  const [genesis] = built;
  if (genesis === undefined) throw new Error('No genesis.');
  return genesis;
}

/** The same claims under another header: no signature, or a secret that the server shares. */
async function underHeader(token: string, alg: 'none' | 'HS256'): Promise<string> {
  const payload = token.split('.')[1] ?? '';
  const claims = Buffer.from(payload, 'base64url');
  const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
  if (alg === 'none') return `${header}.${payload}.`;
  const secret = utf8('a secret that whoever runs the server knows too');
  return new CompactSign(claims).setProtectedHeader({ alg }).sign(secret);
}

/** An invitation by the nurse, honest but for what is wrong. */
export async function invitation(
  stage: Stage,
  { head }: BuiltStatement,
  wrong: Partial<InvitationText> = {},
  signer?: Uint8Array,
  holder = newSigningPair(),
) {
  const nurse = await stage.insider('nurse');
  const { device, signing } = nurse.vault.device();
  const at = Date.now();
  const said = {
    v: 1,
    origin: nurse.origin,
    inviter: nurse.player.person,
    device,
    identity: await nurse.identity(),
    key: holder.publicKey,
    nameHash: hash(nameHashed(null, 'Claire Dupont')),
    role: 'secretary',
    at,
    until: at + 1000,
    ...wrong,
  };
  const text = canonical(said);
  const signature = sign(signer ?? signing.secretKey, invitationSigned(nurse.origin, text));
  const proof = sign(holder.secretKey, invitationProofSigned(nurse.origin, head.h));
  return { type: 'invitation', text, signature, proof } as const;
}

/** A key of nobody's. */
const stranger = (): Uint8Array => newSigningPair().secretKey;

/** A sign-in for which the server asks the provider something else than the client prepared. */
function onSignIn(id: string, name: string, change: (url: URL) => void): Attack {
  return attack({
    id,
    name,
    arrange: (stage) => stage.victim('gp'),
    misbehave: ({ liar }) => {
      liar.about(SESSION_ROUTES.login, async (truth) => {
        const url = new URL((await truth()).authorizeUrl);
        change(url);
        return { authorizeUrl: url.href };
      });
    },
    expect: async (victim, stage) => {
      const begin = () => victim.liaison.beginSignIn('/');
      const shown = await refuses('sign-in-altered', begin);
      stage.behave(victim);
      expect((await begin()).authorizeUrl).toContain('nonce=');
      return shown;
    },
  });
}

export const TOKENS: readonly Attack[] = [
  onToken(
    'token-nonce',
    'a token with another nonce',
    { claims: { nonce: '0'.repeat(64) } },
    refusesLog('token-nonce'),
  ),
  onToken(
    'token-of-session',
    'a token made for an ordinary sign-in as a genesis',
    { madeFor: 'session' },
    refusesLog('token-nonce'),
  ),
  onToken(
    'token-of-another-instance',
    'a token bound to the same keys on a test instance',
    { madeAt: 'https://test.liaison.example' as Origin },
    refusesLog('token-nonce'),
  ),
  onToken(
    'token-purpose',
    'a token that says it was made for something else',
    { said: 'session' },
    refusesLog('attestation-purpose'),
  ),
  onToken(
    'token-issuer',
    'a token of another issuer, as of an emulator',
    { claims: { iss: 'https://emulator.example/realms/psc' } },
    refusesLog('token-issuer'),
  ),
  onToken(
    'token-audience',
    'a token made for another program',
    { claims: { aud: 'another-program' } },
    refusesLog('token-audience'),
  ),
  onToken(
    'token-authorized-party',
    'a token whose authorized party is another program',
    { claims: { azp: 'another-program' } },
    refusesLog('token-audience'),
  ),
  onToken(
    'token-acr',
    'a token of a weaker sign-in than pinned',
    { claims: { acr: 'eidas0' } },
    refusesLog('token-acr'),
  ),
  onToken(
    'token-key-swapped',
    'a token by another key under the pinned name',
    { key: 'impostor' },
    refusesLog('token-signature'),
  ),
  onToken(
    'token-key-stranger',
    'a token by a key that was never pinned',
    { key: 'stranger' },
    neverCertified('server'),
  ),
  onToken(
    'token-alg-none',
    'a token without a signature',
    { text: (token) => underHeader(token, 'none') },
    refusesLog('token-malformed'),
  ),
  onToken(
    'token-alg-shared',
    'a token under a secret that the server shares',
    { text: (token) => underHeader(token, 'HS256') },
    neverCertified('server'),
  ),
  onToken(
    'token-junk',
    'a text that is no token',
    { text: () => 'jeton' },
    refusesLog('token-malformed'),
  ),
  onToken(
    'token-without-level',
    'a token that does not say how its owner signed in',
    { claims: { acr: undefined } },
    refusesLog('token-malformed'),
  ),
  onToken(
    'token-claims-altered',
    'an RPPS number altered inside a signed token',
    { text: withOtherId },
    refusesLog('token-signature'),
  ),
  onToken(
    'token-two-people',
    'a token whose claims name two people',
    { claims: { SubjectNameID: '899970077777' } },
    neverCertified('server'),
  ),
  onGenesis(
    'token-of-another',
    'another person’s genuine token behind a genesis',
    async (made, stage) => {
      const attestation = await tokenFor(stage, 'genesis', genesisOf(made));
      return { ...attestation, idToken: await realToken(stage) };
    },
    refusesLog('token-nonce'),
  ),
  onGenesis(
    'genesis-unattested',
    'a genesis with nothing behind it',
    () => Promise.resolve(null),
    refusesLog('attestation-missing'),
  ),
  onGenesis(
    'operator-forged',
    'an operator’s word by another key than the server’s',
    (made, stage) => {
      const signed = invitationProofSigned(stage.world.origin as Origin, genesisOf(made).head.h);
      return Promise.resolve({ type: 'operator', proof: sign(stranger(), signed) });
    },
    refusesLog('operator-proof'),
  ),
  onGenesis(
    'invitation-forged',
    'an invitation that the inviter never signed',
    (made, stage) => invitation(stage, genesisOf(made), {}, stranger()),
    refusesLog('invitation-signature'),
  ),
  onGenesis(
    'invitation-moved-head',
    'an invitation citing another log of the inviter',
    (made, stage) => invitation(stage, genesisOf(made), { identity: { n: 0, h: ZERO_HASH } }),
    refusesLog('invitation-signature'),
  ),
  onGenesis(
    'invitation-of-another-instance',
    'an invitation made for a test instance',
    (made, stage) =>
      invitation(stage, genesisOf(made), { origin: 'https://test.example' as Origin }),
    refusesLog('invitation-form'),
  ),
  onGenesis(
    'invitation-over',
    'an invitation used long after its time',
    (made, stage) => {
      const [at, until] = [Date.now() - 90 * 86_400_000, Date.now() - 30 * 86_400_000];
      return invitation(stage, genesisOf(made), { at, until });
    },
    refusesLog('invitation-time'),
  ),
  onGenesis(
    'invitation-stolen-text',
    'an invitation without the key that it was made for',
    async (made, stage) => {
      const mine = await invitation(stage, genesisOf(made));
      const signed = invitationProofSigned(stage.world.origin as Origin, genesisOf(made).head.h);
      return { ...mine, proof: sign(stranger(), signed) };
    },
    refusesLog('invitation-proof'),
  ),
  onGenesis(
    'inviter-nobody',
    'an invitation by somebody whom nobody knows',
    (made, stage) => invitation(stage, genesisOf(made), { inviter: ZERO_HASH as never }),
    refusesLog('inviter-unknown'),
  ),
  onSignIn('sign-in-nonce-chosen', 'a nonce chosen by the server at an ordinary sign-in', (url) =>
    url.searchParams.set('nonce', 'f'.repeat(64)),
  ),
  onSignIn('sign-in-nonce-doubled', 'a second nonce beside the client’s', (url) =>
    url.searchParams.append('nonce', 'f'.repeat(64)),
  ),
  onSignIn('sign-in-request-object', 'a request object that may say another nonce', (url) =>
    url.searchParams.set('request_uri', 'urn:server:chosen'),
  ),
];

function withOtherId(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const altered = JSON.stringify({ ...claims, SubjectNameID: '899970066666' });
  return `${header}.${Buffer.from(altered).toString('base64url')}.${signature}`;
}
