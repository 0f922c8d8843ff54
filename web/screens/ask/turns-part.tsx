/**
 * To whom, and in which order: the first are asked at once, the others if nobody took it by then.
 */
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import type { MemberId } from '@liaison/contract/ids';
import type { AskDraft } from '@liaison/sdk/face.care';
import { Choice } from '../../components/choice.js';
import { now } from '../../state/clock.state.js';
import { nameOf, partyOf, remember, suggested } from '../../state/party.state.js';
import { deadline, lasting } from '../../words/times.js';
import { w } from '../../words/words.js';
import { ChosenParties } from '../composer/chosen-parties.js';
import { Part } from '../composer/part.js';
import { PartySearch } from '../composer/party-search.js';
import { Suggestions } from '../composer/suggestions.js';
import type { AskEditing } from './ask.editing.js';
import {
  askedBy,
  gapsOf,
  inTurn,
  leavingWaves,
  turnsOf,
  withoutParty,
  withParty,
  withTurns,
} from './ask.waves.js';

type Change = (change: (draft: AskDraft, at: number) => AskDraft) => void;

export function TurnsPart({ editing }: { readonly editing: AskEditing }) {
  const words = w();
  const draft = editing.draft.value;
  const change: Change = (by) => editing.change(by(draft, Date.now()));
  const chosen = askedBy(draft);
  const { addressees } = HANDOFF_KIND_TABLE[draft.kind];
  const add = (member: MemberId): void => change((one, at) => withParty(one, member, at));
  return (
    <Part id="part-to" title={words.composer.to} hint={words.ask.toHints[draft.kind]}>
      <Turns draft={draft} change={change} />
      <Suggestions
        members={suggestedFor(draft).filter((member) => !chosen.includes(member))}
        onChoose={add}
      />
      <PartySearch
        chosen={chosen}
        hint=""
        asks={addressees}
        onChoose={(party) => {
          remember(party);
          add(party.member);
        }}
      />
    </Part>
  );
}

/** Hospital units come first where somebody is sent to the hospital, and last everywhere else. */
function suggestedFor({ kind, from }: AskDraft): readonly MemberId[] {
  const members = suggested(from, '');
  const isUnit = (member: MemberId): boolean => partyOf(member).category === 'hospital-unit';
  const [units, others] = [members.filter(isUnit), members.filter((one) => !isUnit(one))];
  return kind === 'admission' ? [...units, ...others] : [...others, ...units];
}

interface TurnsProps {
  readonly draft: AskDraft;
  readonly change: Change;
}

function Turns({ draft, change }: TurnsProps) {
  const words = w().ask;
  const waves = leavingWaves(draft, now.value);
  return (
    <>
      {waves.map(({ opensAt, members }, i) => (
        <section key={members[0]} class="turn" aria-label={words.turns[i]}>
          <h3>{i === 0 ? words.atOnce : words.ifNobody(deadline(opensAt, now.value))}</h3>
          <ChosenParties
            parties={members.map(partyOf)}
            onRemove={(member) => change((one, at) => withoutParty(one, member, at))}
            more={({ member }) => <TurnChoice draft={draft} member={member} change={change} />}
          />
        </section>
      ))}
      {waves.length > 1 && <GapChoice draft={draft} change={change} />}
    </>
  );
}

function TurnChoice({ draft, member, change }: TurnsProps & { readonly member: MemberId }) {
  const words = w().ask;
  const { groups } = turnsOf(draft);
  if (askedBy(draft).length < 2) return null;
  return (
    <select
      class="turn-choice"
      aria-label={words.turnOf(nameOf(member))}
      value={String(groups.findIndex((group) => group.includes(member)))}
      onChange={(event) => {
        const turn = Number(event.currentTarget.value);
        change((one, at) => inTurn(one, member, turn, at));
      }}
    >
      {groups.map((_, i) => (
        <option key={words.turns[i]} value={String(i)}>
          {words.turns[i]}
        </option>
      ))}
    </select>
  );
}

function GapChoice({ draft, change }: TurnsProps) {
  const { gapMs } = turnsOf(draft);
  const gaps = gapsOf(draft.kind, draft.urgency);
  return (
    <Choice
      legend={w().ask.gap}
      options={gaps.map((ms) => [String(ms), lasting(ms)] as const)}
      value={String(gapMs)}
      onValue={(ms) => change((one, at) => withTurns(one, { gapMs: Number(ms) }, at))}
    />
  );
}
