/**
 * A question over the page: a native modal dialog, so that focus, Escape and the inert page behind
 * are the browser's own. It opens when it is shown and tells when it was closed.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { w } from '../words/words.js';
import { Icon } from './icon.js';

interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Sheet({ title, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      {/* Not a landmark: a sheet may open from within the page’s own header. */}
      <header role="presentation">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          class="plain round"
          aria-label={w().frame.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
