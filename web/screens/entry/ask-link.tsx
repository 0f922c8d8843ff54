/**
 * The new device shows its card: another device's camera reads it, or somebody types the code there
 * and compares six digits. It asks by itself, so that linking costs no tap on this side.
 */
import type { LinkAskView } from '@liaison/sdk/face.devices';
import { useEffect } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { QrCode } from '../../components/qr-code.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { session } from '../../state/session.state.js';
import { useSteps } from '../../state/steps.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

const OVER: readonly LinkAskView['state'][] = ['refused', 'expired'];

export function AskLink() {
  const { view, trouble } = useSteps(() => face.linkAsked());
  const act = useAct();
  const text = w().link;
  const ask = async (): Promise<void> => {
    trouble.value = null;
    view.value = await face.askLink();
  };
  useEffect(() => {
    // What was asked before a reload goes on where it stood.
    void act.run(async () => {
      view.value = await face.linkAsked();
      if (view.value === null || OVER.includes(view.value.state)) await ask();
    });
  }, []);
  const shown = view.value;
  useEffect(() => {
    if (shown?.state === 'linked') void session().refresh();
  }, [shown?.state]);
  const isOver = trouble.value !== null || (shown !== null && OVER.includes(shown.state));
  return (
    <section class="link-ask">
      {shown !== null && !isOver && <Asked view={shown} onView={(next) => (view.value = next)} />}
      {shown !== null && OVER.includes(shown.state) && (
        <p role="status">{shown.state === 'expired' ? text.expired : text.refused}</p>
      )}
      <TroubleLine trouble={trouble.value ?? act.trouble.value} />
      {(isOver || act.trouble.value !== null) && (
        <ActButton act={act} onAct={() => void act.run(ask)}>
          {text.again}
        </ActButton>
      )}
    </section>
  );
}

interface AskedProps {
  readonly view: LinkAskView;
  readonly onView: (view: LinkAskView | null) => void;
}

function Asked({ view, onView }: AskedProps) {
  const act = useAct();
  const text = w().link;
  const answer = (same: boolean): void => {
    void act.run(async () => onView(await face.compareLink(same)));
  };
  if (view.state === 'waiting') return <Card view={view} />;
  return (
    <>
      <p role="status">{view.state === 'compare' ? text.compareHere : text.finishThere}</p>
      <output class="link-digits">{view.digits}</output>
      {view.state === 'compare' && (
        <div class="acts">
          <ActButton act={act} onAct={() => answer(true)}>
            {text.same}
          </ActButton>
          <button type="button" class="second" onClick={() => answer(false)}>
            {text.different}
          </button>
        </div>
      )}
      <TroubleLine trouble={act.trouble.value} />
    </>
  );
}

const HALF = 4;

function Card({ view: { address, code } }: { readonly view: LinkAskView }) {
  const text = w().link;
  return (
    <>
      <p>{text.scanMe}</p>
      <QrCode text={address} label={text.qrLabel} />
      <p>{text.orType}</p>
      <p class="link-code" translate={false}>
        {code.slice(0, HALF)} <span>{code.slice(HALF)}</span>
      </p>
    </>
  );
}
