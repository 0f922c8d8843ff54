/**
 * The keys of the app and the sheet that lists them. A single key acts only while no field is
 * active, and all of them can be turned off, for those who dictate or press keys by mistake.
 */
import { signal } from '@preact/signals';
import { shortcuts } from '../state/preference.state.js';
import { go, paths } from '../state/place.state.js';
import type { Words } from '../words/french.js';
import { w } from '../words/words.js';
import { Sheet } from './sheet.js';

export const keysShown = signal(false);

type KeyWord = Exclude<keyof Words['keys'], 'title' | 'intro' | 'off' | 'on'>;

const KEYS: readonly (readonly [string, KeyWord, () => void])[] = [
  ['?', 'help', () => (keysShown.value = true)],
  ['h', 'home', () => go(paths.home)],
  ['n', 'create', () => go(paths.compose())],
  ['c', 'talks', () => go(paths.talks)],
  ['a', 'people', () => go(paths.people)],
  ['b', 'news', () => go(paths.news)],
  ['j', 'next', () => step(1)],
  ['k', 'previous', () => step(-1)],
];

/** Moves the focus along the cards and rows of the screen. */
function step(by: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>('main a.row, main a.card-link')];
  const at = items.findIndex((item) => item === document.activeElement);
  items[(at + by + items.length) % items.length]?.focus();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, dialog') !== null;

export function watchKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (shortcuts.value === 'off' && event.key !== '?') return;
    const key = KEYS.find(([name]) => name === event.key);
    if (key === undefined) return;
    event.preventDefault();
    key[2]();
  });
}

export function KeysSheet() {
  if (!keysShown.value) return null;
  const words = w().keys;
  const flip = (): void => {
    shortcuts.value = shortcuts.value === 'on' ? 'off' : 'on';
  };
  return (
    <Sheet title={words.title} onClose={() => (keysShown.value = false)}>
      <p>{words.intro}</p>
      <dl class="keys">
        {KEYS.map(([key, word]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words[word]}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="second" onClick={flip}>
        {shortcuts.value === 'on' ? words.off : words.on}
      </button>
    </Sheet>
  );
}
