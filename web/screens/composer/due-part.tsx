/** Before when an answer is wanted: the usual ones at one tap, any other by the clock. */
import type { Urgency } from '@liaison/contract/handoff';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import { useState } from 'preact/hooks';
import { Choice } from '../../components/choice.js';
import { InstantField } from '../../components/instant-field.js';
import { now } from '../../state/clock.state.js';
import { clockTime, deadline } from '../../words/times.js';
import { w } from '../../words/words.js';
import type { Editing } from './draft.editing.js';
import { tomorrowNoon, usualDue } from './draft.fresh.js';
import { Part } from './part.js';

type When = Urgency | 'at';

export function DuePart({ editing }: { readonly editing: Editing }) {
  const words = w().composer;
  const { due, urgency } = editing.draft.value;
  const [byClock, setByClock] = useState(false);
  const choose = (when: When): void => {
    setByClock(when === 'at');
    const present = Date.now();
    if (when === 'at') return;
    const dues: Record<Urgency, number> = {
      urgent: present + HANDOFF_KIND_TABLE.discharge.answerMs.urgent,
      'same-day': usualDue(present),
      routine: tomorrowNoon(present),
    };
    editing.change({ urgency: when, due: dues[when] });
  };
  return (
    <Part id="part-due" title={words.due}>
      <Choice<When>
        legend={words.due}
        quiet={true}
        options={[
          ['urgent', words.dueUrgent],
          ['same-day', words.dueToday(clockTime(usualDue(now.value)))],
          ['routine', words.dueTomorrow],
          ['at', words.dueOther],
        ]}
        value={byClock ? 'at' : urgency}
        onValue={choose}
      />
      {byClock && (
        <InstantField
          label={words.dueOther}
          value={due}
          onValue={(at) => at !== null && editing.change({ due: at })}
        />
      )}
      <p class="hint">{w().home.before(deadline(due, now.value))}</p>
    </Part>
  );
}
