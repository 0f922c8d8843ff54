/** What a screen shows of addressees without an account: who, told how, and whether they came. */
import type { Absentee, HandOver } from '@liaison/contract/absentee';
import { HANDOFF_KINDS } from '@liaison/contract/handoff';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import { overdueAbsentees } from '@liaison/contract/handoff-rules';
import type { AbsenteeState, HandoffState } from '@liaison/contract/handoff-state';
import { brokenGuard } from '@liaison/contract/handoff-steps';
import {
  type MemberId,
  type PersonId,
  personMember,
  teamMember,
  type Uuid,
} from '@liaison/contract/ids';
import type { Bodies } from '../circles/bodies.js';
import type { Book } from '../circles/circle.book.js';
import type { Teams } from '../circles/teams.js';
import type { Directory } from '../directory.js';
import type { AbsenteeView, ArrivedView, HandOverView, Opened, PartyView } from '../face.js';
import type { Guests } from '../guests.js';
import type { CountedStep, FoldedHandoff } from './handoff.fold.js';

export interface AbsenteeSources {
  readonly bodies: Bodies;
  readonly directory: Directory;
  readonly teams: Teams;
  readonly guests: Guests;
  readonly clock: () => number;
}

const UNNAMED: Opened<Absentee> = { state: 'waiting', for: 'items' };

const ACTS = { 'hand-over': 'handoff.handed-over', admit: 'handoff.admitted' } as const;

export class AbsenteeViews {
  constructor(private readonly sources: AbsenteeSources) {}

  async all(
    book: Book,
    { state, steps }: FoldedHandoff,
    mine: readonly MemberId[],
  ): Promise<AbsenteeView[]> {
    const all = Object.entries(state.absentees ?? {}) as [Uuid, AbsenteeState][];
    return Promise.all(
      all.map(([absentee, one]) => {
        const about = steps.filter(({ item }) => item.header.facts['absentee'] === absentee);
        return this.#one(book, state, { absentee, one, about }, mine);
      }),
    );
  }

  async #one(
    book: Book,
    state: HandoffState,
    { absentee, one, about }: About,
    mine: readonly MemberId[],
  ): Promise<AbsenteeView> {
    const { bodies, clock, directory } = this.sources;
    const named = about.find(({ item }) => item.header.kind === 'handoff.awaited');
    const who = named === undefined ? UNNAMED : await bodies.of<Absentee>(book, named.item);
    const isOurs = state.sender !== null && mine.includes(state.sender);
    const guest = who.state === 'open' && isOurs ? who.value : null;
    const isAwaited = one.phase === 'awaited';
    return {
      absentee,
      phase: one.phase,
      due: one.due,
      overdue: overdueAbsentees(state, clock()).includes(absentee),
      who,
      handedOver: await this.#handedOver(book, about),
      invitation: guest === null ? null : await this.#invitation(guest),
      arrived: guest === null || !isAwaited ? null : await this.#arrived(guest, state),
      admitted: one.member === null ? null : await directory.party(one.member),
      acts: actsAbout(state, one, mine, clock()),
    };
  }

  #handedOver(book: Book, about: readonly CountedStep[]): Promise<HandOverView[]> {
    const { bodies, directory } = this.sources;
    const told = about.filter(({ item }) => item.header.kind === 'handoff.handed-over');
    return Promise.all(
      told.map(async ({ item }) => ({
        by: await directory.acting(item.header.author, item.header.as),
        said: await bodies.of<HandOver>(book, item),
      })),
    );
  }

  async #invitation({ guest, mail }: Absentee): Promise<AbsenteeView['invitation']> {
    if (guest === null || mail === '') return null;
    const known = await this.sources.guests.of(guest);
    if (known !== undefined) return known.state;
    return this.sources.guests.isKnown ? 'unsent' : null;
  }

  async #arrived(
    { guest, nationalId }: Absentee,
    state: HandoffState,
  ): Promise<ArrivedView | null> {
    const { guests, directory } = this.sources;
    const came = guest === null ? null : ((await guests.of(guest))?.person ?? null);
    if (came === null) return null;
    const person = await directory.person(came);
    const isCertified = person.trust.level === 'certified' && person.nationalId !== null;
    const sameNumber = isCertified && nationalId !== null ? person.nationalId === nationalId : null;
    return { person, party: await this.#partyOf(came, state), sameNumber };
  }

  /** A team of theirs that can be asked and was not yet; else themselves. */
  async #partyOf(person: PersonId, { addressees }: HandoffState): Promise<PartyView> {
    const { directory, teams } = this.sources;
    for (const { team } of directory.endorsed()) {
      const member = teamMember(team);
      const members = (await teams.known(team))?.state?.members;
      const isTheirs = members?.has(personMember(person)) === true;
      if (isTheirs && addressees[member] === undefined) return directory.party(member);
    }
    return directory.party(personMember(person));
  }
}

interface About {
  readonly absentee: Uuid;
  readonly one: AbsenteeState;
  readonly about: readonly CountedStep[];
}

/** By the law of the handoff, as of any other act: no button that the server would refuse. */
function actsAbout(
  state: HandoffState,
  absentee: AbsenteeState,
  mine: readonly MemberId[],
  at: number,
): AbsenteeView['acts'] {
  return (Object.keys(ACTS) as (keyof typeof ACTS)[]).filter((act) => {
    const rule = HANDOFF_KIND_TABLE[state.kind].steps[ACTS[act]];
    const { version } = HANDOFF_KINDS[ACTS[act]];
    const nobody = { member: null, before: undefined, next: null };
    return mine.some((actor) => {
      return brokenGuard({ state, rule, actor, at, version, absentee, ...nobody }) === null;
    });
  });
}
