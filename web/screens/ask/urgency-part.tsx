/**
 * Before when somebody must have it: as is usual for its kind at one tap, any other by the clock.
 */
import type { Urgency } from '@liaison/contract/handoff';
import { Choice } from '../../components/choice.js';
import { InstantField } from '../../components/instant-field.js';
import { now } from '../../state/clock.state.js';
import { deadline, lasting } from '../../words/times.js';
import { w } from '../../words/words.js';
import { Part } from '../composer/part.js';
import type { AskEditing } from './ask.editing.js';
import { leavingWaves, turnsOf, usualMs, withTurns, withUrgency } from './ask.waves.js';

type When = Urgency | 'at';

export function UrgencyPart({ editing }: { readonly editing: AskEditing }) {
  const words = w();
  const draft = editing.draft.value;
  const { until } = turnsOf(draft);
  const usual = (urgency: Urgency): string => lasting(usualMs(draft.kind, urgency));
  const put = (at: number): void => editing.change(withTurns(draft, { until: at }, Date.now()));
  const choose = (when: When): void => {
    const present = Date.now();
    if (when === 'at') put(present + usualMs(draft.kind, draft.urgency) + 1);
    else editing.change(withUrgency(draft, when, present));
  };
  const last = leavingWaves(draft, now.value).at(-1)?.due;
  return (
    <Part id="part-due" title={words.composer.due}>
      <Choice<When>
        legend={words.composer.due}
        quiet={true}
        options={[
          ['urgent', words.ask.urgentIn(usual('urgent'))],
          ['same-day', words.ask.within(usual('same-day'))],
          ['routine', words.ask.within(usual('routine'))],
          ['at', words.composer.dueOther],
        ]}
        value={until === null ? draft.urgency : 'at'}
        onValue={choose}
      />
      {until !== null && (
        <InstantField
          label={words.composer.dueOther}
          value={until}
          onValue={(at) => at !== null && put(at)}
        />
      )}
      {last !== undefined && <p class="hint">{words.ask.lastDue(deadline(last, now.value))}</p>}
    </Part>
  );
}
