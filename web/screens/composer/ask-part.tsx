/** What is asked, as it shows first: read before anybody accepts, so it never names the patient. */
import type { MemberId } from '@liaison/contract/ids';
import type { Outline } from '@liaison/contract/outline';
import type { SessionView } from '@liaison/sdk/face';
import type { ReadonlySignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Field } from '../../components/field.js';
import { w } from '../../words/words.js';
import { Part } from './part.js';

interface Asking {
  readonly outline: Outline;
  readonly from: MemberId;
}

interface AskPartProps {
  readonly editing: {
    readonly draft: ReadonlySignal<Asking>;
    readonly change: (part: Partial<Asking>) => void;
  };
  readonly session: SessionView;
  /** What the one line is called, where its kind calls it something else. */
  readonly label?: string;
}

export function AskPart({ editing, session, label }: AskPartProps) {
  const words = w().composer;
  const { outline } = editing.draft.value;
  const put = (part: Partial<Outline>): void =>
    editing.change({ outline: { ...outline, ...part } });
  return (
    <Part id="part-ask" title={words.ask} hint={words.askHint}>
      <Field label={label ?? words.askAct} value={outline.act} onValue={(act) => put({ act })} />
      <div class="pair">
        <Field
          label={words.town}
          optional={true}
          value={outline.town}
          onValue={(town) => put({ town })}
        />
        <Field
          label={words.teamPhone}
          type="tel"
          optional={true}
          value={outline.phone}
          onValue={(phone) => put({ phone })}
        />
      </div>
      {session.teams.length > 1 && <FromChoice editing={editing} session={session} />}
    </Part>
  );
}

/** People of several teams say for which one they speak. */
function FromChoice({ editing, session }: AskPartProps) {
  const id = useId();
  const { from, outline } = editing.draft.value;
  const choose = (member: MemberId): void => {
    const team = session.teams.find((one) => one.member === member);
    editing.change({ from: member, outline: { ...outline, sender: team?.name ?? '' } });
  };
  return (
    <div class="field">
      <label for={id}>{w().composer.from}</label>
      <select
        id={id}
        value={from}
        onChange={(event) => choose(event.currentTarget.value as MemberId)}
      >
        {session.teams.map((team) => (
          <option key={team.member} value={team.member}>
            {team.name}
          </option>
        ))}
      </select>
    </div>
  );
}
