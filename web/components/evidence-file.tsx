/** What was found against the server, as one file made on this device for whoever looks into it. */
import { useAct } from '../state/act.state.js';
import { isoDay } from '../words/times.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { ActButton } from './act-button.js';
import { saveFile } from './save-file.js';
import { TroubleLine } from './trouble-line.js';

async function saveEvidence(): Promise<void> {
  const all = await face.evidence();
  const text = `[\n${all.map((one) => one.text).join(',\n')}\n]\n`;
  saveFile(`liaison-preuves-${isoDay(Date.now())}.json`, 'application/json', text);
}

export function EvidenceFile() {
  const act = useAct();
  return (
    <>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="second" onAct={() => void act.run(saveEvidence)}>
        {w().ways.saveEvidence}
      </ActButton>
    </>
  );
}
