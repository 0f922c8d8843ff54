/** How Liaison is installed in this browser: a button where there is one, else the steps. */
import { useAct } from '../state/act.state.js';
import { installPrompt, type InstallWay } from '../state/storage.state.js';
import { w } from '../words/words.js';
import { ActButton } from './act-button.js';
import { TroubleLine } from './trouble-line.js';

export function InstallSteps({ way }: { readonly way: InstallWay }) {
  const act = useAct();
  const words = w().latch;
  if (way === 'prompt') {
    return (
      <>
        <TroubleLine trouble={act.trouble.value} />
        <ActButton
          act={act}
          look="second"
          icon="device"
          onAct={() => void act.run(async () => installPrompt.value?.prompt())}
        >
          {words.install}
        </ActButton>
      </>
    );
  }
  return (
    <ol class="bullets steps">
      {words.installSteps[way].map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}
