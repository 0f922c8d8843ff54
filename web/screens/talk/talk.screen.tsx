/** Conversations: the list, and on a desk the one that is open beside it. */
import type { CircleId } from '@liaison/contract/ids';
import type { ChannelView } from '@liaison/sdk/face';
import { Instant } from '../../components/instant.js';
import { DisputePart } from '../../components/dispute-part.js';
import { PartyButton } from '../../components/party-button.js';
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
import { useMarkRead } from './mark-read.js';

const titleOf = ({ title }: ChannelView): string =>
  title.state === 'open' ? title.value || w().talk.untitled : sealedSentence(title);

/** Who is in it, by name; of a large circle those who are in it themselves, and how many more. */
function Members({ channel }: { readonly channel: ChannelView }) {
  return (
    <p class="hint members">
      {channel.members.map((party) => (
        <PartyButton key={party.member} party={party} />
      ))}
      {channel.others > 0 && <span>{w().talk.others(channel.others)}</span>}
    </p>
  );
}

function TalkRow({ one, here }: { readonly one: ChannelView; readonly here: boolean }) {
  const last = one.last?.text.state === 'open' ? one.last.text.value : '';
  return (
    <a class="row" href={paths.talk(one.id)} aria-current={here ? 'true' : undefined}>
      <span class="row-head">
        <b>{titleOf(one)}</b>
        {one.unread > 0 && <b class="count">{w().frame.unread(one.unread)}</b>}
        <Instant at={one.lastAt} />
      </span>
      <span class="row-line">
        {last === '' ? w().talk.members(one.members.length + one.others) : last}
      </span>
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
  useMarkRead(id, valueOf(messages.signal.value)?.at(-1)?.id ?? null);
  return (
    <Page title={channel === undefined ? w().talk.untitled : titleOf(channel)} back={paths.talks}>
      {channel !== undefined && <Members channel={channel} />}
      <DisputePart circle={id} />
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
          <ul class="plain-list">
            {all.map((one) => (
              <li key={one.id}>
                <TalkRow one={one} here={one.id === id} />
              </li>
            ))}
          </ul>
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
