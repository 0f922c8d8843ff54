/** What a handoff promises, said without its tables: each is looked at after every step. */
import { handoffDeadlines } from '@liaison/contract/deadline-rules';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import type { HandoffState } from '@liaison/contract/handoff-rules';
import { awaitedIn, isAsked, membersIn, takersOf } from '@liaison/contract/handoff-state';
import type { MemberId, Uuid } from '@liaison/contract/ids';
import type { Move, Situation } from './handoff.model.js';

const BEGINNINGS = ['handoff.offered', 'handoff.asked'];
const ENDS = ['handoff.closed', 'handoff.cancelled', 'handoff.recalled', 'handoff.superseded'];
const OF_ABSENTEES = ['handoff.awaited', 'handoff.handed-over', 'handoff.admitted'];
const ANSWERS = ['handoff.accepted', 'handoff.declined', 'handoff.done'];

/** A step that counted. */
interface Step {
  readonly name: string;
  readonly by: MemberId;
  readonly at: number;
  /** Whom an answer is about, and who is asked in whose place. */
  readonly one: MemberId | null;
  readonly to: MemberId | null;
  /** Whom it is about where they have no account. */
  readonly absentee: Uuid | null;
  readonly before: HandoffState;
  readonly after: HandoffState;
}

const phaseOf = (state: HandoffState, member: MemberId | null): string | undefined =>
  member === null ? undefined : state.addressees[member]?.phase;

const absentPhase = (state: HandoffState, absentee: Uuid | null): string | undefined =>
  absentee === null ? undefined : state.absentees?.[absentee]?.phase;

type Kept = readonly [name: string, isBroken: (step: Step) => boolean];

const PROMISES: readonly Kept[] = [
  ['begins once', ({ name, before }) => BEGINNINGS.includes(name) && before.phase !== 'draft'],
  ['what ended stays ended', ({ before }) => !['draft', 'sent'].includes(before.phase)],
  [
    'only the sender ends it, asks somebody else or speaks of who is not here',
    ({ name, by, before }) =>
      [...ENDS, ...OF_ABSENTEES, 'handoff.reassigned'].includes(name) && by !== before.sender,
  ],
  ['nobody answers for another', ({ name, by, one }) => ANSWERS.includes(name) && by !== one],
  [
    'nobody does what they did not accept',
    ({ name, one, before }) => name === 'handoff.done' && phaseOf(before, one) !== 'accepted',
  ],
  [
    'only who is asked takes it',
    ({ name, one, before }) =>
      name === 'handoff.accepted' && !['offered', 'declined'].includes(phaseOf(before, one) ?? ''),
  ],
  [
    'nobody takes it before their turn',
    ({ name, one, at, before }) => {
      const asked = one === null ? undefined : before.addressees[one];
      return name === 'handoff.accepted' && asked !== undefined && !isAsked(asked, at);
    },
  ],
  [
    'what is done stays done, what is taken is given back by who took it',
    ({ by, before, after }) =>
      takersOf(before).some((taker) => {
        const [was, is] = [phaseOf(before, taker), phaseOf(after, taker)];
        return was !== is && (was === 'done' || by !== taker);
      }),
  ],
  [
    'somebody is asked in the place of one who still was',
    ({ name, one, before }) =>
      name === 'handoff.reassigned' &&
      !['offered', 'declined'].includes(phaseOf(before, one) ?? ''),
  ],
  [
    'nobody else’s answer is wiped out',
    ({ name, one, to, before }) =>
      ['handoff.reassigned', 'handoff.admitted'].includes(name) &&
      one !== to &&
      !['reassigned', undefined].includes(phaseOf(before, to)),
  ],
  [
    'nobody declines what they have no part in',
    ({ name, one, before }) =>
      name === 'handoff.declined' && !['offered', 'accepted'].includes(phaseOf(before, one) ?? ''),
  ],
  [
    'that somebody was told is no acceptance, and moves nothing',
    ({ name, before, after }) =>
      name === 'handoff.handed-over' && JSON.stringify(before) !== JSON.stringify(after),
  ],
  [
    'nobody is named twice, and only who is awaited is told or followed',
    ({ name, absentee, before }) => {
      const phase = absentPhase(before, absentee);
      return name === 'handoff.awaited'
        ? phase !== undefined
        : absentee !== null && phase !== 'awaited';
    },
  ],
  [
    'who is awaited stays so until somebody who is here is asked in their place',
    ({ name, to, before, after }) => {
      const gone = awaitedIn(before).filter(([one]) => absentPhase(after, one) !== 'awaited');
      return gone.length > 0 && (name !== 'handoff.admitted' || phaseOf(after, to) !== 'offered');
    },
  ],
  [
    'nobody is asked anew for what another took alone',
    ({ name, before }) =>
      name === 'handoff.admitted' &&
      HANDOFF_KIND_TABLE[before.kind].exclusive &&
      takersOf(before).length > 0,
  ],
  [
    'nobody closes what nobody accepted',
    ({ name, before }) => name === 'handoff.closed' && takersOf(before).length === 0,
  ],
];

/** What must be so in a state, however it came about. */
function brokenState(state: HandoffState, at: number): string | null {
  if (state.phase !== 'sent') return null;
  return brokenTaking(state) ?? brokenWaiting(state, at);
}

function brokenTaking(state: HandoffState): string | null {
  const takers = takersOf(state).length;
  if (!HANDOFF_KIND_TABLE[state.kind].exclusive || takers === 0) return null;
  if (takers > 1) return 'one takes it';
  const isWaiting = membersIn(state, ['offered']).length > 0;
  return isWaiting ? 'the others are told that it is taken' : null;
}

function brokenWaiting(state: HandoffState, at: number): string | null {
  const deadlines = handoffDeadlines(state);
  const reaches = (subject: MemberId | Uuid | null, level: string): boolean =>
    deadlines.some((one) => one.subject === subject && one.level === level);
  const waiting = membersIn(state, ['offered']);
  const silent = waiting.filter((one) => !reaches(one, 'late') || !reaches(one, 'coordinator'));
  if (silent.length > 0) return 'whoever is asked is reminded, then the coordinator';
  const isTaken = takersOf(state).length > 0;
  const awaited = awaitedIn(state).map(([absentee]) => absentee);
  const isOver = isTaken && HANDOFF_KIND_TABLE[state.kind].exclusive;
  const forgotten = awaited.filter((one) => !reaches(one, 'late') || !reaches(one, 'coordinator'));
  if (forgotten.length > 0 && !isOver) return 'who is not here is not forgotten';
  if (isTaken || (waiting.length === 0 && awaited.length > 0)) return null;
  if (waiting.length === 0) return reaches(state.sender, 'coordinator') ? null : 'silent';
  const isAskedNow = (member: MemberId): boolean => {
    const one = state.addressees[member];
    return one !== undefined && isAsked(one, at);
  };
  const isWaitedFor = waiting.some((one) => isAskedNow(one) || reaches(one, 'opens'));
  return isWaitedFor ? null : 'nobody is asked';
}

export function brokenPromise(before: Situation, move: Move, after: Situation): string | null {
  const at = after.tick * 3_600_000;
  if ('by' in move) {
    const facts = move.facts as {
      addressee?: MemberId;
      from?: MemberId;
      to?: MemberId;
      absentee?: Uuid;
    };
    const absentee = facts.absentee ?? null;
    const one = facts.addressee ?? facts.from ?? null;
    const to = facts.to ?? null;
    const states = { before: before.handoff, after: after.handoff };
    const step: Step = { name: move.do, by: move.by, at, one, to, absentee, ...states };
    const broken = PROMISES.find(([, isBroken]) => isBroken(step));
    if (broken !== undefined) return broken[0];
  }
  return brokenState(after.handoff, at);
}
