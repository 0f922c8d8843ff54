/** The frame of all screens before the app itself: the name, one thing to do, and the language. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { language } from '../../state/preference.state.js';
import { signedIn } from '../../state/session.state.js';
import { speak, w } from '../../words/words.js';

interface EntryFrameProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

export function EntryFrame({ title, children }: EntryFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const words = w();
  const other = language.value === 'fr' ? 'en' : 'fr';
  useEffect(() => {
    document.title = `${title} · ${words.frame.app}`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <main class="entry" id="content">
      <header class="entry-head">
        <span class="brand">
          <img src="/icon.svg" alt="" width="32" height="32" />
          {words.frame.app}
        </span>
        <button type="button" class="plain" lang={other} onClick={() => void speak(other)}>
          {words.me.languages[other]}
        </button>
      </header>
      {signedIn.value?.fictional === true && (
        <p class="banner banner-fictional">{words.frame.fictional}</p>
      )}
      <div class="entry-body">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
    </main>
  );
}
