/**
 * Beginning with a template: the team's own first, then the starters. Opened by whoever wants one;
 * until then nothing of it is fetched.
 */
import type { SessionView } from '@liaison/sdk/face';
import { useEffect, useState } from 'preact/hooks';
import { announce } from '../../state/announce.state.js';
import { now } from '../../state/clock.state.js';
import { partyOf } from '../../state/party.state.js';
import { w } from '../../words/words.js';
import type { Editing } from './draft.editing.js';
import { assignTasks, begunFrom } from './template.reading.js';
import { ManageTemplate } from './manage-template.js';
import { type Offered, useTemplates } from './template.offers.js';

interface TemplatePartProps {
  readonly editing: Editing;
  readonly session: SessionView;
}

export function TemplatePart({ editing, session }: TemplatePartProps) {
  const words = w().templates;
  const { template: ref } = editing.draft.value.letter;
  const [open, setOpen] = useState(false);
  const wanted = open || ref !== undefined;
  return (
    <details class="fold templates" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{ref === undefined ? words.title : words.begun(ref.name, ref.version)}</summary>
      {wanted && <TemplateChoice editing={editing} session={session} />}
    </details>
  );
}

function TemplateChoice({ editing, session }: TemplatePartProps) {
  const words = w().templates;
  const { ours, starters } = useTemplates();
  const { to, letter } = editing.draft.value;
  const used = [...ours, ...starters].find(({ ref }) => ref.template === letter.template?.template);
  useEffect(() => {
    if (used === undefined) return;
    const tasks = assignTasks(editing.draft.value, used.template, partyOf);
    if (tasks !== null) editing.change({ tasks });
    // Asked again when somebody is named, so that an owner who was chosen by hand stays.
  }, [to, used?.ref.template, used?.ref.version]);
  const begin = ({ template, ref }: Offered): void => {
    const before = editing.draft.value;
    const part = begunFrom(before, template, ref, now.value);
    editing.change(part);
    announce(words.used(ref.name, (part.tasks?.length ?? 0) - before.tasks.length));
  };
  return (
    <>
      <p class="hint">{words.hint}</p>
      {ours.length === 0 && <p class="hint">{words.none}</p>}
      <ul class="template-list">
        {ours.map((one) => (
          <li key={one.ref.template}>
            <Begin one={one} onBegin={begin} />
            <ManageTemplate one={one} session={session} />
          </li>
        ))}
      </ul>
      <p class="hint">{words.starters}</p>
      <ul class="chips">
        {starters.map((one) => (
          <li key={one.ref.template}>
            <Begin one={one} onBegin={begin} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface BeginProps {
  readonly one: Offered;
  readonly onBegin: (one: Offered) => void;
}

function Begin({ one, onBegin }: BeginProps) {
  const words = w().templates;
  const { name, version } = one.ref;
  return (
    <button type="button" class="chip" onClick={() => onBegin(one)}>
      <span>
        <span class="unseen">{words.use} </span>
        {name}
      </span>
      {one.view !== null && <small>{words.version(version)}</small>}
    </button>
  );
}
