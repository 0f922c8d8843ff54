/**
 * The composer: one scrolling page from the patient to the button, kept at each keystroke. It never
 * shows a list of errors: the button itself says the one thing that is missing, and leads there.
 */
import type { CircleId, Uuid } from '@liaison/contract/ids';
import type { HandoffDraft, SessionView } from '@liaison/sdk/face';
import { useEffect, useMemo } from 'preact/hooks';
import { Page } from '../../components/page.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { now } from '../../state/clock.state.js';
import { drafts } from '../../state/lists.state.js';
import { useLive } from '../../state/loaded.state.js';
import { go, paths } from '../../state/place.state.js';
import { relativeTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { KindLinks } from '../ask/kind-links.js';
import { AddresseePart } from './addressee-part.js';
import { AskPart } from './ask-part.js';
import { edit } from './draft.editing.js';
import { draftInstead, freshDraft } from './draft.fresh.js';
import { DropDraft } from './drop-draft.js';
import { DuePart } from './due-part.js';
import { FilesPart } from './files-part.js';
import { LeavingScreen } from './leaving.screen.js';
import { LetterPart } from './letter-part.js';
import { PatientPart } from './patient-part.js';
import { PlanPart } from './plan-part.js';
import { SaveTemplate } from './save-template.js';
import { SendBar } from './send-bar.js';
import { TemplatePart } from './template-part.js';

interface ComposerProps {
  readonly draft: Uuid | null;
  readonly instead: CircleId | null;
  readonly session: SessionView;
}

/** Null for one that was sent and waits for the server. */
async function openDraft(
  id: Uuid,
  instead: CircleId | null,
  session: SessionView,
): Promise<HandoffDraft | null> {
  const { leaving } = await face.connection();
  if (leaving.some(({ draft, refusal }) => draft === id && refusal === null)) return null;
  const kept = (await face.drafts()).find((draft) => draft.id === id);
  if (kept !== undefined) return kept;
  const replaced = instead === null ? null : await face.handoff(instead);
  const present = Date.now();
  return replaced === null
    ? freshDraft(id, session, present)
    : draftInstead(id, session, replaced, present);
}

export function ComposerScreen({ draft, instead, session }: ComposerProps) {
  useEffect(() => {
    // A new draft gets its own address at once, so that coming back finds it.
    if (draft !== null) return;
    const path = paths.compose(crypto.randomUUID() as Uuid);
    go(instead === null ? path : `${path}?remplace=${instead}`, 'replace');
  }, [draft]);
  return draft === null ? null : <OpenComposer id={draft} instead={instead} session={session} />;
}

interface OpenProps extends Omit<ComposerProps, 'draft'> {
  readonly id: Uuid;
}

function OpenComposer({ id, instead, session }: OpenProps) {
  const opened = useLive(
    () => openDraft(id, instead, session),
    () => false,
    id,
  );
  return (
    <Ready of={opened}>
      {(first) =>
        first === null ? <LeavingScreen id={id} /> : <Composer first={first} session={session} />
      }
    </Ready>
  );
}

interface BodyProps {
  readonly first: HandoffDraft;
  readonly session: SessionView;
}

function Composer({ first, session }: BodyProps) {
  const editing = useMemo(() => edit(first, (draft) => face.saveDraft(draft)), [first]);
  // Whoever goes back finds it in the list.
  useEffect(() => () => void drafts().refresh(), []);
  const words = w().composer;
  const { savedAt, supersedes } = editing.draft.value;
  return (
    <Page
      title={supersedes === null ? words.title : words.titleInstead}
      back={paths.home}
      desk={true}
    >
      {supersedes === null && <KindLinks current="discharge" />}
      <form class="composer" onSubmit={(event) => event.preventDefault()}>
        <p class="hint">{words.saved(relativeTime(savedAt, now.value))}</p>
        <TroubleLine trouble={editing.trouble.value} />
        <div class="composer-side">
          <TemplatePart editing={editing} session={session} />
          <PatientPart
            patient={editing.draft.value.letter.patient}
            onPatient={editing.changePatient}
          />
          <LetterPart editing={editing} />
        </div>
        <div class="composer-side">
          <PlanPart editing={editing} />
          <AddresseePart editing={editing} />
          <AskPart editing={editing} session={session} />
          <DuePart editing={editing} />
          <FilesPart
            files={editing.draft.value.attachments}
            onFiles={(attachments) => editing.change({ attachments })}
          />
          <SaveTemplate editing={editing} session={session} />
          <DropDraft id={first.id} />
        </div>
        <SendBar editing={editing} />
      </form>
    </Page>
  );
}
