/**
 * Starts the page: words in the chosen language, the clock, the address, the keys, then the app.
 */
import { render } from 'preact';
import { App } from './app.js';
import { watchKeys } from './components/keys-sheet.js';
import { keepGuestToken } from './state/guest.state.js';
import { startClock } from './state/clock.state.js';
import { tellChange } from './state/loaded.state.js';
import { guardMemory } from './state/memory.state.js';
import { go, watchAddress } from './state/place.state.js';
import { isPost } from './state/post.mode.js';
import { watchPost } from './state/post.state.js';
import { keepPreferences, language } from './state/preference.state.js';
import { watchNotices } from './state/push.state.js';
import { watchInstall } from './state/storage.state.js';
import { loadWords } from './words/words.js';
import { listen } from './worker/liaison.client.js';

async function start(): Promise<void> {
  keepPreferences();
  startClock();
  watchAddress();
  watchKeys();
  if (isPost) watchPost();
  else {
    keepGuestToken();
    guardMemory();
    watchInstall();
    watchNotices(go);
  }
  await loadWords(language.value);
  const root = document.getElementById('app');
  if (root !== null) render(<App />, root);
  await listen(tellChange);
}

// The shell that opens offline. Development serves none, and an old browser does without.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    // Where it is refused (a private window), the app works all the same while there is a network.
    navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  });
}

void start();
