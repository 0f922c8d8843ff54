/**
 * Judges one item against the circle as it stands under its head's lock: author and device, team,
 * position, the law of circles, the device's counter, and the keys that an epoch is sealed to.
 */
import type { CircleKind } from '@liaison/contract/circle';
import type { LapsedMember } from '@liaison/contract/circle';
import {
  actingMember,
  type AuthorEvidence,
  type CircleState,
  judge,
} from '@liaison/contract/circle-rules';
import { Problem } from '@liaison/contract/errors';
import { type MemberId, type PersonId, personMember } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import { judgeKind } from '@liaison/contract/item-rules';
import { areLapsed, hasLapsed, lapsedIn } from '@liaison/contract/standing-rules';
import { isPresentHead, isTrueHead } from '../devices/identity.view.js';
import { checkSigner } from '../devices/leases.js';
import type { CircleWork } from './circle.work.js';
import { pinsOf } from './epoch.copies.js';
import { checkPins, checkStanding, checkTeams } from './pins.checks.js';
import type { PlacedItem } from './placed-item.js';
import type { PreparedItem } from './prepared-item.js';
import { takenIn } from './submission.js';
import type { Surroundings } from './surroundings.js';

/** Gives the item its place, or throws the Problem that refuses it. Changes nothing. */
export function judgeItem(work: CircleWork, item: PreparedItem, around: Surroundings): PlacedItem {
  const { header } = item;
  checkAccess(work, header, around);
  checkDevice(header, item.statement, around);
  // Before a circle begins only statements pass, and their kind asks for no kind of circle.
  checkKind(header, work.state?.kind ?? 'team');
  const { k, h } = work.next(item.itemHash);
  const at = { circle: work.circle, k, chain: h };
  const verdict = judge(work.state, header, at, evidence(work.state, header, around));
  if (!verdict.ok) throw new Problem(verdict.code, verdict.why);
  if (!work.isTrue(header.seen)) throw new Problem('head_unknown');
  if (!work.isNewer(header.device, header.inc, header.n)) throw new Problem('counter_reused');
  if (item.statement) checkTeams(takenIn(item), around);
  checkPins(pinsOf(header), around);
  if (work.state !== null && header.kind !== 'member.added') {
    checkStanding(work.state, pinsOf(header), around);
  }
  const ordinal = work.ordinal + (item.countable ? 1 : 0);
  const actor = actingMember(header);
  return { item, circle: work.circle, k, h, at: around.now, ordinal, actor, state: verdict.state };
}

/** The server takes only what it knows: a newer kind waits for a newer server. */
function checkKind(header: ItemHeader, circle: CircleKind): void {
  const verdict = judgeKind(header, circle);
  if (verdict === 'statement' || verdict === 'entry') return;
  const unknown = verdict === 'unknown' || verdict === 'update-needed';
  throw new Problem(unknown ? 'item_invalid' : verdict, 'kind');
}

/** What `checkAccess` has established of the team, and what identity logs say of resets. */
function evidence(
  state: CircleState | null,
  header: ItemHeader,
  around: Surroundings,
): AuthorEvidence {
  const lastReset = around.identity(header.author)?.state.lastReset ?? -1;
  const lapsedTruly = areLapsed(state?.admitted ?? {}, lapsedIn(header), (one) =>
    resetAsCited(one, around),
  );
  return { inCitedTeam: header.team !== null, lastReset, lapsedTruly };
}

/** The last reset of somebody whom a statement leaves out; none where it cites another log. */
function resetAsCited({ member, head }: LapsedMember, around: Surroundings): number {
  const view = around.identity(member.slice(2) as PersonId);
  const isTrue = view !== null && isTrueHead(view, { n: head.k, h: head.h });
  return isTrue && view.state.lastReset <= head.k ? view.state.lastReset : -1;
}

/** Whether this member takes part now, by the server's clock too: a guest cannot date back. */
function takesPart(state: CircleState, member: MemberId, now: number): boolean {
  const spec = state.members.get(member);
  return spec !== undefined && (spec.until === null || now < spec.until);
}

/**
 * Who is no member learns nothing else: this comes before any check that would tell how the circle
 * stands. `not_a_member` becomes `circle_unknown` for whoever never was one.
 */
function checkAccess(work: CircleWork, header: ItemHeader, around: Surroundings): void {
  if (work.state === null && header.kind !== 'circle.created') throw new Problem('circle_unknown');
  const inside = work.state === null || takesPart(work.state, actingMember(header), around.now);
  if (!inside) throw new Problem('not_a_member');
  if (header.team === null) return;
  const team = around.circle(header.team.circle);
  const lastReset = around.identity(header.author)?.state.lastReset ?? -1;
  const isNewOne = team !== null && hasLapsed(team.admitted, header.author, lastReset);
  if (team === null || isNewOne || !takesPart(team, personMember(header.author), around.now)) {
    throw new Problem('not_a_member', 'team');
  }
  const { k, h } = team.membersHead;
  if (header.team.head.k !== k || header.team.head.h !== h) {
    throw new Problem('members_moved', 'team');
  }
}

function checkDevice(header: ItemHeader, statement: boolean, around: Surroundings): void {
  const view = around.identity(header.author);
  if (view === null) throw new Problem('device_unknown');
  const since = checkSigner(view, header, around.now);
  const known = statement
    ? isPresentHead(view, header.identity)
    : isTrueHead(view, header.identity);
  if (!known || since > header.identity.n) throw new Problem('identity_head_moved');
}
