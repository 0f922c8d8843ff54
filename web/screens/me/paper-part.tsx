/** The recovery sheet in "Moi": its date, and a new one in its place once that was typed back. */
import type { SessionView } from '@liaison/sdk/face';
import type { RecoverySheetView } from '@liaison/sdk/face.recovery';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { RecoverySheet } from '../../components/recovery-sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useAct } from '../../state/act.state.js';
import { recovery } from '../../state/lists.state.js';
import { wholeDate } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { WordsCheck } from '../entry/words-check.js';

type Step = 'shown' | 'typed' | 'done';

export function PaperPart({ session }: { readonly session: SessionView }) {
  const [sheet, setSheet] = useState<RecoverySheetView | null>(null);
  const [step, setStep] = useState<Step>('shown');
  const act = useAct();
  const { me, identity } = w();
  const begin = async (): Promise<void> => {
    setStep('shown');
    setSheet(await face.replaceRecovery());
  };
  const keep = async (): Promise<void> => {
    await face.keepRecovery();
    setSheet(null);
  };
  const done = async (): Promise<void> => {
    setStep('done');
    setSheet(null);
    await recovery().refresh();
  };
  return (
    <section>
      <h2>{me.recovery}</h2>
      <Ready of={recovery()}>
        {({ madeAt }) => (
          <p>
            {madeAt === null ? identity.noPaper : identity.paperOf(wholeDate(madeAt))}{' '}
            {identity.paperWhy}
          </p>
        )}
      </Ready>
      {step === 'done' && <p role="status">{identity.replaced}</p>}
      <TroubleLine trouble={act.trouble.value} />
      {sheet === null ? (
        <ActButton act={act} look="second" icon="print" onAct={() => void act.run(begin)}>
          {identity.replace}
        </ActButton>
      ) : (
        <Replacing sheet={sheet} name={session.name} step={step} onStep={setStep} onDone={done}>
          <ActButton act={act} look="plain" onAct={() => void act.run(keep)}>
            {identity.keepOld}
          </ActButton>
        </Replacing>
      )}
    </section>
  );
}

interface ReplacingProps {
  readonly sheet: RecoverySheetView;
  readonly name: string;
  readonly step: Step;
  readonly onStep: (step: Step) => void;
  readonly onDone: () => Promise<void>;
  readonly children: ComponentChildren;
}

/** The words hide while they are typed, or the rehearsal would prove nothing. */
function Replacing({ sheet, name, step, onStep, onDone, children }: ReplacingProps) {
  const { entry, identity } = w();
  if (step === 'typed') {
    return <WordsCheck count={sheet.words.length} onBack={() => onStep('shown')} onDone={onDone} />;
  }
  return (
    <>
      <h3>{identity.replaceTitle}</h3>
      <RecoverySheet sheet={sheet} name={name} />
      <p class="remark">{identity.replaceHint}</p>
      <div class="acts">
        <button type="button" class="primary" onClick={() => onStep('typed')}>
          {entry.noted}
        </button>
        <button type="button" class="second" onClick={() => print()}>
          {entry.print}
        </button>
        {children}
      </div>
    </>
  );
}
