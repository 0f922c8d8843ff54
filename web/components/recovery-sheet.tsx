/**
 * The recovery sheet as it is printed: whose it is, of which day, twelve words in their order, the
 * code to scan, and what to do with it. On paper it stands alone.
 */
import type { RecoverySheetView } from '@liaison/sdk/face.recovery';
import { wholeDate } from '../words/times.js';
import { w } from '../words/words.js';
import { QrCode } from './qr-code.js';

interface RecoverySheetProps {
  readonly sheet: RecoverySheetView;
  readonly name: string;
}

export function RecoverySheet({ sheet, name }: RecoverySheetProps) {
  const { entry, identity } = w();
  return (
    <div class="words-sheet print-me">
      <h2>{entry.wordsTitle}</h2>
      <p class="only-print">{entry.wordsSheet(name)}</p>
      <p class="sheet-date">{identity.sheetDate(wholeDate(sheet.madeAt))}</p>
      <ol class="recovery-words" translate={false}>
        {sheet.words.map((word, index) => (
          <li key={`${index}-${word}`}>{word}</li>
        ))}
      </ol>
      <div class="only-print sheet-foot">
        <QrCode text={sheet.qr} label={identity.qrLabel} />
        <p>{identity.sheetHow}</p>
      </div>
    </div>
  );
}
