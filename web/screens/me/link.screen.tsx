/**
 * A signed-in device lets a new one in: the camera reads its card, or its code is typed here and
 * six digits are compared. An address that a camera app opened brings the card along.
 */
import type { LinkOfferView } from '@liaison/sdk/face.devices';
import { useEffect, useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Field } from '../../components/field.js';
import { Page } from '../../components/page.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { go, paths } from '../../state/place.state.js';
import { useSteps } from '../../state/steps.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { canScan, Scanner } from './scanner.js';

export function LinkScreen() {
  const { view, trouble } = useSteps(() => face.linkOffered());
  const act = useAct();
  const text = w().link;
  const open = (said: string): void => {
    trouble.value = null;
    void act.run(async () => (view.value = await face.openLink(said)));
  };
  useEffect(() => {
    if (location.hash === '') return;
    const { href } = location;
    // The card's secret must not stay in the history.
    go(paths.link, 'replace');
    open(href);
  }, []);
  const shown = view.value;
  return (
    <Page title={text.title} back={paths.me}>
      {shown === null ? (
        <Entrance busy={act.busy.value} onText={open} />
      ) : (
        <Offer view={shown} onView={(next) => (view.value = next)} />
      )}
      <TroubleLine trouble={act.trouble.value ?? trouble.value} />
    </Page>
  );
}

interface EntranceProps {
  readonly busy: boolean;
  readonly onText: (text: string) => void;
}

function Entrance({ busy, onText }: EntranceProps) {
  const [code, setCode] = useState('');
  const text = w().link;
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    onText(code);
  };
  return (
    <>
      <p class="lead">{text.how}</p>
      {canScan() && <Scanner onText={onText} />}
      <form class="link-form" onSubmit={onSubmit}>
        <Field
          label={text.codeField}
          value={code}
          remark={canScan() ? undefined : text.cameraHint}
          onValue={setCode}
        />
        <button type="submit" class="primary" aria-busy={busy}>
          {text.go}
        </button>
      </form>
    </>
  );
}

interface OfferProps {
  readonly view: LinkOfferView;
  readonly onView: (view: LinkOfferView | null) => void;
}

function Offer({ view, onView }: OfferProps) {
  const text = w().link;
  switch (view.state) {
    case 'waiting':
      return <p role="status">{text.meeting}</p>;
    case 'scanned':
    case 'compare':
      return <Decision view={view} onView={onView} />;
    case 'granted':
      return (
        <>
          <p class="lead" role="status">
            {text.done}
          </p>
          <a class="second" href={paths.me}>
            {text.seeDevices}
          </a>
        </>
      );
    case 'refused':
      return (
        <>
          <p class="lead" role="status">
            {text.refused}
          </p>
          <button type="button" class="second" onClick={() => onView(null)}>
            {text.otherCode}
          </button>
        </>
      );
  }
}

function Decision({ view, onView }: OfferProps) {
  const yes = useAct();
  const text = w().link;
  const isTyped = view.state === 'compare';
  const grant = async (): Promise<void> => {
    await face.grantLink();
    onView({ ...view, state: 'granted' });
  };
  const refuse = async (): Promise<void> => {
    await face.refuseLink();
    onView({ ...view, state: 'refused' });
  };
  return (
    <>
      <p class="lead">{isTyped ? text.compareThere : text.scanned}</p>
      {isTyped && <output class="link-digits">{view.digits}</output>}
      <p class="remark">{text.beware}</p>
      <TroubleLine trouble={yes.trouble.value} />
      <div class="acts">
        <ActButton act={yes} icon="device" onAct={() => void yes.run(grant)}>
          {isTyped ? text.sameLink : text.link}
        </ActButton>
        <button type="button" class="second" onClick={() => void yes.run(refuse)}>
          {isTyped ? text.different : text.notMine}
        </button>
      </div>
    </>
  );
}
