/** Opens a conversation with one party, named after them until somebody gives it a subject. */
import type { PartyView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { channels } from '../../state/lists.state.js';
import { go, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

/** The conversation with exactly this party, if there is one already. */
async function talkWith(party: PartyView): Promise<string> {
  const known = (await face.channels()).find(
    ({ members }) => members.length === 2 && members.some(({ member }) => member === party.member),
  );
  const id = known?.id ?? (await face.createChannel(party.name, [party.member]));
  await channels().refresh();
  return paths.talk(id);
}

export function WriteButton({ party }: { readonly party: PartyView }) {
  const act = useAct();
  const words = w().people;
  return (
    <span>
      <ActButton
        act={act}
        look="second"
        icon="talk"
        label={`${words.write} : ${party.name}`}
        onAct={() => void act.run(async () => go(await talkWith(party)))}
      >
        {words.write}
      </ActButton>
      <TroubleLine trouble={act.trouble.value} />
    </span>
  );
}
