/** Linking through a server that carries something else than it was given, on either side. */
import { expect } from '@jest/globals';
import { canonical } from '@liaison/contract/encoding';
import type { Signature } from '@liaison/contract/ids';
import { LINK_ROUTES, type LinkAnswer, type LinkView } from '@liaison/contract/link';
import { linkCommitment } from '@liaison/sdk/crypto/link';
import { randomText } from '@liaison/sdk/crypto/random';
import { newDevice } from '@liaison/sdk/logs/identity-statements';
import type { Liaison } from '@liaison/sdk/liaison';
import { eventually } from '../support/eventually.js';
import { openAgain } from '../support/shared-post.js';
import { type Attack, attack, refuses } from './attack.js';
import type { Liar } from './liar.js';
import type { Stage, Stranger, Victim } from './stage.js';

/** The GP at the provider. */
const IDNPS = '899970000032';

type Change = (link: LinkView) => LinkView;

function tellsOtherwise({ liar }: { readonly liar: Liar }, change: Change): void {
  liar.about(LINK_ROUTES.link, async (truth) => ({ link: change((await truth()).link) }));
}

/** What a person finds on the device on which they were lied to. */
async function keepsEvidence(liaison: Liaison): Promise<void> {
  expect((await liaison.evidence()).map(({ code }) => code)).toContain('link-altered');
}

/** The phone of the GP, and a new device of theirs. */
interface Meeting {
  readonly phone: Victim;
  readonly fresh: Stranger;
}

async function meeting(stage: Stage): Promise<Meeting> {
  const fresh = await stage.stranger();
  await stage.world.signIn(fresh, IDNPS);
  return { phone: await stage.victim('gp'), fresh };
}

/** Told the truth, the two meet. */
async function meets({ phone, fresh }: Meeting): Promise<void> {
  phone.liar.behave();
  fresh.liar.behave();
  const { code } = await fresh.liaison.askLink();
  expect((await phone.liaison.openLink(code)).state).toBe('waiting');
  expect((await fresh.liaison.linkAsked())?.state).toBe('compare');
  expect((await phone.liaison.linkOffered())?.state).toBe('compare');
  await phone.liaison.refuseLink();
}

/** The server's own device in the other's place, with a commitment that it can open. */
function swapped(stage: Stage): Change {
  const { signingKey, sealingKey } = newDevice().keys;
  return (link) => {
    const keys = { wish: link.ask.wish, code: link.ask.code, signingKey, sealingKey };
    const commitment = linkCommitment(stage.world.origin as never, keys, randomText());
    return { ...link, ask: { ...keys, commitment } };
  };
}

const answering =
  (change: (answer: LinkAnswer) => Partial<LinkAnswer>): Change =>
  (link) => ({ ...link, answer: link.answer && { ...link.answer, ...change(link.answer) } });

/** The answer for a device that nobody has seen. */
const forAnother = answering(({ text }) => {
  const { payload, ...said } = JSON.parse(text) as { payload: { keys: object } };
  const keys = newDevice().keys;
  return { text: canonical({ ...said, payload: { ...payload, keys } }) };
});

/** A new device hears an answer that is not for it. */
const onAnswer = (id: string, name: string, isScanned: boolean, change: Change): Attack =>
  attack({
    id,
    name,
    arrange: meeting,
    misbehave: async ({ phone, fresh }) => {
      const { code, address } = await fresh.liaison.askLink();
      await phone.liaison.openLink(isScanned ? address : code);
      tellsOtherwise(fresh, change);
    },
    expect: async (scene) => {
      const shown = await refuses('link-altered', () => scene.fresh.liaison.linkAsked());
      await keepsEvidence(scene.fresh.liaison);
      await meets(scene);
      return shown;
    },
  });

/** A shared post hears or is granted something else than the phone said. */
const onPost = (
  id: string,
  name: string,
  change: Change,
  step: (post: Stranger, phone: Liaison) => Promise<unknown>,
): Attack =>
  attack({
    id,
    name,
    arrange: async (stage: Stage) => ({
      post: await stage.stranger(),
      phone: stage.people.gp.liaison,
    }),
    misbehave: async ({ post, phone }) => {
      const { code, address } = await post.liaison.askPost();
      await phone.openLink(id === 'post-answer-altered' ? code : address);
      tellsOtherwise(post, change);
    },
    expect: async ({ post, phone }) => {
      const shown = await refuses('link-altered', async () => {
        await step(post, phone);
        await post.liaison.postAsked();
      });
      expect((await post.liaison.session()).state).not.toBe('ready');
      post.liar.behave();
      const { address } = await post.liaison.askPost();
      expect((await phone.openLink(address)).state).toBe('waiting');
      await phone.refuseLink();
      return shown;
    },
  });

export const LINKS: readonly Attack[] = [
  attack({
    id: 'link-keys-swapped',
    name: 'another device’s keys behind the card that the camera read',
    arrange: meeting,
    misbehave: async ({ phone, fresh }, stage) => {
      const { address } = await fresh.liaison.askLink();
      tellsOtherwise(phone, swapped(stage));
      return address;
    },
    expect: async (scene, _stage, address) => {
      const shown = await refuses('link-altered', () => scene.phone.liaison.openLink(address));
      await keepsEvidence(scene.phone.liaison);
      await meets(scene);
      return shown;
    },
  }),
  attack({
    id: 'link-reveal-false',
    name: 'keys revealed that are not those that were committed to',
    arrange: meeting,
    misbehave: async ({ phone, fresh }) => {
      await phone.liaison.openLink((await fresh.liaison.askLink()).code);
      await eventually(async () => {
        expect((await fresh.liaison.linkAsked())?.state).toBe('compare');
      });
      tellsOtherwise(phone, (link) => ({
        ...link,
        reveal: link.reveal && { ...link.reveal, random: randomText() },
      }));
    },
    expect: async (scene) => {
      const shown = await refuses('link-altered', () => scene.phone.liaison.linkOffered());
      await keepsEvidence(scene.phone.liaison);
      await meets(scene);
      return shown;
    },
  }),
  onAnswer('link-answer-for-another', 'an answer that names another device', false, forAnother),
  onAnswer(
    'link-answer-altered',
    'an answer that the scanning phone did not give',
    true,
    answering(() => ({ random: randomText() })),
  ),
  onPost(
    'post-answer-altered',
    'a lease for another post, shown to the one that asked',
    answering(({ text }) => {
      const { signingKey: key } = newDevice().keys;
      return { text: canonical({ ...(JSON.parse(text) as object), key }) };
    }),
    () => Promise.resolve(),
  ),
  onPost(
    'post-lease-not-lent',
    'a lease that the phone never signed, granted by the server',
    (link) => {
      const signature = Buffer.alloc(64, 7).toString('base64url') as Signature;
      return { ...link, grant: link.grant && { ...link.grant, signature } };
    },
    async (post, phone) => {
      await eventually(async () => {
        expect((await post.liaison.postAsked())?.state).toBe('granting');
      });
      await phone.linkOffered();
      await phone.grantLink();
    },
  ),
  attack({
    id: 'post-taken-over',
    name: 'a post that is open in one name, and lent to by somebody else',
    arrange: async (stage: Stage) => {
      const { gp, nurse } = stage.people;
      const post = await stage.stranger();
      await openAgain(post, gp.liaison);
      return { post, gp, nurse };
    },
    misbehave: async ({ post, nurse }) => {
      const { address } = await post.liaison.askPost();
      await nurse.liaison.openLink(address);
    },
    expect: async ({ post, gp }) => {
      const shown = await refuses('other-person', () => post.liaison.postAsked());
      expect((await post.liaison.session()).person).toBe(gp.person);
      await openAgain(post, gp.liaison);
      return shown;
    },
  }),
];
