/**
 * Whoever is being typed and is known on this device already: one tap takes the identity over, so
 * that it is not typed twice with two spellings. Searched here alone, among what this device holds.
 */
import type { Patient } from '@liaison/contract/patient';
import { Icon } from '../../components/icon.js';
import { announce } from '../../state/announce.state.js';
import { patientOf } from '../../state/handoff.reading.js';
import { handoffs } from '../../state/lists.state.js';
import { valueOf } from '../../state/loaded.state.js';
import { findPatients, isSamePatient, knownPatients } from '../../state/patient.search.js';
import { calendarDate } from '../../words/times.js';
import { w } from '../../words/words.js';

interface KnownProps {
  readonly patient: Patient;
  readonly onPatient: (part: Partial<Patient>) => void;
}

const nameOf = ({ usualName, birthName, givenNames }: Patient): string =>
  `${usualName || birthName} ${givenNames}`.trim();

export function KnownPatients({ patient, onPatient }: KnownProps) {
  const words = w().patients;
  const views = valueOf(handoffs().signal.value) ?? [];
  const query = `${patient.birthName} ${patient.givenNames} ${patient.ins?.number ?? ''}`;
  const found = findPatients(knownPatients(views, patientOf), query).filter(
    (one) => !isSamePatient(one.patient, patient),
  );
  if (found.length === 0) return null;
  const take = (known: Patient): void => {
    onPatient(known);
    announce(words.taken);
  };
  return (
    <section class="known" aria-label={words.known}>
      <h3 class="hint">{words.known}</h3>
      <ul class="chips">
        {found.map(({ patient: known, handoffs: theirs }) => (
          <li key={theirs[0]?.id}>
            <button type="button" class="chip" onClick={() => take(known)}>
              <Icon name="plus" />
              {words.take(nameOf(known), calendarDate(known.birthDate))} ·{' '}
              {words.count(theirs.length)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
