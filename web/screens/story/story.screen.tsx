/**
 * A handoff's page: one story from top to bottom. Who asked what, who took it, the letter, the plan
 * with its owners, the conversation at the foot; printed, it is the paper for the patient.
 */
import type { CircleId, MemberId } from '@liaison/contract/ids';
import type { HandoffView, SessionView } from '@liaison/sdk/face';
import { Page } from '../../components/page.js';
import { Empty, Ready } from '../../components/waiting.js';
import { now } from '../../state/clock.state.js';
import { actOf, patientOf } from '../../state/handoff.reading.js';
import { awaitsMe } from '../../state/handoff.standing.js';
import { useLive, valueOf } from '../../state/loaded.state.js';
import { paths } from '../../state/place.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { useMarkRead } from '../talk/mark-read.js';
import { Thread } from '../talk/thread.js';
import { AddresseeList } from './addressee-list.js';
import { AnswerBar } from './answer-bar.js';
import { Demand } from './demand.js';
import { AskedFile } from './asked-file.js';
import { Ending } from './ending.js';
import { Letter } from './letter.js';
import { MyPart } from './my-part.js';
import { Opinions } from './opinions.js';
import { Plan } from './plan.js';
import { RecordActs } from './record-acts.js';
import { SenderActs } from './sender-acts.js';

interface StoryProps {
  readonly id: CircleId;
  /** The addressee to replace, when the board's link says so: its question opens at once. */
  readonly askInstead: MemberId | null;
  readonly session: SessionView;
}

export function StoryScreen({ id, askInstead, session }: StoryProps) {
  const handoff = useLive(
    () => face.handoff(id),
    (change) =>
      ['handoffs', 'notifications'].includes(change.what) ||
      (change.what === 'circle' && change.circle === id),
    id,
  );
  useMarkRead(id, valueOf(handoff.signal.value)?.conversation.at(-1)?.id ?? null);
  return (
    <Ready of={handoff}>
      {(view) =>
        view === null ? (
          <Page title={w().frame.nowhere} back={paths.home}>
            <Empty title={w().story.gone} />
          </Page>
        ) : (
          <Story
            view={view}
            askInstead={askInstead}
            session={session}
            onChange={() => void handoff.refresh()}
          />
        )
      }
    </Ready>
  );
}

/** The whole name where the letter is readable: this page is opened on purpose. */
function titleOf(view: HandoffView): string {
  if (view.erased !== null) return w().ends.erasedTitle;
  const patient = patientOf(view);
  if (patient === null) return actOf(view) || w().home.sealed;
  const name = patient.usualName || patient.birthName;
  return `${w().story.sexes[patient.sex]} ${name} ${patient.givenNames}`.trim();
}

/** The conversation stands in the file: whoever has not taken what is asked is not in it. */
const mayTalk = ({ kind, asked }: HandoffView): boolean =>
  kind === 'discharge' || asked.state === 'open';

interface StoryBodyProps {
  readonly askInstead: MemberId | null;
  readonly view: HandoffView;
  readonly session: SessionView;
  readonly onChange: () => void;
}

function Story({ view, askInstead, session, onChange }: StoryBodyProps) {
  const words = w().story;
  return (
    <Page title={titleOf(view)} back={paths.home} wide={true}>
      <Ending view={view} />
      <Demand view={view} />
      <AddresseeList view={view} askInstead={askInstead} onChange={onChange} />
      {awaitsMe(view) && (
        <div class="sticky-answer">
          <AnswerBar view={view} />
        </div>
      )}
      <MyPart view={view} onChange={onChange} />
      {view.erased === null && <Contents view={view} session={session} onChange={onChange} />}
      {mayTalk(view) && (
        <section class="no-print" aria-labelledby="conversation">
          <h2 id="conversation">{words.conversation}</h2>
          <Thread circle={view.id} messages={view.conversation} />
        </section>
      )}
      {view.erased === null && <RecordActs view={view} />}
      <SenderActs view={view} session={session} onChange={onChange} />
    </Page>
  );
}

/** What the file says; nothing is left of it once it was erased. */
function Contents({ view, session, onChange }: Omit<StoryBodyProps, 'askInstead'>) {
  return (
    <>
      {view.iSent && <Opinions view={view} onChange={onChange} />}
      {view.kind === 'discharge' ? <Letter view={view} /> : <AskedFile view={view} />}
      {!view.iSent && <Opinions view={view} onChange={onChange} />}
      {(view.kind === 'discharge' || view.tasks.length > 0) && (
        <Plan view={view} session={session} onChange={onChange} />
      )}
      <p class="only-print">{w().story.printedAt(exactTime(now.value, now.value))}</p>
    </>
  );
}
