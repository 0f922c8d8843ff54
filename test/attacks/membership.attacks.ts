/** Who may do what in a circle: ghosts, removed members, borrowed teams, old heads. */
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { toBase64Url } from '@liaison/contract/bytes';
import { type Hash, type MemberId, personMember } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import { newSigningPair } from '@liaison/sdk/crypto/signing';
import { type Attack, attack, blocks, flags, isBlocked, onChannel } from './attack.js';
import type { Forgery } from './insider.js';
import { edited, type Scene, serve, type Stage } from './stage.js';

const NO_HASH = toBase64Url(new Uint8Array(32).fill(9)) as Hash;

/** The GP is a member in person, as a writer, and does what a writer may not. */
function byWriter(
  id: string,
  name: string,
  wrong: (scene: Scene, stage: Stage) => Promise<Forgery> | Forgery,
  code: string,
): Attack {
  return attack({
    id,
    name,
    arrange: (stage) => stage.scene('person'),
    misbehave: async (scene, stage) => scene.gp.forge(scene.circle, await wrong(scene, stage)),
    expect: flags(code),
  });
}

/** The statement that lets a member in. */
export async function newcomer(
  member: MemberId,
  { nurse }: Pick<Scene, 'nurse'>,
): Promise<Forgery> {
  const { pin } = await nurse.teamRecipient();
  const spec = { member, role: 'writer', until: null, historyFrom: 0 };
  return { kind: 'member.added', facts: { spec, pin: { ...pin, member }, copyHash: NO_HASH } };
}

const header = (change: (header: ItemHeader) => object): Forgery => ({ header: change });

/** The GP was put out of the conversation; the nurse's practice is the victim's co-member. */
const afterRemoval = async (stage: Stage): Promise<Scene> => {
  const { idel, gp, nurse } = stage.people;
  const scene = await stage.scene('person', [idel.team], 'idel');
  await nurse.liaison.removeFromTeam(scene.circle, gp.person);
  return scene;
};

export const MEMBERSHIPS: readonly Attack[] = [
  byWriter(
    'ghost-member-by-writer',
    'a member added by somebody who is no admin',
    (scene, stage) => newcomer(stage.people.idel.team, scene),
    'not_allowed',
  ),
  onChannel(
    'ghost-member-unsigned',
    'a member added by the server in an admin’s name',
    async (scene, stage) => {
      const wrong = await newcomer(stage.people.idel.team, scene);
      const signer = newSigningPair().secretKey;
      serve(scene, [await scene.nurse.forge(scene.circle, { ...wrong, signer })]);
    },
    blocks('signature'),
  ),
  byWriter(
    'role-raised-by-oneself',
    'a writer makes themselves an admin',
    (_scene, { people }) => {
      const member = personMember(people.gp.person);
      return { kind: 'role.changed', facts: { member, role: 'admin' } };
    },
    'not_allowed',
  ),
  byWriter(
    'policy-by-writer',
    'a writer changes the policy',
    async ({ nurse, circle }) => {
      const { policy } = await nurse.state(circle);
      return { kind: 'policy.changed', facts: { policy: { ...policy, retentionDays: 1 } } };
    },
    'not_allowed',
  ),
  byWriter(
    'removal-of-another-as-leaving',
    'somebody is made to leave by another',
    (_scene, { people }) => ({
      kind: 'member.removed',
      facts: { member: people.nurse.team, next: null },
    }),
    'not_allowed',
  ),
  onChannel(
    'member-twice',
    'a member added who is one already',
    async (scene, { people }) =>
      scene.nurse.forge(scene.circle, await newcomer(people.gp.team, scene)),
    flags('item_not_allowed'),
  ),
  onChannel(
    'circle-begun-again',
    'a second beginning inside a circle',
    async ({ nurse, circle }) => {
      const [first] = (await nurse.book(circle)).items;
      return nurse.forge(circle, { kind: 'circle.created', facts: first?.header.facts ?? {} });
    },
    flags('item_invalid'),
  ),
  attack({
    id: 'removed-member-writes',
    name: 'an entry by somebody who was removed',
    arrange: afterRemoval,
    misbehave: ({ gp, nurse, circle }) => gp.forge(circle, { knownBy: nurse }),
    expect: flags('not_a_member'),
  }),
  attack({
    id: 'removed-member-old-head',
    name: 'an entry citing the membership from before a removal',
    arrange: afterRemoval,
    misbehave: async ({ gp, nurse, circle }) => {
      const { membersHead: members } = await gp.state(circle);
      return gp.forge(circle, { knownBy: nurse, ...header(() => ({ members })) });
    },
    expect: flags('members_moved'),
  }),
  attack({
    id: 'reader-writes',
    name: 'an entry by a member who may only read',
    arrange: async (stage: Stage) => {
      const scene = await stage.scene('person');
      const member = personMember(stage.people.gp.person);
      const facts = { member, role: 'reader' };
      const honest = await scene.nurse.forge(scene.circle, { kind: 'role.changed', facts });
      await stage.submit(scene.nurse, honest);
      return scene;
    },
    misbehave: ({ gp, nurse, circle }) => gp.forge(circle, { knownBy: nurse }),
    expect: flags('not_allowed'),
  }),
  onChannel(
    'epoch-number-old',
    'an entry under an epoch that is not in force',
    ({ nurse, circle }) =>
      nurse.forge(
        circle,
        header(({ epoch }) => ({ epoch: epoch + 1 })),
      ),
    flags('epoch_stale'),
  ),
  onChannel(
    'team-borrowed',
    'acting through a team that one is not in',
    async ({ nurse, gp, circle }, stage) => {
      const { membersHead: head } = await nurse.state(stage.people.nurse.teamId);
      const team = { circle: stage.people.nurse.teamId, head };
      return gp.forge(circle, { knownBy: nurse, ...header(() => ({ team })) });
    },
    flags('not_a_member'),
  ),
  onChannel(
    'team-left-out',
    'acting in person where only the team is a member',
    ({ gp, nurse, circle }) =>
      gp.forge(circle, { knownBy: nurse, ...header(() => ({ team: null })) }),
    flags('not_a_member'),
  ),
  onChannel(
    'team-head-false',
    'a team membership that never was',
    async (scene) => {
      const change = ({ team }: ItemHeader) => ({
        team: team && { ...team, head: { ...team.head, h: NO_HASH } },
      });
      serve(scene, [await scene.nurse.forge(scene.circle, header(change))]);
    },
    blocks('team-fork'),
  ),
  onChannel(
    'team-head-frozen',
    'acting under a team’s older membership',
    async ({ nurse, circle }, stage) => {
      const { teamId } = stage.people.nurse;
      const h = (await nurse.book(teamId)).replay.history.chainAt(0);
      const team = { circle: teamId, head: { k: 0, h } };
      return nurse.forge(
        circle,
        header(() => ({ team })),
      );
    },
    flags('members_moved'),
  ),
  onChannel(
    'identity-head-frozen',
    'writing under one’s identity from before a later statement',
    async ({ nurse, circle }) => {
      const h = (await nurse.statementHashes())[0];
      return nurse.forge(
        circle,
        header(() => ({ identity: { n: 0, h } })),
      );
    },
    flags('identity_head_moved'),
  ),
  attack({
    id: 'circle-id-false',
    name: 'a circle served under an id that is not its beginning’s',
    arrange: async (stage: Stage) => {
      const victim = await stage.victim('gp');
      const scene = await stage.scene();
      return { ...scene, victim };
    },
    misbehave: ({ victim, circle }) => {
      victim.liar.about(CIRCLE_ROUTES.items, async (truth, asked) => {
        const page = await truth();
        if (asked.params['circle'] !== circle) return page;
        const [first, ...rest] = page.items;
        if (first === undefined) return page;
        return { ...page, items: [edited(first, () => ({ n: 99 })), ...rest] };
      });
    },
    expect: async ({ victim, circle }, stage) => {
      await victim.liaison.sync();
      await isBlocked(victim, circle, 'circle-id', stage);
      return 'blocked: circle-id';
    },
  }),
];
