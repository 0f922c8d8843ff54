/**
 * The two answers to a request. Taking is one press; declining opens its reasons, each of which is
 * the answer, so that nobody fills a form to say that there is no room.
 */
import { partyName } from '../../components/party-name.js';
import { DeclineMenu } from './decline-menu.js';
import type { HandoffView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { answeringMember, mineUnanswered } from '../../state/handoff.standing.js';
import { busyWord, handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function AnswerBar({ view }: { readonly view: HandoffView }) {
  const act = useAct();
  const words = w().home;
  const asked = mineUnanswered(view);
  const mine = answeringMember(view);
  if (mine === null) return null;
  const [first, second] = asked;
  const label =
    first !== undefined && second !== undefined ? words.takeAs(partyName(first.party)) : words.take;
  const take = async (): Promise<void> => {
    await face.accept(view.id, mine, '');
    announce(words.taken);
    await handoffs().refresh();
  };
  return (
    <div class="answer">
      <div class="answer-acts">
        <ActButton act={act} icon="check" busyWord={busyWord()} onAct={() => void act.run(take)}>
          {label}
        </ActButton>
        <DeclineMenu view={view} mine={mine} act={act} />
      </div>
      <TroubleLine trouble={act.trouble.value} />
    </div>
  );
}
