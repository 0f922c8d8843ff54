/**
 * What happened, newest first, each leading to where it happened; and whether to be told by mail.
 */
import type { NotificationView } from '@liaison/sdk/face';
import { Instant } from '../../components/instant.js';
import { Page } from '../../components/page.js';
import { partyName } from '../../components/party-name.js';
import { Empty, Ready } from '../../components/waiting.js';
import { now } from '../../state/clock.state.js';
import { patientShort } from '../../state/handoff.reading.js';
import { handoffs, notifications } from '../../state/lists.state.js';
import { valueOf } from '../../state/loaded.state.js';
import { paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { MailPreference } from './mail-preference.js';

type Reason = keyof ReturnType<typeof w>['news']['reasons'];

function sentenceOf(kind: string): string {
  const words = w().news;
  return Object.hasOwn(words.reasons, kind) ? words.reasons[kind as Reason] : words.other;
}

function addressOf({ kind, circle }: NotificationView): string {
  // What waits for somebody whom I stand in for is told without saying where: it is on my home.
  if (kind === 'stand-in') return paths.home;
  if (circle === null || kind === 'device-changed') return paths.me;
  const isTalk = kind === 'mentioned' || kind === 'message-posted';
  return isTalk ? paths.talk(circle) : paths.handoff(circle);
}

async function read(ids: readonly NotificationView['id'][]): Promise<void> {
  if (ids.length === 0) return;
  await face.notificationsRead(ids);
  await notifications().refresh();
}

/** What this device knows of it: the notice itself says nothing of patients. */
function aboutOf({ circle }: NotificationView): string | null {
  const view = valueOf(handoffs().signal.value)?.find(({ id }) => id === circle);
  if (view === undefined) return null;
  return `${patientShort(view, now.value)} · ${partyName(view.sender)}`;
}

function NewsRow({ one }: { readonly one: NotificationView }) {
  const fresh = one.readAt === null;
  const about = aboutOf(one);
  return (
    <a
      class={fresh ? 'row fresh' : 'row'}
      href={addressOf(one)}
      onClick={() => void read(fresh ? [one.id] : [])}
    >
      <span class="row-head">
        {fresh ? <b>{sentenceOf(one.kind)}</b> : <span>{sentenceOf(one.kind)}</span>}
        <Instant at={one.at} />
      </span>
      {about !== null && <span class="row-line">{about}</span>}
    </a>
  );
}

export function NewsScreen() {
  const words = w().news;
  return (
    <Page title={words.title}>
      <Ready of={notifications()}>
        {(list) => {
          const fresh = list.filter(({ readAt }) => readAt === null).map(({ id }) => id);
          return (
            <>
              {list.length === 0 && <Empty title={words.none} />}
              {fresh.length > 1 && (
                <button type="button" class="plain" onClick={() => void read(fresh)}>
                  {words.readAll}
                </button>
              )}
              <ul class="plain-list">
                {list.map((one) => (
                  <li key={one.id}>
                    <NewsRow one={one} />
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Ready>
      <MailPreference />
    </Page>
  );
}
