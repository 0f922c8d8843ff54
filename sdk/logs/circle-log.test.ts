/**
 * A circle's replay: what is accepted, what is the author's fault, and what is the server's lie.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { ServedCopy } from '@liaison/contract/circle-routes';
import {
  type CircleId,
  personMember,
  type SealedBytes,
  type SealedCopy,
  teamMember,
} from '@liaison/contract/ids';
import type { ItemHeader, WireItem } from '@liaison/contract/item';
import {
  accept,
  authorOf,
  enrol,
  openChannel,
  ORIGIN,
  pinsOf,
  recipientOf,
  stamp,
  START,
  stateIn,
  TestProvider,
  type TestPerson,
  verified,
  wireOf,
} from '../../test/support/log-people.js';
import { openBody } from '../crypto/body.js';
import { copyProof } from '../crypto/copies-tree.js';
import { ready } from '../crypto/sodium.js';
import {
  type Author,
  buildEpochOpened,
  buildItem,
  buildMemberAdded,
  buildMemberRemoved,
  buildMembershipStatement,
  type EntryDraft,
  placeIn,
} from './circle-items.js';
import { type CircleReplay, type Lookups, replayItem, withMembership } from './circle-log.js';
import { epochOpenedBy, openEarlier, openServedCopy } from './epoch-copies.js';
import type { IdentityState } from './identity-state.js';

let marie: TestPerson;
let paul: TestPerson;
let zoe: TestPerson;
const identities = new Map<string, IdentityState>();
const lookups: Lookups = {
  identity: (person) => identities.get(person) ?? null,
  team: () => null,
};

beforeAll(async () => {
  await ready();
  const provider = new TestProvider();
  [marie, paul, zoe] = await Promise.all([
    enrol(provider, '899700218896'),
    enrol(provider, '899700366240'),
    enrol(provider, '899700111111'),
  ]);
  for (const one of [marie, paul, zoe]) {
    identities.set(one.log.person, await verified(one.log, pinsOf(provider)));
  }
});

const identityOf = (one: TestPerson): IdentityState => identities.get(one.log.person)!;
const MESSAGE: EntryDraft = {
  kind: 'message.posted',
  kv: 1,
  critical: false,
  facts: { mentions: [], replyTo: null, attachments: [] },
  body: { text: 'Pansement refait.', attachments: [] },
};

type Channel = ReturnType<typeof openChannel>;

function message(channel: Channel, by: TestPerson, more: Partial<EntryDraft> = {}, at = stamp()) {
  const place = placeIn(stateIn(channel.replay), channel.replay.head);
  return buildItem(authorOf(by), place, at, { ...MESSAGE, ...more }, channel.keys);
}

/** The next item as served, signed by `author` after a change of its header. */
function altered(
  channel: Channel,
  by: TestPerson,
  change: (author: Author) => Partial<Author>,
): WireItem {
  const place = placeIn(stateIn(channel.replay), channel.replay.head);
  const author = { ...authorOf(by), ...change(authorOf(by)) };
  const built = buildItem(author, place, stamp(), MESSAGE, channel.keys);
  return wireOf(channel.replay.circle, channel.replay.head.k + 1, built.item);
}

const next = (replay: CircleReplay, built: { item: Parameters<typeof wireOf>[2] }): WireItem =>
  wireOf(replay.circle, replay.head.k + 1, built.item);

describe('a circle', () => {
  test('takes what its members write, and opens it', () => {
    const channel = openChannel([marie, paul], lookups);
    const built = message(channel, paul);
    const done = replayItem(channel.replay, next(channel.replay, built), lookups);
    expect(done).toMatchObject({ outcome: 'accepted', kind: 'entry' });
    const { id, epoch, kind, kv, author, device } = built.header;
    const context = { circle: channel.replay.circle, epoch, kind, kv, id, author, device };
    const sealed = fromBase64Url(built.item.body!);
    expect(sealed).toHaveLength(24 + 512 + 16);
    const opened = openBody(channel.keys.contentKey, sealed, context);
    expect(opened).toEqual({ ok: true, value: MESSAGE.body });
    const moved = openBody(channel.keys.contentKey, sealed, { ...context, author: zoe.log.person });
    expect(moved).toEqual({ ok: false, why: 'not-opened' });
  });

  test('keeps an entry whose body was destroyed', () => {
    const channel = openChannel([marie], lookups);
    const wire = { ...next(channel.replay, message(channel, marie)), body: null };
    expect(replayItem(channel.replay, wire, lookups).outcome).toBe('accepted');
  });

  test('waits for a log that it has not', () => {
    const channel = openChannel([marie, paul], lookups);
    const blind = { ...lookups, identity: () => null };
    const wire = next(channel.replay, message(channel, paul));
    expect(replayItem(channel.replay, wire, blind)).toEqual({
      outcome: 'waiting',
      missing: { log: 'identity', person: paul.log.person, n: 2 },
    });
    const team = { circle: channel.replay.circle, head: { k: 0, h: channel.replay.head.h } };
    const through = altered(channel, marie, () => ({ team }));
    expect(replayItem(channel.replay, through, lookups)).toMatchObject({ outcome: 'waiting' });
  });

  test('stops before what it must not ignore', () => {
    const channel = openChannel([marie], lookups);
    const draft = { kind: 'future.thing', critical: true };
    const wire = next(channel.replay, message(channel, marie, draft));
    expect(replayItem(channel.replay, wire, lookups)).toEqual({ outcome: 'update-needed' });
    const version = next(channel.replay, message(channel, marie, { kv: 2 }));
    expect(replayItem(channel.replay, version, lookups)).toMatchObject({ kind: 'unknown' });
    const statement = { kind: 'policy.changed', kv: 2, critical: true };
    const later = next(channel.replay, message(channel, marie, statement));
    expect(replayItem(channel.replay, later, lookups)).toEqual({ outcome: 'update-needed' });
    const newer = { ...wire, text: wire.text.replace('"v":1}', '"v":2}') };
    expect(replayItem(channel.replay, newer, lookups)).toEqual({ outcome: 'update-needed' });
  });
});

describe('the server’s lies block', () => {
  test.each<[string, (wire: WireItem, channel: Channel) => Partial<WireItem>, string]>([
    ['a gap', (w) => ({ k: w.k + 1 }), 'order'],
    ['a member more', (w) => ({ text: w.text.replace('"v":1}', '"v":1,"w":1}') }), 'form'],
    ['a repeated place', (w) => ({ k: w.k - 1 }), 'order'],
    ['another circle', () => ({ circle: marie.log.person as string as CircleId }), 'order'],
    ['a text that is not canonical', (w) => ({ text: `${w.text} ` }), 'form'],
    [
      'another kind',
      (w) => ({ text: w.text.replace('message.posted', 'message.postes') }),
      'signature',
    ],
    ['another origin', (w) => ({ text: w.text.replace('liaison.test', 'other.test') }), 'origin'],
    ['another body', () => ({ body: toBase64Url(new Uint8Array(552)) as SealedBytes }), 'body'],
    ['no base64 as body', () => ({ body: '?' as SealedBytes }), 'body'],
  ])('%s', (_, change, code) => {
    const channel = openChannel([marie, paul], lookups);
    const wire = next(channel.replay, message(channel, paul));
    const done = replayItem(channel.replay, { ...wire, ...change(wire, channel) }, lookups);
    expect(done).toEqual({ outcome: 'fault', code });
  });

  test('a head of another history, seen or cited', () => {
    const channel = openChannel([marie], lookups);
    const state = stateIn(channel.replay);
    const wrong = { ...channel.replay.head, h: channel.created.head.h };
    const seen = { ...placeIn(state, channel.replay.head), head: wrong };
    const one = buildItem(authorOf(marie), seen, stamp(), MESSAGE, channel.keys);
    const wire = next(channel.replay, one);
    expect(replayItem(channel.replay, wire, lookups)).toEqual({ outcome: 'fault', code: 'fork' });
  });

  test('an author’s device or identity head that is not theirs', () => {
    const channel = openChannel([marie, paul], lookups);
    const device = altered(channel, marie, () => ({ device: paul.device.keys.device }));
    expect(replayItem(channel.replay, device, lookups)).toMatchObject({ code: 'device-unknown' });
    const head = altered(channel, marie, () => ({ identity: { ...paul.head } }));
    expect(replayItem(channel.replay, head, lookups)).toMatchObject({ code: 'identity-fork' });
    const posing = altered(channel, marie, () => ({ secretKey: paul.device.signing.secretKey }));
    expect(replayItem(channel.replay, posing, lookups)).toMatchObject({ code: 'signature' });
  });

  test('a circle that begins with something else', () => {
    const channel = openChannel([marie], lookups);
    const replay = { ...channel.replay, head: { k: -1, h: channel.opened.header.seen.h } };
    const wire = { ...next(channel.replay, channel.opened), k: 0 };
    expect(replayItem(replay, wire, lookups)).toMatchObject({ code: 'circle-id' });
  });
});

describe('an author’s fault keeps its place and changes nothing', () => {
  const flagged = (channel: Channel, wire: WireItem, code: string): void => {
    const done = replayItem(channel.replay, wire, lookups);
    expect(done).toMatchObject({ outcome: 'flagged', code });
    if (done.outcome !== 'flagged') return;
    expect(done.replay.state).toBe(channel.replay.state);
    expect(done.replay.head.k).toBe(wire.k);
  };

  test('by a stranger', () => {
    const channel = openChannel([marie, paul], lookups);
    flagged(channel, next(channel.replay, message(channel, zoe)), 'not_a_member');
  });

  test('under an entry id or a counter that was used', () => {
    const channel = openChannel([marie], lookups);
    const used = channel.opened.header;
    const again = { id: used.id, n: used.n + 1000, at: START };
    flagged(channel, next(channel.replay, message(channel, marie, {}, again)), 'item_id_reused');
    const back = { ...stamp(), n: used.n };
    flagged(channel, next(channel.replay, message(channel, marie, {}, back)), 'counter_reused');
  });

  test('of a kind that has no place here, or with facts that are none', () => {
    const channel = openChannel([marie], lookups);
    const done = { kind: 'handoff.closed', critical: true, facts: {}, body: { note: '' } };
    flagged(channel, next(channel.replay, message(channel, marie, done)), 'item_not_allowed');
    const facts = { facts: { ...MESSAGE.facts, more: 1 } };
    flagged(channel, next(channel.replay, message(channel, marie, facts)), 'item_invalid');
    const loud = { critical: true };
    flagged(channel, next(channel.replay, message(channel, marie, loud)), 'item_invalid');
  });

  test('under an older identity head than one that was cited', () => {
    const channel = openChannel([marie], lookups);
    const { hashes } = identityOf(marie);
    const old = altered(channel, marie, () => ({ identity: { n: 0, h: hashes[0]! } }));
    flagged(channel, old, 'identity_head_moved');
  });
});

/** What the server hands out for a member of a statement. */
function served(
  header: ItemHeader,
  k: number,
  copies: readonly { member: string; copy: SealedCopy }[],
  member: string,
): ServedCopy {
  const all = copies.map(({ member: recipient, copy }) => ({ recipient, copy }));
  const { index, count, proof } = copyProof(all, member)!;
  const { copy } = all.find((one) => one.recipient === member)!;
  const epoch = epochOpenedBy(header)!.facts.epoch;
  return {
    epoch,
    k,
    member: member as ServedCopy['member'],
    copy,
    index,
    count,
    proof: [...proof],
  };
}

describe('epochs', () => {
  test('open from each member’s copy, and to nobody else', () => {
    const channel = openChannel([marie, paul], lookups);
    const { header, item } = channel.opened;
    const origin = epochOpenedBy(header)!;
    const member = personMember(paul.log.person);
    const mine = served(header, 1, item.copies!, member);
    const { circle } = channel.replay;
    const pair = paul.rotation.keys.sealing;
    const opened = openServedCopy(circle, mine, header, origin, pair);
    expect(opened.ok && opened.keys.secret).toEqual(channel.keys.secret);
    const other = { ...mine, copy: item.copies!.find((one) => one.member !== member)!.copy };
    expect(openServedCopy(circle, other, header, origin, pair)).toMatchObject({
      why: 'not-carried',
    });
    const thief = zoe.rotation.keys.sealing;
    expect(openServedCopy(circle, mine, header, origin, thief)).toMatchObject({
      why: 'commitment',
    });
    const facts = { ...origin.facts, publicKey: zoe.rotation.keys.sealing.publicKey };
    const lied = { ...origin, facts };
    expect(openServedCopy(circle, mine, header, lied, pair)).toMatchObject({ why: 'public-key' });
  });

  test('let a new member read back, and shut a removed one out', () => {
    const channel = openChannel([marie, paul], lookups);
    const author = authorOf(marie);
    const member = personMember(zoe.log.person);
    const spec = { member, role: 'writer' as const, until: null, historyFrom: 0 };
    const recipient = recipientOf(identityOf(zoe));
    const { replay, keys } = channel;
    const added = buildMemberAdded(
      author,
      stateIn(replay),
      replay.head,
      stamp(),
      spec,
      recipient,
      keys,
    );
    const second = accept(replay, added.item, lookups);
    expect(stateIn(second).members.has(member)).toBe(true);
    const copy = added.item.copies![0]!.copy;
    const mine: ServedCopy = { epoch: 1, k: 2, member, copy, index: 0, count: 1, proof: [] };
    const first = epochOpenedBy(channel.opened.header)!;
    const pair = zoe.rotation.keys.sealing;
    expect(openServedCopy(replay.circle, mine, added.header, first, pair).ok).toBe(true);

    const out = personMember(paul.log.person);
    const recipients = [marie, zoe].map((one) => recipientOf(identityOf(one)));
    const parts = { recipients, current: keys };
    const removed = buildMemberRemoved(author, stateIn(second), second.head, stamp(), out, parts);
    const third = accept(second, removed.item, lookups);
    expect([...stateIn(third).members.keys()]).not.toContain(out);
    const facts = [first.facts, epochOpenedBy(removed.header)!.facts];
    const earlier = openEarlier(replay.circle, 2, removed.keys, (n) => facts[n - 1] ?? null);
    expect(earlier.open.get(1)?.secret).toEqual(keys.secret);
    expect(earlier.duds).toEqual([]);
    const liar = openEarlier(replay.circle, 2, keys, (n) => facts[n - 1] ?? null);
    expect(liar.duds).toEqual([1]);
    const old = { replay: third, keys, created: channel.created, opened: channel.opened };
    const wire = next(third, message(old, paul));
    expect(replayItem(third, wire, lookups)).toMatchObject({ code: 'not_a_member' });
  });

  test('are opened when due only, by no leaver, for everybody, past no cut', () => {
    const channel = openChannel([marie, paul], lookups);
    const { replay, keys } = channel;
    const state = stateIn(replay);
    const all = [marie, paul].map((one) => recipientOf(identityOf(one)));
    const tryOpen = (
      because: 'age' | 'first' | 'history-cut',
      by: TestPerson,
      recipients = all,
    ) => {
      const parts = { recipients, current: keys };
      const built = buildEpochOpened(authorOf(by), state, replay.head, stamp(), because, parts);
      return replayItem(replay, next(replay, built), lookups);
    };
    expect(tryOpen('age', marie)).toMatchObject({ code: 'epoch_not_due' });
    expect(tryOpen('first', marie)).toMatchObject({ code: 'epoch_not_due' });
    expect(tryOpen('history-cut', paul)).toMatchObject({ code: 'not_allowed' });
    expect(tryOpen('history-cut', marie, [all[0]!])).toMatchObject({ code: 'copies_mismatch' });
    const self = personMember(marie.log.person);
    const parts = { recipients: [all[1]!], current: keys };
    const leaving = buildMemberRemoved(authorOf(marie), state, replay.head, stamp(), self, parts);
    const left = replayItem(replay, next(replay, leaving), lookups);
    expect(left).toMatchObject({ outcome: 'flagged', code: 'not_allowed' });
  });
});

describe('acting through a team', () => {
  test('needs to be in it at the head that is cited', () => {
    const team = openChannel([paul, zoe], lookups);
    const memberships = withMembership(
      [{ k: 0, h: team.created.head.h, people: [paul.log.person] }],
      stateIn(team.replay),
    );
    const known: Lookups = { ...lookups, team: () => memberships };
    const channel = openChannel([marie], lookups);
    const recipient = { ...recipientOf(identityOf(paul)) };
    const member = teamMember(team.replay.circle);
    const spec = { member, role: 'writer' as const, until: null, historyFrom: 0 };
    const pin = { ...recipient.pin, member, head: { k: 0, h: team.created.head.h } };
    const { replay, keys } = channel;
    const to = { pin, key: recipient.key };
    const author = authorOf(marie);
    const added = buildMemberAdded(author, stateIn(replay), replay.head, stamp(), spec, to, keys);
    const joined = { ...channel, replay: accept(replay, added.item, lookups) };
    const through = (by: TestPerson, head: { k: number; h: typeof pin.head.h }) => {
      const wire = altered(joined, by, () => ({ team: { circle: team.replay.circle, head } }));
      return replayItem(joined.replay, wire, known);
    };
    const present = team.replay.head;
    expect(through(zoe, present)).toMatchObject({ outcome: 'accepted' });
    expect(through(zoe, { k: 0, h: team.created.head.h })).toMatchObject({ code: 'not_a_member' });
    expect(through(zoe, { k: 1, h: team.created.head.h })).toMatchObject({ code: 'team-fork' });
    expect(through(marie, present)).toMatchObject({ code: 'not_a_member' });
  });

  test('is judged by membership statements that anybody can replay', () => {
    const channel = openChannel([marie, paul], lookups);
    const { replay } = channel;
    const facts = { member: personMember(paul.log.person), next: null };
    const place = placeIn(stateIn(replay), replay.head);
    const author = authorOf(paul);
    const left = buildMembershipStatement(author, place, stamp(), 'member.removed', facts);
    const after = accept(replay, left.item, lookups);
    expect(stateIn(after).leftSince).toBe(true);
    expect(withMembership([], stateIn(after))).toMatchObject([
      { k: 2, h: after.head.h, people: [marie.log.person] },
    ]);
    expect(replayItem(after, next(replay, left), lookups)).toMatchObject({ code: 'order' });
    expect(ORIGIN).toBe(replay.origin);
  });
});
