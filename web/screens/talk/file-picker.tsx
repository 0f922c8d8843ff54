/** Chooses files or takes a photo. Sizes are checked here, before anybody waits for an upload. */
import { LIMITS } from '@liaison/contract/limits';
import type { NewAttachment } from '@liaison/sdk/face';
import { useId, useState } from 'preact/hooks';
import { Icon } from '../../components/icon.js';
import { w } from '../../words/words.js';

interface FilePickerProps {
  readonly files: readonly NewAttachment[];
  readonly onFiles: (files: readonly NewAttachment[]) => void;
  readonly label: string;
}

const UNKNOWN_TYPE = 'application/octet-stream';

async function readFile(file: File): Promise<NewAttachment> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const mediaType = file.type === '' ? UNKNOWN_TYPE : file.type;
  return { name: file.name.slice(0, LIMITS.lineLength.value), mediaType, bytes };
}

export function FilePicker({ files, onFiles, label }: FilePickerProps) {
  const [refusal, setRefusal] = useState('');
  const id = useId();
  const words = w().composer;
  const take = async (chosen: readonly File[]): Promise<void> => {
    const large = chosen.find(({ size }) => size > LIMITS.attachmentBytes.value);
    const most = LIMITS.attachmentsPerEntry.value;
    const tooMany = files.length + chosen.length > most ? words.filesTooMany(most) : '';
    const refused = large === undefined ? tooMany : words.fileTooLarge(large.name);
    setRefusal(refused);
    if (refused !== '') return;
    onFiles([...files, ...(await Promise.all(chosen.map(readFile)))]);
  };
  return (
    <div class="files">
      <ul class="chips">
        {files.map((file, index) => (
          <li key={`${index}-${file.name}`}>
            <button
              type="button"
              class="chip"
              aria-label={words.removeFile(file.name)}
              onClick={() => onFiles(files.filter((one) => one !== file))}
            >
              {file.name}
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <label for={id} class="second file-button">
        <Icon name="clip" />
        {label}
        <input
          id={id}
          type="file"
          multiple
          onChange={(event) => {
            const { files: chosen } = event.currentTarget;
            void take([...(chosen ?? [])]);
          }}
        />
      </label>
      {refusal !== '' && (
        <p class="trouble" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
