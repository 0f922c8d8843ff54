/** The stay: doctors, dates and where the patient goes. */
import { DayField } from '../../components/day-field.js';
import { Field } from '../../components/field.js';
import { w } from '../../words/words.js';
import type { Editing } from './draft.editing.js';

export function StayFields({ editing }: { readonly editing: Editing }) {
  const words = w().composer;
  const { letter } = editing.draft.value;
  return (
    <>
      <div class="pair">
        <DayField
          label={words.admittedOn}
          value={letter.admittedOn}
          onValue={(admittedOn) => editing.changeLetter({ admittedOn })}
        />
        <DayField
          label={words.dischargedOn}
          value={letter.dischargedOn}
          onValue={(dischargedOn) => editing.changeLetter({ dischargedOn })}
        />
      </div>
      <div class="pair">
        <Field
          label={words.hospitalDoctor}
          value={letter.hospitalDoctor}
          onValue={(hospitalDoctor) => editing.changeLetter({ hospitalDoctor })}
        />
        <Field
          label={words.attendingPhysician}
          value={letter.attendingPhysician}
          onValue={(attendingPhysician) => editing.changeLetter({ attendingPhysician })}
        />
      </div>
      <div class="pair">
        <Field
          label={words.referrer}
          optional={true}
          value={letter.referrer}
          onValue={(referrer) => editing.changeLetter({ referrer })}
        />
        <Field
          label={words.destination}
          optional={true}
          value={letter.destination}
          onValue={(destination) => editing.changeLetter({ destination })}
        />
      </div>
    </>
  );
}
