/**
 * Evidence that the server lies. It takes the whole window on purpose and has no way around it: a
 * person must not go on trusting what is shown.
 */
import type { ConnectionView } from '@liaison/sdk/face';
import { EvidenceFile } from '../../components/evidence-file.js';
import { Icon } from '../../components/icon.js';
import { w } from '../../words/words.js';
import { EntryFrame } from './entry-frame.js';

type Alarm = NonNullable<ConnectionView['alarm']>;

export function AlarmScreen({ alarm }: { readonly alarm: Alarm }) {
  const text = w().alarm;
  return (
    <EntryFrame title={text.title}>
      <div class="alarm" role="alert">
        <Icon name="alert" />
        <p class="lead">{text.what}</p>
        <p>
          <b>{text.do}</b>
        </p>
        <p>
          {text.code} : <code>{alarm.code}</code>
        </p>
      </div>
      <p class="remark">{text.kept}</p>
      <EvidenceFile />
    </EntryFrame>
  );
}
