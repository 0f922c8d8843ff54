/**
 * Teams and communities in which others named the person: theirs once they say so. It stands over
 * every screen until they have answered, and holds nothing up meanwhile.
 */
import type { AdmissionView } from '@liaison/sdk/face.groups';
import { useAct } from '../state/act.state.js';
import { admissions } from '../state/lists.state.js';
import { valueOf } from '../state/loaded.state.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { ActButton } from './act-button.js';
import { Icon } from './icon.js';
import { TroubleLine } from './trouble-line.js';

export function AdmissionBanners() {
  const asked = valueOf(admissions().signal.value) ?? [];
  return (
    <>
      {asked.map((admission) => (
        <AdmissionBanner key={admission.circle} admission={admission} />
      ))}
    </>
  );
}

function AdmissionBanner({ admission }: { readonly admission: AdmissionView }) {
  const [joining, leaving] = [useAct(), useAct()];
  const words = w().identity;
  const { circle, kind, name, by } = admission;
  const answer = async (act: typeof joining, work: () => Promise<void>): Promise<void> => {
    if (await act.run(work)) await admissions().refresh();
  };
  return (
    <div class="banner banner-alarm" role="status">
      <Icon name="people" />
      <div>
        <b>{words.admitted[kind](name, by?.name ?? '')}</b>
        <p>{words.admittedHint[kind]}</p>
        <TroubleLine trouble={joining.trouble.value ?? leaving.trouble.value} />
        <div class="row">
          <ActButton act={joining} onAct={() => void answer(joining, () => face.join(circle))}>
            {words.joinIt}
          </ActButton>
          <ActButton
            act={leaving}
            look="second"
            onAct={() => void answer(leaving, () => face.leave(circle))}
          >
            {words.leaveIt}
          </ActButton>
        </div>
      </div>
    </div>
  );
}
