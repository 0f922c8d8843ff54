/** Inviting somebody whom the national provider does not know: a link, given on one's own word. */
import type { SessionView } from '@liaison/sdk/face';
import { useId, useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Choice } from '../../components/choice.js';
import { Field } from '../../components/field.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

type InvitedRole = 'coordinator' | 'secretary' | 'intern' | 'hospital-it' | 'other';

export function InvitePart({ session }: { readonly session: SessionView }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<InvitedRole>('secretary');
  const [link, setLink] = useState<string | null>(null);
  const act = useAct();
  const { people, me } = w();
  const { profession } = people;
  const create = async (): Promise<void> => {
    if (name.trim() === '') return;
    setLink((await face.invite(name.trim(), role)).link);
  };
  return (
    <details class="fold">
      <summary>{people.invite}</summary>
      <p class="hint">{people.inviteHint}</p>
      {session.community !== null && (
        <p>
          {me.community} : {session.community.name}
        </p>
      )}
      <Field label={people.inviteName} value={name} onValue={setName} />
      <Choice<InvitedRole>
        legend={people.inviteRole}
        options={[
          ['secretary', profession('secretary')],
          ['coordinator', profession('coordinator')],
          ['intern', profession('intern')],
          ['hospital-it', profession('hospital-it')],
          ['other', profession('other')],
        ]}
        value={role}
        onValue={setRole}
      />
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="second" onAct={() => void act.run(create)}>
        {people.inviteGo}
      </ActButton>
      {link !== null && <InviteLink link={link} />}
    </details>
  );
}

function InviteLink({ link }: { readonly link: string }) {
  const [copied, setCopied] = useState(false);
  const id = useId();
  const words = w().people;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <div class="field">
      <label for={id}>{words.inviteLink}</label>
      <input id={id} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="second" onClick={() => void copy()}>
        {copied ? words.copied : words.copy}
      </button>
    </div>
  );
}
