/**
 * Channels and their messages for the benchmarks, signed and sealed by made people as a client
 * would do it, so that every reader and the server have the whole work of verifying them.
 */
import { type CircleState, ESTABLISHED, judge } from '@liaison/contract/circle-rules';
import { type CircleKind, DEFAULT_POLICY } from '@liaison/contract/circle';
import { type CircleId, type EntryId, personMember } from '@liaison/contract/ids';
import type { Head, ItemHeader, NewItem } from '@liaison/contract/item';
import { entryIds, randomText } from '@liaison/sdk/crypto/random';
import type { EpochKeys } from '@liaison/sdk/crypto/epoch';
import {
  type Author,
  type Built,
  buildCreated,
  buildEpochOpened,
  buildItem,
  placeIn,
  type Recipient,
  type Stamp,
} from '@liaison/sdk/logs/circle-items';
import type { MadePerson } from './person.maker.js';

export interface MadeChannel {
  readonly circle: CircleId;
  readonly kind: CircleKind;
  readonly members: readonly MadePerson[];
  readonly state: CircleState;
  readonly keys: EpochKeys;
  /** Head after the statements: what every message here has seen. */
  readonly head: Head;
  /** Its statements, for one submission. */
  readonly items: readonly NewItem[];
}

/** A message as a nurse writes it; each is a little different, so that nothing compresses away. */
const TEXT =
  'Pansement refait ce matin, plaie propre, pas de fièvre. Prochain passage demain à 9 h ; ' +
  'merci de vérifier le dosage de l’anticoagulant avant la prise du soir.';

const ids = new Map<Author, () => EntryId>();
const counters = new Map<string, number>();

/** The next stamp of an author: fresh id, growing counter of this device in this circle. */
export function stamp(author: Author, circle: CircleId | '', at: number): Stamp {
  const next = ids.get(author) ?? entryIds(() => at);
  ids.set(author, next);
  const key = `${author.device}/${circle}`;
  const n = (counters.get(key) ?? -1) + 1;
  counters.set(key, n);
  return { id: next(), n, at };
}

function accepted(before: CircleState | null, header: ItemHeader, head: Head, circle: CircleId) {
  const place = { circle, k: head.k, chain: head.h };
  const verdict = judge(before, header, place, ESTABLISHED);
  if (!verdict.ok) throw new Error(`A made statement was refused: ${verdict.why}.`);
  return verdict.state;
}

/** Opened by the first of its members, with all the others as writers, and with those readers. */
export function makeChannel(
  members: readonly MadePerson[],
  community: CircleId | null,
  at: number,
  readers: readonly Recipient[] = [],
): MadeChannel {
  const kind = community === null ? 'community' : 'channel';
  return makeCircle({ kind, community, linked: null }, members, at, readers);
}

type Claims = Pick<CircleState, 'kind' | 'community' | 'linked'>;

/** As `makeChannel`, of any kind. */
export function makeCircle(
  { kind, community, linked }: Claims,
  members: readonly MadePerson[],
  at: number,
  readers: readonly Recipient[] = [],
): MadeChannel {
  const [founder] = members;
  if (founder === undefined) throw new Error('A channel has a founder.');
  const { author } = founder;
  const recipients = [...members.map(({ recipient }) => recipient), ...readers];
  const created = buildCreated(author, stamp(author, '', at), {
    community,
    kind,
    salt: randomText(),
    finess: null,
    nameHash: null,
    stewards: [],
    members: recipients.map(({ pin: { member } }) => ({
      member,
      role: member === personMember(author.person) ? 'admin' : 'writer',
      until: null,
      historyFrom: 0,
    })),
    policy: DEFAULT_POLICY,
    linked,
  });
  const { circle } = created;
  // The first counter of this circle was spent on its creation.
  counters.set(`${author.device}/${circle}`, counters.get(`${author.device}/`) ?? 0);
  const begun = accepted(null, created.header, created.head, circle);
  const opened = buildEpochOpened(author, begun, created.head, stamp(author, circle, at), 'first', {
    recipients,
    current: null,
  });
  const state = accepted(begun, opened.header, opened.head, circle);
  const items = [created.item, opened.item];
  return { circle, kind, members, state, keys: opened.keys, head: opened.head, items };
}

/** A message that has seen the channel's statements; many may be signed before any is sent. */
export function makeMessage(author: Author, channel: MadeChannel, at: number): Built {
  const place = placeIn(channel.state, channel.head);
  const said = stamp(author, channel.circle, at);
  const draft = {
    kind: 'message.posted',
    kv: 1,
    critical: false,
    facts: { mentions: [], replyTo: null, attachments: [] },
    body: { text: `${TEXT} (${said.id})`, attachments: [] },
  };
  return buildItem(author, place, said, draft, channel.keys);
}
