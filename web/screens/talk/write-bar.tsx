/**
 * Writing a message. Enter sends on a desk and Shift+Enter makes a line; the text leaves the field
 * only once the SDK has it in its outbox, and is kept on the device until then, so that nothing
 * typed is ever lost.
 */
import type { CircleId } from '@liaison/contract/ids';
import type { NewAttachment } from '@liaison/sdk/face';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from '../../components/icon.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { asTrouble, type Trouble } from '../../worker/trouble.js';
import { FilePicker } from './file-picker.js';

export function WriteBar({ circle }: { readonly circle: CircleId }) {
  const [text, setText] = useState('');
  const [lost, setLost] = useState<Trouble | null>(null);
  const typed = useRef(false);
  useEffect(() => {
    // What was being written before a lock or a restart, unless something is being typed already.
    const bring = async (): Promise<void> => {
      const kept = await face.unsent(circle);
      if (!typed.current) setText(kept);
    };
    bring().catch((cause: unknown) => setLost(asTrouble(cause)));
  }, [circle]);
  const type = (value: string): void => {
    typed.current = true;
    setText(value);
    face.keepUnsent(circle, value).then(
      () => setLost(null),
      (cause: unknown) => setLost(asTrouble(cause)),
    );
  };
  const [files, setFiles] = useState<readonly NewAttachment[]>([]);
  const act = useAct();
  const id = useId();
  const words = w().talk;
  const send = async (): Promise<void> => {
    if (text.trim() === '' && files.length === 0) return;
    const sent = await act.run(() => face.post(circle, text.trim(), files));
    if (!sent) return;
    type('');
    setFiles([]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const wide = matchMedia('(hover: hover)').matches;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !wide) return;
    event.preventDefault();
    void send();
  };
  return (
    <form
      class="write"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label for={id} class="unseen">
        {words.write}
      </label>
      <textarea
        id={id}
        rows={2}
        placeholder={words.write}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="write-acts">
        <FilePicker files={files} onFiles={setFiles} label={words.attach} />
        <button type="submit" class="primary" aria-busy={act.busy.value}>
          <Icon name="send" />
          {words.send}
        </button>
      </div>
      <TroubleLine trouble={act.trouble.value ?? lost} />
    </form>
  );
}
