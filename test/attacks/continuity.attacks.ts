/** Names and numbers that change: what nobody but the provider may say of somebody. */
import type { Attestation } from '@liaison/contract/identity';
import { expect } from '@jest/globals';
import { type Attack, attack, isBlocked } from './attack.js';
import { caughtLog, knownLog, type LogScene } from './identity.oracle.js';
import { realToken, serveLogs, tokenFor, type WrongToken } from './made.person.js';
import type { Stage } from './stage.js';

type Attest = (stage: Stage, scene: LogScene) => Promise<Attestation>;

const NAMED = { family_name: 'MARTIN', given_name: 'NADIA' };
const OTHER_NUMBER = '899970055555';

/** The made person's log goes on with a statement of continuity that this attests. */
async function goesOn(scene: LogScene, stage: Stage, attest: Attest, at?: number): Promise<void> {
  const { made, victim } = scene;
  const built = made.add({ kind: 'identity.attested' }, at === undefined ? {} : { at });
  const attestation = await attest(stage, scene);
  made.built.splice(-1, 1, { ...built, wire: { ...built.wire, attestation } });
  serveLogs(victim, made.log);
}

const byToken =
  (wrong: WrongToken): Attest =>
  (stage, { made }) => {
    const last = made.built.at(-1);
    if (last === undefined) throw new Error('No statement.');
    return tokenFor(stage, 'continuity', last, wrong);
  };

function refused(
  id: string,
  name: string,
  attest: Attest,
  code: string,
  at?: () => number,
): Attack {
  return attack({
    id,
    name,
    arrange: knownLog,
    misbehave: (scene, stage) => goesOn(scene, stage, attest, at?.()),
    expect: caughtLog(code),
  });
}

const DAY_MS = 86_400_000;

export const CONTINUITIES: readonly Attack[] = [
  refused(
    'continuity-of-another',
    'somebody whose identity goes on as another person',
    byToken({ nationalId: OTHER_NUMBER, claims: { ...NAMED, family_name: 'DURAND' } }),
    'another-person',
  ),
  refused(
    'continuity-token-of-another',
    'another person’s genuine token behind a change of name',
    async (stage, scene) => {
      const attestation = await byToken({})(stage, scene);
      return { ...attestation, idToken: await realToken(stage) } as Attestation;
    },
    'token-nonce',
  ),
  refused(
    'continuity-of-session',
    'an ordinary sign-in’s token behind a change of name',
    byToken({ madeFor: 'session', claims: { ...NAMED, family_name: 'DURAND' } }),
    'token-nonce',
  ),
  refused(
    'continuity-name-altered',
    'a new name that the server wrote into the token',
    byToken({ text: renamed }),
    'token-signature',
  ),
  refused(
    'continuity-dated-back',
    'a change of name dated long before the provider said it',
    byToken({ claims: { ...NAMED, family_name: 'DURAND' } }),
    'attestation-time',
    () => Date.now() - DAY_MS,
  ),
  attack({
    id: 'continuity-unattested',
    name: 'a change of identity with nothing behind it',
    arrange: knownLog,
    misbehave: ({ made, victim }) => {
      made.add({ kind: 'identity.attested' });
      serveLogs(victim, made.log);
    },
    expect: caughtLog('attestation-missing'),
  }),
  attack({
    id: 'continuity-of-a-namesake',
    name: 'a number that a namesake has, tied by nobody to the former one',
    arrange: knownLog,
    misbehave: async (scene, stage) => {
      await goesOn(scene, stage, byToken({ nationalId: OTHER_NUMBER }));
      await scene.victim.tree.list(scene.made.log);
    },
    expect: async ({ victim, made }, stage) => {
      await stage.readsAgain(victim, made.person);
      const card = await victim.liaison.personCard(made.person);
      expect(card.change).toMatchObject({ blocks: true, is: { nationalId: OTHER_NUMBER } });
      expect((await victim.liaison.connection()).alarm).toBeNull();
      return 'blocked until seen: identity_changed';
    },
  }),
  attack({
    id: 'continuity-withheld',
    name: 'a change of number that the server keeps from a colleague',
    arrange: knownLog,
    misbehave: async (scene, stage) => {
      const { victim, made, honest } = scene;
      await goesOn(scene, stage, byToken({ nationalId: OTHER_NUMBER }));
      await victim.tree.list(made.log);
      serveLogs(victim, honest);
    },
    expect: async ({ victim, made }, stage) => {
      await stage.readsAgain(victim, made.person);
      await isBlocked(victim, null, 'identity-withheld', stage);
      return 'blocked: identity-withheld';
    },
  }),
];

function renamed(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const altered = JSON.stringify({ ...claims, family_name: 'DURAND' });
  return `${header}.${Buffer.from(altered).toString('base64url')}.${signature}`;
}
