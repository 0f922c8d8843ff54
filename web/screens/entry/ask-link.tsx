/**
 * Whoever asks to be let in shows a card: a device of the person reads it with its camera, or
 * somebody types the code there and compares six digits. It asks by itself, so that being let in
 * costs no tap on this side. A new device and a shared post do this alike.
 */
import type { LinkAskView } from '@liaison/sdk/face.devices';
import { useEffect, useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { QrCode } from '../../components/qr-code.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { session } from '../../state/session.state.js';
import { useSteps } from '../../state/steps.state.js';
import type { Words } from '../../words/french.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

type State = LinkAskView['state'];
const OVER: readonly State[] = ['refused', 'expired'];
/** A phone that has a network has answered by then. */
const SLOW_MS = 15_000;

/** Who asks, and how they look whether somebody answered. */
export interface Asking {
  readonly ask: () => Promise<LinkAskView>;
  readonly look: () => Promise<LinkAskView | null>;
  readonly compare: (same: boolean) => Promise<LinkAskView | null>;
  /** A screen that stands for hours shows a new code to whoever comes, without being asked. */
  readonly wakes: boolean;
  readonly words: () => Words['post']['card'];
}

export const DEVICE_ASKS: Asking = {
  ask: () => face.askLink(),
  look: () => face.linkAsked(),
  compare: (same) => face.compareLink(same),
  wakes: false,
  words: () => ({ ...w().post.card, ...w().link }),
};

export const POST_ASKS: Asking = {
  ask: () => face.askPost(),
  look: () => face.postAsked(),
  compare: (same) => face.comparePost(same),
  wakes: true,
  words: () => w().post.card,
};

export function AskLink({ asking }: { readonly asking: Asking }) {
  const { view, trouble, away } = useSteps(asking.look);
  const act = useAct();
  const ask = async (): Promise<void> => {
    trouble.value = null;
    view.value = await asking.ask();
  };
  const begin = (): void => void act.run(ask);
  useEffect(() => {
    // What was asked before a reload goes on where it stood.
    void act.run(async () => {
      view.value = await asking.look();
      if (view.value === null || isOver(view.value)) await ask();
    });
  }, []);
  const shown = view.value;
  useEffect(() => {
    if (shown?.state === 'linked') void session().refresh();
  }, [shown?.state]);
  useWaking(asking.wakes && shown?.state === 'expired', begin);
  const isSlow = useSlow(shown?.state ?? null);
  const met = trouble.value ?? act.trouble.value;
  const isStuck = trouble.value !== null || isOver(shown);
  return (
    <section class="link-ask">
      <Note words={asking.words()} state={shown?.state} isAway={away.value} isSlow={isSlow} />
      {shown !== null && !isStuck && (
        <Asked asking={asking} view={shown} onView={(next) => (view.value = next)} />
      )}
      <TroubleLine trouble={met} />
      {(isSlow || isStuck || act.trouble.value !== null) && (
        <ActButton act={act} onAct={begin}>
          {w().link.again}
        </ActButton>
      )}
    </section>
  );
}

const isOver = (view: LinkAskView | null): boolean => view !== null && OVER.includes(view.state);

interface NoteProps {
  readonly words: Words['post']['card'];
  readonly state: State | undefined;
  readonly isAway: boolean;
  readonly isSlow: boolean;
}

/** What keeps it from going on, in one sentence. */
function Note({ words, state, isAway, isSlow }: NoteProps) {
  if (state === 'refused' || state === 'expired') return <p role="status">{words[state]}</p>;
  if (isAway) return <p role="status">{words.away}</p>;
  return isSlow ? <p role="status">{words.slow}</p> : null;
}

/** Somebody stands before a screen whose code had run out. */
function useWaking(isAsleep: boolean, wake: () => void): void {
  useEffect(() => {
    if (!isAsleep) return undefined;
    const events = ['pointermove', 'pointerdown', 'keydown'] as const;
    for (const event of events) addEventListener(event, wake, { once: true });
    return () => {
      for (const event of events) removeEventListener(event, wake);
    };
  }, [isAsleep]);
}

/** The other device was heard once, and then no more. */
function useSlow(state: State | null): boolean {
  const [slow, setSlow] = useState<State | null>(null);
  useEffect(() => {
    if (state !== 'granting') return undefined;
    const timer = setTimeout(() => setSlow(state), SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(null);
    };
  }, [state]);
  return state !== null && slow === state;
}

interface AskedProps {
  readonly asking: Asking;
  readonly view: LinkAskView;
  readonly onView: (view: LinkAskView | null) => void;
}

function Asked({ asking, view, onView }: AskedProps) {
  const act = useAct();
  const text = asking.words();
  const { same, different } = w().link;
  const answer = (isSame: boolean): void => {
    void act.run(async () => onView(await asking.compare(isSame)));
  };
  if (view.state === 'waiting') return <Card view={view} text={text} />;
  return (
    <>
      <p role="status">{view.state === 'compare' ? text.compareHere : text.finishThere}</p>
      <output class="link-digits">{view.digits}</output>
      {view.state === 'compare' && (
        <div class="acts">
          <ActButton act={act} onAct={() => answer(true)}>
            {same}
          </ActButton>
          <button type="button" class="second" onClick={() => answer(false)}>
            {different}
          </button>
        </div>
      )}
      <TroubleLine trouble={act.trouble.value} />
    </>
  );
}

const HALF = 4;

interface CardProps {
  readonly view: LinkAskView;
  readonly text: Words['post']['card'];
}

function Card({ view: { address, code }, text }: CardProps) {
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
