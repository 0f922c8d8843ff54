/**
 * What stands where something will be: lines while it is read, a sentence when it takes long, the
 * reason and a way out when it failed, and the next useful act when there is nothing.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Live } from '../state/loaded.state.js';
import { w } from '../words/words.js';
import { TroubleLine } from './trouble-line.js';

const LONG_MS = 4000;

export function Waiting() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="waiting" role="status">
      <span class="unseen">{w().frame.loading}</span>
      <i />
      <i />
      <i />
      {long && <p>{w().frame.stillLoading}</p>}
    </div>
  );
}

interface ReadyProps<T> {
  readonly of: Live<T>;
  readonly children: (value: T) => ComponentChildren;
}

export function Ready<T>({ of, children }: ReadyProps<T>) {
  const loaded = of.signal.value;
  switch (loaded.state) {
    case 'loading':
      return <Waiting />;
    case 'failed':
      return <TroubleLine trouble={loaded.trouble} retry={() => void of.refresh()} />;
    case 'ready':
      return <>{children(loaded.value)}</>;
  }
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

export function Empty({ title, children }: EmptyProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}
