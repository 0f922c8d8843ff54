/**
 * The composer of every kind that is asked: one scrolling page, kept at each keystroke, made of the
 * discharge's own parts. The button says the one thing that is missing, and leads there.
 */
import type { AskedKind } from '@liaison/contract/handoff';
import type { CircleId, Uuid } from '@liaison/contract/ids';
import type { SessionView } from '@liaison/sdk/face';
import type { AskDraft } from '@liaison/sdk/face.care';
import { useEffect, useMemo } from 'preact/hooks';
import { Page } from '../../components/page.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { now } from '../../state/clock.state.js';
import { asks } from '../../state/lists.state.js';
import { useLive } from '../../state/loaded.state.js';
import { go, paths } from '../../state/place.state.js';
import { relativeTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { AskPart } from '../composer/ask-part.js';
import { DropDraft } from '../composer/drop-draft.js';
import { FilesPart } from '../composer/files-part.js';
import { LeaveBar } from '../composer/leave-bar.js';
import { LeavingScreen } from '../composer/leaving.screen.js';
import { PatientPart } from '../composer/patient-part.js';
import { askBlocker } from './ask.blocker.js';
import { type AskEditing, editAsk } from './ask.editing.js';
import { askInstead, freshAsk } from './ask.fresh.js';
import { leavingAsk } from './ask.leaving.js';
import { askedBy } from './ask.waves.js';
import { FilePart } from './file-part.js';
import { KindLinks } from './kind-links.js';
import { TemplatePart } from './template-part.js';
import { TurnsPart } from './turns-part.js';
import { UrgencyPart } from './urgency-part.js';

interface AskProps {
  readonly kind: AskedKind;
  readonly draft: Uuid | null;
  readonly instead: CircleId | null;
  readonly session: SessionView;
}

type OpenProps = Omit<AskProps, 'draft'> & { readonly id: Uuid };

/** Null for one that was sent and waits for the server. */
async function openAsk({ kind, id, instead, session }: OpenProps): Promise<AskDraft | null> {
  const { leaving } = await face.connection();
  if (leaving.some(({ draft, refusal }) => draft === id && refusal === null)) return null;
  const kept = (await face.asks()).find((draft) => draft.id === id);
  if (kept !== undefined) return kept;
  const present = Date.now();
  const fresh = freshAsk(kind, id, session, present);
  const replaced = instead === null ? null : await face.handoff(instead);
  return replaced === null ? fresh : askInstead(fresh, replaced, present);
}

export function AskScreen({ kind, draft, instead, session }: AskProps) {
  useEffect(() => {
    // A new draft gets its own address at once, so that coming back finds it.
    if (draft === null) go(paths.ask(kind, crypto.randomUUID() as Uuid, instead), 'replace');
  }, [draft]);
  if (draft === null) return null;
  return <OpenAsk kind={kind} id={draft} instead={instead} session={session} />;
}

function OpenAsk(props: OpenProps) {
  const opened = useLive(
    () => openAsk(props),
    () => false,
    props.id,
  );
  return (
    <Ready of={opened}>
      {(first) =>
        first === null ? (
          <LeavingScreen id={props.id} />
        ) : (
          <Composer first={first} session={props.session} />
        )
      }
    </Ready>
  );
}

interface BodyProps {
  readonly first: AskDraft;
  readonly session: SessionView;
}

function Composer({ first, session }: BodyProps) {
  const editing = useMemo(() => editAsk(first, (draft) => face.saveAsk(draft)), [first]);
  // Whoever goes back finds it in the list.
  useEffect(() => () => void asks().refresh(), []);
  const words = w();
  const { kind, savedAt, supersedes, file, attachments } = editing.draft.value;
  return (
    <Page
      title={supersedes === null ? words.ask.titles[kind] : words.composer.titleInstead}
      back={paths.home}
      desk={true}
    >
      {supersedes === null && <KindLinks current={kind} />}
      <form class="composer" onSubmit={(event) => event.preventDefault()}>
        <p class="hint">{words.composer.saved(relativeTime(savedAt, now.value))}</p>
        <TroubleLine trouble={editing.trouble.value} />
        <div class="composer-side">
          {kind === 'request' && <TemplatePart editing={editing} />}
          <AskPart editing={editing} session={session} label={words.ask.lines[kind]} />
          <PatientPart patient={file.patient} onPatient={editing.changePatient} />
          <FilePart editing={editing} />
          <FilesPart
            files={attachments}
            onFiles={(files) => editing.change({ attachments: files })}
          />
        </div>
        <div class="composer-side">
          <TurnsPart editing={editing} />
          <UrgencyPart editing={editing} />
          <DropDraft id={first.id} />
        </div>
        <LeaveAsk editing={editing} />
      </form>
    </Page>
  );
}

function LeaveAsk({ editing }: { readonly editing: AskEditing }) {
  const words = w().ask;
  const draft = editing.draft.value;
  const { length } = askedBy(draft);
  return (
    <LeaveBar
      id={draft.id}
      blocker={askBlocker(draft, now.value)}
      word={words.send(length)}
      gone={words.sent}
      settled={editing.settled}
      leave={() => face.ask(leavingAsk(editing.draft.value, Date.now()))}
    />
  );
}
