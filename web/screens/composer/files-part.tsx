/**
 * Files that go with what is sent, kept with the draft and sealed on this device when it leaves.
 */
import type { NewAttachment } from '@liaison/sdk/face';
import { w } from '../../words/words.js';
import { FilePicker } from '../talk/file-picker.js';
import { Part } from './part.js';

interface FilesPartProps {
  readonly files: readonly NewAttachment[];
  readonly onFiles: (files: readonly NewAttachment[]) => void;
}

export function FilesPart({ files, onFiles }: FilesPartProps) {
  const words = w().composer;
  return (
    <Part id="part-files" title={words.files} hint={words.filesHint}>
      <FilePicker files={files} onFiles={onFiles} label={words.addFiles} />
    </Part>
  );
}
