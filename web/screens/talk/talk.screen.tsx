/** Conversations: the list, and on a desk the one that is open beside it. */
import type { CircleId } from '@liaison/contract/ids';
import type { ChannelView } from '@liaison/sdk/face';
import { useEffect } from 'preact/hooks';
import { Instant } from '../../components/instant.js';
import { Page } from '../../components/page.js';
import { Empty, Ready } from '../../components/waiting.js';
import { channels } from '../../state/lists.state.js';
import { useLive, valueOf } from '../../state/loaded.state.js';
import { paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { sealedSentence } from '../story/sealed.js';
import { NewTalk } from './new-talk.js';
import { Thread } from './thread.js';

const titleOf = ({ title }: ChannelView): string =>
  title.state === 'open' ? title.value || w().talk.untitled : sealedSentence(title);

function TalkRow({ one, here }: { readonly one: ChannelView; readonly here: boolean }) {
  const last = one.last?.text.state === 'open' ? one.last.text.value : '';
  return (
    <a class="row" href={paths.talk(one.id)} aria-current={here ? 'true' : undefined}>
      <span class="row-head">
        <b>{titleOf(one)}</b>
        {one.unread > 0 && <b class="count">{w().frame.unread(one.unread)}</b>}
        <Instant at={one.lastAt} />
      </span>
      <span class="row-line">{last === '' ? w().talk.members(one.members.length) : last}</span>
    </a>
  );
}

function OpenTalk({ id }: { readonly id: CircleId }) {
  const messages = useLive(
    () => face.messages(id),
    (change) => change.what === 'circle' && change.circle === id,
    id,
  );
  const list = valueOf(channels().signal.value) ?? [];
  const channel = list.find((one) => one.id === id);
  const loaded = messages.signal.value;
  useEffect(() => {
    // What stands on screen was read; without a network it is said later.
    if (loaded.state === 'ready') face.markRead(id).catch(() => undefined);
  }, [loaded]);
  return (
    <Page title={channel === undefined ? w().talk.untitled : titleOf(channel)} back={paths.talks}>
      {channel !== undefined && (
        <p class="hint">{channel.members.map(({ name }) => name).join(', ')}</p>
      )}
      <Ready of={messages}>{(all) => <Thread circle={id} messages={all} />}</Ready>
    </Page>
  );
}

export function TalkScreen({ id }: { readonly id: CircleId | null }) {
  const words = w().talk;
  const list = (
    <Ready of={channels()}>
      {(all) => (
        <>
          {all.length === 0 && (
            <Empty title={words.none}>
              <a class="second" href={paths.people}>
                {words.toPeople}
              </a>
            </Empty>
          )}
          {all.map((one) => (
            <TalkRow key={one.id} one={one} here={one.id === id} />
          ))}
        </>
      )}
    </Ready>
  );
  if (id !== null) {
    return (
      <div class="two">
        <nav class="beside" aria-label={words.title}>
          {list}
        </nav>
        <OpenTalk key={id} id={id} />
      </div>
    );
  }
  return (
    <Page title={words.title}>
      <NewTalk />
      {list}
    </Page>
  );
}
