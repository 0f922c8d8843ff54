/** Files that go with the letter, kept with the draft and sealed on this device when it leaves. */
import { w } from '../../words/words.js';
import { FilePicker } from '../talk/file-picker.js';
import type { Editing } from './draft.editing.js';
import { Part } from './part.js';

export function FilesPart({ editing }: { readonly editing: Editing }) {
  const words = w().composer;
  return (
    <Part id="part-files" title={words.files} hint={words.filesHint}>
      <FilePicker
        files={editing.draft.value.attachments}
        onFiles={(attachments) => editing.change({ attachments })}
        label={words.addFiles}
      />
    </Part>
  );
}
