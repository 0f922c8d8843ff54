/**
 * Urges to install where the system may erase what a page keeps: without it, a nurse would link her
 * phone anew after each holiday. It can be put away for good; "Moi" says the same.
 */
import { signal } from '@preact/signals';
import { InstallSteps } from '../../components/install-steps.js';
import { installWay, keeping } from '../../state/storage.state.js';
import { w } from '../../words/words.js';

const REFUSED = 'liaison.install-later';

const refused = signal(localStorage.getItem(REFUSED) !== null);

function refuse(): void {
  localStorage.setItem(REFUSED, '1');
  refused.value = true;
}

export const isInstallUrged = (): boolean =>
  !refused.value && keeping.value === 'evictable' && installWay() !== null;

export function InstallHint() {
  const words = w().latch;
  const way = installWay();
  if (way === null) return null;
  return (
    <aside class="card quiet-card">
      <h2>{words.installTitle}</h2>
      <p>{words.installWhy}</p>
      <div class="acts">
        <InstallSteps way={way} />
        <button type="button" class="plain" onClick={refuse}>
          {w().home.later}
        </button>
      </div>
    </aside>
  );
}
