/**
 * What was said in the person's name by another of their devices, or by whoever holds one: read in
 * their own log, shown until somebody has looked, with the way out beside it.
 */
import type { DeviceNoticeView } from '@liaison/sdk/face.devices';
import { useState } from 'preact/hooks';
import { useAct } from '../state/act.state.js';
import { now } from '../state/clock.state.js';
import { deviceNotices } from '../state/lists.state.js';
import { valueOf } from '../state/loaded.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { ActButton } from './act-button.js';
import { deviceName } from './device-name.js';
import { Icon } from './icon.js';
import { RevokeSheet } from './revoke-sheet.js';
import { TroubleLine } from './trouble-line.js';

export function DeviceNotices() {
  const notices = valueOf(deviceNotices().signal.value) ?? [];
  // One after the other: each is a question of its own, and the oldest explains the later ones.
  const [first] = notices;
  if (first === undefined) return null;
  return <Notice key={first.n} notice={first} more={notices.length - 1} />;
}

interface NoticeProps {
  readonly notice: DeviceNoticeView;
  readonly more: number;
}

function Notice({ notice, more }: NoticeProps) {
  const [revoking, setRevoking] = useState(false);
  const act = useAct();
  const words = w().devices;
  const { culprit } = notice;
  const seen = async (): Promise<void> => {
    if (await act.run(() => face.deviceNoticesSeen(notice.n))) await deviceNotices().refresh();
  };
  return (
    <div class="banner banner-alarm" role="alert">
      <Icon name="device" />
      <div>
        <b>{sentenceOf(notice)}</b>
        <p>
          {notice.undone ? words.undone : words.ask}
          {more > 0 && <> {words.more(more)}</>}
        </p>
        <TroubleLine trouble={act.trouble.value} />
        <div class="acts">
          <ActButton act={act} look="second" onAct={() => void seen()}>
            {notice.undone || culprit === null ? words.understood : words.itWasMe}
          </ActButton>
          {!notice.undone && culprit !== null && (
            <button type="button" class="danger" onClick={() => setRevoking(true)}>
              {words.notMe(deviceName(culprit))}
            </button>
          )}
        </div>
      </div>
      {revoking && culprit !== null && (
        <RevokeSheet one={culprit} from={notice.at} onClose={() => setRevoking(false)} />
      )}
    </div>
  );
}

function sentenceOf({ kind, at, by, about }: DeviceNoticeView): string {
  const words = w().devices.notices;
  const when = exactTime(at, now.value);
  const who = by === null ? words.paper : words.from(deviceName(by));
  return words[kind](about === null ? '' : deviceName(about), who, when);
}
