/**
 * A state as word, shape and colour together: whoever sees no colour, or hears the page, gets the
 * same answer as everybody else.
 */
import { Icon, type IconName } from './icon.js';

export type Tone = 'pending' | 'done' | 'late' | 'quiet' | 'accent';

interface StateMarkProps {
  readonly tone: Tone;
  readonly shape: IconName;
  readonly word: string;
}

export function StateMark({ tone, shape, word }: StateMarkProps) {
  return (
    <span class={`mark mark-${tone}`}>
      <Icon name={shape} />
      {word}
    </span>
  );
}
