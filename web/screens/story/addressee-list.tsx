/** Each addressee with where they stand, since when and through whom; one tap asks another. */
import { PartyButton } from '../../components/party-button.js';
import { PersonButton } from '../../components/person-card.js';
import type { MemberId } from '@liaison/contract/ids';
import type { AddresseeView, HandoffView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { StateMark } from '../../components/state-mark.js';
import { now } from '../../state/clock.state.js';
import { isLate } from '../../state/handoff.standing.js';
import { w } from '../../words/words.js';
import { addresseeSentence, addresseeState } from './addressee.reading.js';
import { declineWord } from './reason.words.js';
import { AbsenteeItem } from '../absent/absentee-list.js';
import { AwaitSomebody } from '../absent/await-somebody.js';
import { ReassignSheet } from './reassign-sheet.js';
import { ReleaseFile } from './release-file.js';

interface AddresseeListProps {
  readonly view: HandoffView;
  readonly askInstead: MemberId | null;
  readonly onChange: () => void;
}

export function AddresseeList({ view, askInstead, onChange }: AddresseeListProps) {
  const [moving, setMoving] = useState<AddresseeView | null>(
    view.addressees.find(({ party }) => party.member === askInstead) ?? null,
  );
  const words = w().story;
  const inOrder = [...view.addressees].sort((a, b) => a.opensAt - b.opensAt);
  const nobody = view.addressees.every(({ phase }) => phase === 'offered');
  return (
    <section aria-labelledby="addressees">
      <h2 id="addressees">{view.exclusive ? w().ask.order : words.addressees}</h2>
      {view.exclusive && <p class="hint">{w().ask.orderHint}</p>}
      {nobody && view.phase === 'sent' && <p class="hint">{words.nobodyYet}</p>}
      <ul class="addressees">
        {inOrder.map((one) => (
          <Addressee
            key={one.party.member}
            view={view}
            one={one}
            onChange={onChange}
            mayMove={view.acts.includes('reassign')}
            onMove={() => setMoving(one)}
          />
        ))}
        {view.absentees.map((one) => (
          <AbsenteeItem key={one.absentee} view={view} one={one} onChange={onChange} />
        ))}
      </ul>
      <AwaitSomebody view={view} onChange={onChange} />
      {moving !== null && (
        <ReassignSheet
          view={view}
          from={moving}
          onClose={() => setMoving(null)}
          onDone={onChange}
        />
      )}
    </section>
  );
}

interface AddresseeProps {
  readonly view: HandoffView;
  readonly one: AddresseeView;
  readonly onChange: () => void;
  readonly mayMove: boolean;
  readonly onMove: () => void;
}

function Addressee({ view, one, onChange, mayMove, onMove }: AddresseeProps) {
  const words = w().story;
  const { tone, shape, word } = addresseeState(one, now.value);
  const movable = mayMove && (one.phase === 'declined' || isLate(one, now.value));
  return (
    <li>
      <div class="addressee-head">
        <PartyButton party={one.party} />
        <StateMark tone={tone} shape={shape} word={word} />
      </div>
      <p>{addresseeSentence(one, now.value)}</p>
      {one.answeredBy !== null && <PersonButton person={one.answeredBy} />}
      {one.reason !== null && <p>{declineWord(view.kind, one.reason)}</p>}
      {one.note !== null && one.note !== '' && <p class="clinical">« {one.note} »</p>}
      {view.iSent && one.phase === 'accepted' && one.hasFile === false && (
        <ReleaseFile view={view} one={one} onDone={onChange} />
      )}
      {movable && (
        <button type="button" class="second no-print" onClick={onMove}>
          {words.reassign}
        </button>
      )}
    </li>
  );
}
