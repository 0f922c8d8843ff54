/** One part of the composer: a heading that can take the focus when the button leads there. */
import type { ComponentChildren } from 'preact';

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly children: ComponentChildren;
}

export function Part({ id, title, hint, children }: PartProps) {
  return (
    <section class="part" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}
