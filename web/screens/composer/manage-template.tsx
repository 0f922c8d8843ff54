/** What a team does with a template of its own: copy it to another of my teams, or retire it. */
import type { PartyView, SessionView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { partyName } from '../../components/party-name.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { templates } from '../../state/lists.state.js';
import { relativeTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { Icon } from '../../components/icon.js';
import type { Offered } from './template.offers.js';

interface ManageProps {
  readonly one: Offered;
  readonly session: SessionView;
}

export function ManageTemplate({ one, session }: ManageProps) {
  const [open, setOpen] = useState(false);
  const words = w().templates;
  return (
    <>
      <button
        type="button"
        class="plain round"
        aria-label={words.manage(one.ref.name)}
        onClick={() => setOpen(true)}
      >
        <Icon name="pencil" />
      </button>
      {open && <ManageSheet one={one} session={session} onClose={() => setOpen(false)} />}
    </>
  );
}

function ManageSheet({ one, session, onClose }: ManageProps & { readonly onClose: () => void }) {
  const act = useAct();
  const words = w().templates;
  const { view, template, ref } = one;
  if (view === null) return null;
  const others = session.teams.filter(({ member }) => member !== view.team.member);
  const finish = async (doing: Promise<unknown>, said: string): Promise<void> => {
    await doing;
    announce(said);
    await templates().refresh();
    onClose();
  };
  const copy = (team: PartyView): Promise<void> => {
    const copied = { ...template, copiedFrom: ref };
    return finish(face.saveTemplate(team.member, copied), words.copied(partyName(team)));
  };
  return (
    <Sheet title={ref.name} onClose={onClose}>
      <p>
        {`${partyName(view.team)} · ${words.version(view.version)} · `}
        {words.savedBy(view.savedBy.name, relativeTime(view.savedAt, now.value))}
      </p>
      <div class="acts">
        {others.map((team) => (
          <ActButton
            key={team.member}
            act={act}
            look="second"
            onAct={() => void act.run(() => copy(team))}
          >
            {words.copyTo(partyName(team))}
          </ActButton>
        ))}
        <ActButton
          act={act}
          look="danger"
          onAct={() =>
            void act.run(() =>
              finish(face.retireTemplate(view.team.member, view.id), words.retired),
            )
          }
        >
          {words.retire}
        </ActButton>
      </div>
      <TroubleLine trouble={act.trouble.value} />
    </Sheet>
  );
}
