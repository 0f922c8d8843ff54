/** The two polite regions in which arrivals and outcomes are spoken, always in the page. */
import { announcements } from '../state/announce.state.js';

export function Announcer() {
  const [first, second] = announcements.value;
  return (
    <div class="unseen">
      <p role="status">{first}</p>
      <p role="status">{second}</p>
    </div>
  );
}
