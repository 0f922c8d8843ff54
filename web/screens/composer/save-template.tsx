/**
 * Saving what stands in a draft as a template of the team. Before anything is saved the sheet says
 * what is kept and what of the patient is left behind, and shows the words that will be kept.
 */
import type { MemberId } from '@liaison/contract/ids';
import { PATHWAYS } from '@liaison/contract/template.lists';
import type { Pathway } from '@liaison/contract/template';
import type { HandoffDraft, SessionView } from '@liaison/sdk/face';
import { useId, useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Choice } from '../../components/choice.js';
import { Field } from '../../components/field.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { templates } from '../../state/lists.state.js';
import { partyOf } from '../../state/party.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import type { Editing } from './draft.editing.js';
import { strip, type Stripped } from './template.reading.js';
import { type Offered, useTemplates } from './template.offers.js';

interface SaveTemplateProps {
  readonly editing: Editing;
  readonly session: SessionView;
}

export function SaveTemplate({ editing, session }: SaveTemplateProps) {
  const [open, setOpen] = useState(false);
  if (session.teams.length === 0) return null;
  return (
    <>
      <button type="button" class="plain" onClick={() => setOpen(true)}>
        {w().templates.save}
      </button>
      {open && <SaveSheet editing={editing} session={session} onClose={() => setOpen(false)} />}
    </>
  );
}

interface SheetProps extends SaveTemplateProps {
  readonly onClose: () => void;
}

/** What is chosen in the sheet so far, and the template that it makes. */
function useNaming(draft: HandoffDraft, session: SessionView) {
  const { ours, starters } = useTemplates();
  const from = draft.letter.template ?? null;
  const begun = [...ours, ...starters].find(({ ref }) => ref.template === from?.template) ?? null;
  const base = begun?.template ?? null;
  const [name, setName] = useState(from?.name ?? '');
  const [chosen, setPathway] = useState<Pathway | null>(null);
  const [team, setTeam] = useState<MemberId>(teamOf(draft.from, session));
  const own = ownOf(begun, team, name.trim());
  const copiedFrom = own === null ? from : own.template.copiedFrom;
  const pathway = chosen ?? base?.pathway ?? 'other';
  const made = strip(draft, { name, pathway, base, copiedFrom, now: now.value, partyOf });
  return { name, setName, setPathway, team, setTeam, own, made };
}

/** The same team saves the next version of its own; anything else begins a new one. */
function ownOf(begun: Offered | null, team: MemberId, name: string): Offered | null {
  return begun?.view?.team.member === team && begun.ref.name === name ? begun : null;
}

function SaveSheet({ editing, session, onClose }: SheetProps) {
  const act = useAct();
  const words = w().templates;
  const naming = useNaming(editing.draft.value, session);
  const { team, own, made } = naming;
  const save = async (): Promise<void> => {
    await face.saveTemplate(team, made.template, own?.ref.template);
    announce(words.saved(made.template.name));
    await templates().refresh();
    onClose();
  };
  return (
    <Sheet title={words.saveTitle} onClose={onClose}>
      <p>{words.saveHint}</p>
      <Field label={words.name} value={naming.name} onValue={naming.setName} />
      {session.teams.length > 1 && (
        <TeamChoice session={session} team={team} onTeam={naming.setTeam} />
      )}
      <Choice
        legend={words.pathway}
        options={PATHWAYS.map((one) => [one, words.pathways[one]] as const)}
        value={made.template.pathway}
        onValue={naming.setPathway}
      />
      <Sorted made={made} />
      <TroubleLine trouble={act.trouble.value} />
      {made.template.name !== '' && made.kept.length > 0 && (
        <ActButton act={act} icon="check" onAct={() => void act.run(save)}>
          {own === null ? words.saveNew : words.saveVersion(own.ref.version + 1)}
        </ActButton>
      )}
    </Sheet>
  );
}

/** Whoever sends alone still keeps templates in a team. */
function teamOf(from: MemberId, { teams }: SessionView): MemberId {
  return teams.find(({ member }) => member === from)?.member ?? teams[0]?.member ?? from;
}

interface TeamChoiceProps {
  readonly session: SessionView;
  readonly team: MemberId;
  readonly onTeam: (team: MemberId) => void;
}

function TeamChoice({ session, team, onTeam }: TeamChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{w().templates.team}</label>
      <select
        id={id}
        value={team}
        onChange={(event) => onTeam(event.currentTarget.value as MemberId)}
      >
        {session.teams.map((one) => (
          <option key={one.member} value={one.member}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What is kept, in its very words, and what is left behind. */
function Sorted({ made: { template, kept, leftOut, blanked } }: { readonly made: Stripped }) {
  const words = w().templates;
  return (
    <>
      <h3>{words.keptTitle}</h3>
      <p>{kept.length === 0 ? words.nothingKept : kept.map((one) => words.kept[one]).join(', ')}</p>
      {leftOut.length > 0 && (
        <>
          <h3>{words.leftTitle}</h3>
          <p>{leftOut.map((one) => words.leftOut[one]).join(', ')}</p>
        </>
      )}
      {blanked > 0 && <p class="missing">{words.blanked(blanked)}</p>}
      {kept.length > 0 && (
        <details class="fold">
          <summary>{words.read}</summary>
          {template.act !== '' && <p>{template.act}</p>}
          {template.followUp !== '' && <p class="clinical">{template.followUp}</p>}
          <ul class="bullets">
            {template.tasks.map(({ title, detail }, at) => (
              <li key={`${at}-${title}`}>{detail === '' ? title : `${title} (${detail})`}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
