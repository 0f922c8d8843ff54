/**
 * One tap, and the letter is a PDF on this device: for MSSanté, a fax, or one's own record. What
 * makes it is fetched when it is first asked for.
 */
import type { DischargeLetter } from '@liaison/contract/letter';
import type { HandoffView } from '@liaison/sdk/face';
import { announce } from '../state/announce.state.js';
import { useAct } from '../state/act.state.js';
import { isoDay } from '../words/times.js';
import { w } from '../words/words.js';
import { ActButton } from './act-button.js';
import { saveFile } from './save-file.js';
import { TroubleLine } from './trouble-line.js';

interface LetterPdfProps {
  readonly view: HandoffView;
  readonly letter: DischargeLetter;
  /** Whom it is written to, where it is for one alone. */
  readonly to?: string;
}

/** Makes the file and hands it to the browser's downloads. */
async function saveLetterPdf({ view, letter, to }: LetterPdfProps): Promise<void> {
  const { letterFileName, letterPdf } = await import('../paper/letter.paper.js');
  const { paperFaces } = await import('../paper/paper.faces.js');
  const now = Date.now();
  const bytes = await letterPdf({ view, letter, to: to ?? null, now }, await paperFaces());
  saveFile(letterFileName(isoDay(now)), 'application/pdf', bytes);
}

export function LetterPdf(props: LetterPdfProps) {
  const act = useAct();
  const words = w().paper;
  const make = async (): Promise<void> => {
    await saveLetterPdf(props);
    announce(words.made);
  };
  return (
    <>
      <ActButton
        act={act}
        look="second"
        icon="print"
        busyWord={words.making}
        onAct={() => void act.run(make)}
      >
        {props.to === undefined ? words.make : words.makeFor(props.to)}
      </ActButton>
      <TroubleLine trouble={act.trouble.value} />
    </>
  );
}
