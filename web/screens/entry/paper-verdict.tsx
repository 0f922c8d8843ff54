/** What a typed paper is, where it does not open: which word, which date, which paper instead. */
import type { PaperView } from '@liaison/sdk/face.recovery';
import { Icon } from '../../components/icon.js';
import { wholeDate } from '../../words/times.js';
import { w } from '../../words/words.js';

function sentenceOf(view: Exclude<PaperView, { state: 'current' }>): string {
  const words = w().identity;
  switch (view.state) {
    case 'replaced':
      return words.paperReplaced(
        wholeDate(view.madeAt),
        wholeDate(view.replacedAt),
        wholeDate(view.currentMadeAt),
      );
    case 'ended':
      return words.paperEnded(wholeDate(view.madeAt), wholeDate(view.endedAt));
    case 'ahead':
      return words.paperAhead(wholeDate(view.madeAt));
    case 'unknown':
      return words.paperUnknown;
    case 'unreadable':
      if (view.why === 'count') return words.paperCount(view.found);
      return view.why === 'checksum' ? words.paperOrder : words.paperWords(view.positions);
  }
}

export function PaperVerdict({ view }: { readonly view: PaperView | null }) {
  if (view === null || view.state === 'current') return null;
  return (
    <p class="trouble" role="alert">
      <Icon name="alert" />
      <span>{sentenceOf(view)}</span>
    </p>
  );
}
