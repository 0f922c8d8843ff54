/** Which of a person's activities they act in: each is one tap, none is chosen for them. */
import type { SessionView } from '@liaison/sdk/face';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { showSession } from '../../state/session.state.js';
import { readable } from '../../words/readable.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { EntryFrame } from './entry-frame.js';

export function RoleScreen({ session }: { readonly session: SessionView }) {
  const act = useAct();
  const words = w();
  const choose = (role: string): void => {
    void act.run(async () => showSession(await face.chooseRole(role)));
  };
  return (
    <EntryFrame title={words.entry.roleTitle}>
      <ul class="choices">
        {session.roles.map((role) => (
          <li key={role.id}>
            <button type="button" class="second tall" onClick={() => choose(role.id)}>
              <b>{words.people.profession(role.profession)}</b>
              <span>{readable(role.structure)}</span>
            </button>
          </li>
        ))}
      </ul>
      <TroubleLine trouble={act.trouble.value} />
      <p class="remark">{words.entry.roleHint}</p>
    </EntryFrame>
  );
}
