/**
 * A signed-in device lets a new one in: the camera reads its card, or its code is typed here and
 * six digits are compared. An address that a camera app opened brings the card along.
 */
import type { LinkOfferView } from '@liaison/sdk/face.devices';
import { useEffect, useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Field } from '../../components/field.js';
import { Page } from '../../components/page.js';
import { canScan, Scanner } from '../../components/scanner.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { go, paths } from '../../state/place.state.js';
import { useSteps } from '../../state/steps.state.js';
import { deadline } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function LinkScreen() {
  const { view, trouble } = useSteps(() => face.linkOffered());
  const act = useAct();
  const text = w().link;
  const open = (said: string): void => {
    trouble.value = null;
    void act.run(async () => (view.value = await face.openLink(said)));
  };
  useEffect(() => {
    const openCard = (): void => {
      if (location.hash === '') return;
      const { href } = location;
      // The card's secret must not stay in the history.
      go(paths.link, 'replace');
      open(href);
    };
    openCard();
    // A camera that finds this very screen open leads to it once more, without loading it.
    addEventListener('hashchange', openCard);
    return () => removeEventListener('hashchange', openCard);
  }, []);
  const again = (): void => {
    view.value = null;
    trouble.value = null;
  };
  const shown = view.value;
  return (
    <Page title={shown?.wish === 'post' ? w().post.askTitle : text.title} back={paths.me}>
      {shown === null ? (
        <Entrance busy={act.busy.value} onText={open} />
      ) : (
        <Offer view={shown} onView={(next) => (view.value = next)} />
      )}
      <TroubleLine trouble={act.trouble.value ?? trouble.value} />
      {shown !== null && trouble.value !== null && (
        <button type="button" class="second" onClick={again}>
          {text.otherCode}
        </button>
      )}
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
      if (view.lendsUntil !== null) return <PostOpened until={view.lendsUntil} />;
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
            {view.wish === 'post' ? w().post.notOpened : text.refused}
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
  const words = view.wish === 'post' ? wordsOfPost(isTyped) : wordsOfDevice(isTyped);
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
      {view.lendsUntil !== null && (
        <p class="post-lends">{w().post.lends(deadline(view.lendsUntil, now.value))}</p>
      )}
      <p class="lead">{words.question}</p>
      {isTyped && <output class="link-digits">{view.digits}</output>}
      <p class="remark">{words.beware}</p>
      <TroubleLine trouble={yes.trouble.value} />
      <div class="acts">
        <ActButton act={yes} icon="device" onAct={() => void yes.run(grant)}>
          {words.yes}
        </ActButton>
        <button type="button" class="second" onClick={() => void yes.run(refuse)}>
          {isTyped ? text.different : words.no}
        </button>
      </div>
      {yes.trouble.value !== null && (
        <button type="button" class="plain" onClick={() => onView(null)}>
          {text.otherCode}
        </button>
      )}
    </>
  );
}

function wordsOfDevice(isTyped: boolean) {
  const { compareThere, scanned, beware, sameLink, link, notMine } = w().link;
  const question = isTyped ? compareThere : scanned;
  return { question, beware, yes: isTyped ? sameLink : link, no: notMine };
}

function wordsOfPost(isTyped: boolean) {
  const { ask, compareThere, beware, openSame, open, notOpen } = w().post;
  const question = isTyped ? compareThere : ask;
  return { question, beware, yes: isTyped ? openSame : open, no: notOpen };
}

function PostOpened({ until }: { readonly until: number }) {
  const words = w().post;
  return (
    <>
      <p class="lead" role="status">
        {words.opened(deadline(until, now.value))}
      </p>
      <p>{words.openedHint}</p>
      <a class="second" href={paths.me}>
        {words.mine}
      </a>
    </>
  );
}
