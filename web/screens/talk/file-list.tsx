/** Sealed files: opened on the device when asked for, and never left behind in the page. */
import type { AttachmentRef } from '@liaison/contract/attachment';
import type { CircleId } from '@liaison/contract/ids';
import { ActButton } from '../../components/act-button.js';
import { saveFile } from '../../components/save-file.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { language } from '../../state/preference.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

const KILO = 1000;

/** Handed to the browser as a download: a sealed file must not run as a page of this origin. */
async function open(circle: CircleId, ref: AttachmentRef): Promise<void> {
  const bytes = new Uint8Array(await face.attachment(circle, ref));
  saveFile(ref.name, ref.mediaType, bytes);
}

function sizeOf(bytes: number): string {
  const unit = bytes < KILO * KILO ? 'kilobyte' : 'megabyte';
  const value = bytes / (unit === 'kilobyte' ? KILO : KILO * KILO);
  const options = { style: 'unit', unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language.value, options).format(value);
}

interface FileListProps {
  readonly circle: CircleId;
  readonly files: readonly AttachmentRef[];
}

export function FileList({ circle, files }: FileListProps) {
  if (files.length === 0) return null;
  return (
    <ul class="file-list" aria-label={w().story.attachments}>
      {files.map((ref) => (
        <li key={ref.id}>
          <SealedFile circle={circle} file={ref} />
        </li>
      ))}
    </ul>
  );
}

function SealedFile({ circle, file }: { readonly circle: CircleId; readonly file: AttachmentRef }) {
  const act = useAct();
  return (
    <>
      <ActButton
        act={act}
        look="second"
        icon="clip"
        onAct={() => void act.run(() => open(circle, file))}
      >
        <span>
          <span class="unseen">{w().story.openFile('')}</span>
          {file.name} <small>{sizeOf(file.size)}</small>
        </span>
      </ActButton>
      <TroubleLine trouble={act.trouble.value} />
    </>
  );
}
