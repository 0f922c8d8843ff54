/** A device's name, changed in its own line. Escape and an unchanged name leave it as it was. */
import { LIMITS } from '@liaison/contract/limits';
import type { DeviceView } from '@liaison/sdk/face.devices';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { devices } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

interface RenameProps {
  readonly one: DeviceView;
  readonly onDone: () => void;
}

export function RenameDevice({ one, onDone }: RenameProps) {
  const [name, setName] = useState(one.name ?? '');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const act = useAct();
  const words = w().devices;
  useEffect(() => field.current?.select(), []);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const isNew = name.trim() !== '' && name.trim() !== one.name;
    if (isNew && !(await act.run(() => face.nameDevice(one.device, name)))) return;
    if (isNew) await devices().refresh();
    onDone();
  };
  return (
    <form
      class="device-rename"
      onSubmit={(event) => void save(event)}
      onKeyDown={({ key }) => key === 'Escape' && onDone()}
    >
      <label for={id} class="unseen">
        {words.nameField}
      </label>
      <input
        id={id}
        ref={field}
        type="text"
        value={name}
        maxLength={LIMITS.deviceNameLength.value}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="second" aria-busy={act.busy.value}>
        {words.save}
      </button>
      <span id={`${id}-hint`} class="remark">
        {words.nameHint}
      </span>
      <TroubleLine trouble={act.trouble.value} />
    </form>
  );
}
