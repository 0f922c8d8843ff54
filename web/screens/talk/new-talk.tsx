/** Opens a conversation: a subject that names no patient, and whom it is with. */
import type { PartyView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Field } from '../../components/field.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { channels } from '../../state/lists.state.js';
import { go, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { ChosenParties } from '../composer/chosen-parties.js';
import { PartySearch } from '../composer/party-search.js';

export function NewTalk() {
  const [subject, setSubject] = useState('');
  const [chosen, setChosen] = useState<readonly PartyView[]>([]);
  const act = useAct();
  const words = w().talk;
  const start = async (): Promise<void> => {
    if (subject.trim() === '' || chosen.length === 0) return;
    const members = chosen.map(({ member }) => member);
    const circle = await face.createChannel(subject.trim(), members);
    await channels().refresh();
    go(paths.talk(circle));
  };
  return (
    <details class="fold">
      <summary>{words.newTitle}</summary>
      <Field label={words.subject} value={subject} onValue={setSubject} />
      <h3>{words.withWhom}</h3>
      <ChosenParties
        parties={chosen}
        onRemove={(member) => setChosen(chosen.filter((one) => one.member !== member))}
      />
      <PartySearch
        chosen={chosen.map(({ member }) => member)}
        hint=""
        onChoose={(party) => setChosen([...chosen, party])}
      />
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} onAct={() => void act.run(start)}>
        {words.start}
      </ActButton>
    </details>
  );
}
