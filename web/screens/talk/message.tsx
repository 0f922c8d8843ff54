/** One message: who, what, when; for mine also whether it left, and a way to send it again. */
import type { MessageView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { Instant } from '../../components/instant.js';
import { PersonButton } from '../../components/person-card.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { Trouble } from '../../worker/trouble.js';
import { Sealed } from '../story/sealed.js';
import { FileList } from './file-list.js';

export function Message({ message }: { readonly message: MessageView }) {
  const words = w().talk;
  return (
    <li class={message.mine ? 'message mine' : 'message'}>
      <p class="message-head">
        {message.mine ? <b>{words.you}</b> : <PersonButton person={message.author} />}
        <Instant at={message.at} />
      </p>
      <Sealed of={message.text}>{(text) => <p class="message-text">{text}</p>}</Sealed>
      <FileList circle={message.circle} files={message.attachments} />
      {message.mine && <Delivery message={message} />}
    </li>
  );
}

function Delivery({ message }: { readonly message: MessageView }) {
  const act = useAct();
  const words = w().talk;
  switch (message.delivery) {
    case 'sending':
      return <StateMark tone="pending" shape="clock" word={words.sending} />;
    case 'sent':
      return <StateMark tone="quiet" shape="check" word={words.sent} />;
    case 'refused':
      return (
        <div class="refused">
          <StateMark tone="late" shape="cross" word={words.refused} />
          {message.refusal !== null && <TroubleLine trouble={new Trouble(message.refusal)} />}
          <ActButton
            act={act}
            look="second"
            onAct={() => void act.run(() => face.retry(message.circle, message.id))}
          >
            {words.retry}
          </ActButton>
        </div>
      );
  }
}
