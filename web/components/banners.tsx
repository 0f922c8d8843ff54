/**
 * What is true of the whole app just now: a demonstration, no network, something waiting to leave.
 */
import { useEffect, useState } from 'preact/hooks';
import { valueOf } from '../state/loaded.state.js';
import { connection } from '../state/lists.state.js';
import { signedIn } from '../state/session.state.js';
import { w } from '../words/words.js';
import { Icon } from './icon.js';

const LASTING_MS = 3000;

function OfflineBanner() {
  const live = valueOf(connection().signal.value);
  const away = live?.live === 'offline';
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    // Connecting is not yet being away: the banner waits, so that it never flashes.
    const timer = setTimeout(() => setLasting(away), away ? LASTING_MS : 0);
    return () => clearTimeout(timer);
  }, [away]);
  if (!away || !lasting) return null;
  const words = w().frame;
  return (
    <p class="banner banner-offline" role="status">
      <Icon name="cloud" />
      <span>
        <b>{words.offline}</b> {words.offlineWorks}
        {live.waiting > 0 && <> {words.waiting(live.waiting)}.</>}
      </span>
    </p>
  );
}

export function Banners() {
  return (
    <>
      {signedIn.value?.fictional === true && (
        <p class="banner banner-fictional">{w().frame.fictional}</p>
      )}
      <OfflineBanner />
    </>
  );
}
