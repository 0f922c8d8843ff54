/** Evidence kept against the server, also once it behaved again; nothing stands here without. */
import { EvidenceFile } from '../../components/evidence-file.js';
import { StateMark } from '../../components/state-mark.js';
import { now } from '../../state/clock.state.js';
import { useLive, valueOf } from '../../state/loaded.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function EvidencePart() {
  const kept = useLive(
    () => face.evidence(),
    ({ what }) => what === 'connection',
    'evidence',
  );
  const all = valueOf(kept.signal.value) ?? [];
  const words = w().ways;
  if (all.length === 0) return null;
  return (
    <section>
      <h2>{words.evidence}</h2>
      <p>{words.evidenceHint}</p>
      <ul class="plain-list">
        {all.map(({ code, at, healedAt }) => (
          <li key={`${code} ${at}`} class="row">
            <span class="row-head">
              <code>{code}</code>
              {healedAt === null && (
                <StateMark tone="late" shape="alert" word={words.evidenceOpen} />
              )}
            </span>
            <span class="row-line">{exactTime(at, now.value)}</span>
            {healedAt !== null && (
              <span class="row-line">{words.evidenceHealed(exactTime(healedAt, now.value))}</span>
            )}
          </li>
        ))}
      </ul>
      <EvidenceFile />
    </section>
  );
}
