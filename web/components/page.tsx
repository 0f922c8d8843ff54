/**
 * A screen's frame: its one heading, which takes the focus when the screen opens, its way back,
 * and its name in the window's title.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { w } from '../words/words.js';
import { Icon } from './icon.js';

interface PageProps {
  readonly title: string;
  readonly back?: string;
  readonly aside?: ComponentChildren;
  readonly wide?: boolean;
  /** On a desk its parts stand in two columns. */
  readonly desk?: boolean;
  readonly children: ComponentChildren;
}

export function Page({ title, back, aside, wide = false, desk = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${w().frame.app}`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  return (
    <article class={`page${wide ? ' wide' : ''}${desk ? ' desk' : ''}`}>
      <header class="page-head">
        {back !== undefined && (
          <a class="plain round" href={back} aria-label={w().frame.back}>
            <Icon name="back" />
          </a>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </header>
      {children}
    </article>
  );
}
