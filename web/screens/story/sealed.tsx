/** Something sealed: shown when it is open, otherwise the reason why not and what will happen. */
import type { Opened } from '@liaison/sdk/face';
import type { ComponentChildren } from 'preact';
import { Icon } from '../../components/icon.js';
import { w } from '../../words/words.js';

export function sealedSentence(opened: Exclude<Opened<unknown>, { state: 'open' }>): string {
  const words = w().story.sealed;
  switch (opened.state) {
    case 'waiting':
      return words[opened.for];
    case 'unreadable':
      return words.unreadable;
    case 'erased':
      return words.erased;
    case 'update-needed':
      return words.update;
  }
}

interface SealedProps<T> {
  readonly of: Opened<T>;
  readonly children: (value: T) => ComponentChildren;
}

export function Sealed<T>({ of, children }: SealedProps<T>) {
  if (of.state === 'open') return <>{children(of.value)}</>;
  return (
    <p class="sealed">
      <Icon name="lock" />
      {sealedSentence(of)}
    </p>
  );
}
