/**
 * A conversation: messages with where each of mine stands, and the line to write the next. What is
 * typed stays typed until it is on its way.
 */
import type { CircleId } from '@liaison/contract/ids';
import type { MessageView } from '@liaison/sdk/face';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../../state/announce.state.js';
import { w } from '../../words/words.js';
import { Message } from './message.js';
import { WriteBar } from './write-bar.js';

interface ThreadProps {
  readonly circle: CircleId;
  readonly messages: readonly MessageView[];
}

export function Thread({ circle, messages }: ThreadProps) {
  const seen = useRef(messages.length);
  useEffect(() => {
    const last = messages.at(-1);
    if (messages.length > seen.current && last !== undefined && !last.mine) {
      announce(w().talk.from(last.author.name));
    }
    seen.current = messages.length;
  }, [messages]);
  return (
    <div class="thread">
      {messages.length === 0 && <p class="hint">{w().talk.empty}</p>}
      <ol class="messages">
        {messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ol>
      <WriteBar circle={circle} />
    </div>
  );
}
