/**
 * When somebody may be interrupted, and by what. What it means right now stands first, said by the
 * very rules that the server asks. Each change is kept at once; one that failed says so.
 */
import type { NotificationPolicy } from '@liaison/contract/notification-policy';
import { digestsBetween, isReachable, tellingAt } from '@liaison/contract/notification-rules';
import type { NotificationSettings } from '@liaison/contract/notification-settings';
import { useState } from 'preact/hooks';
import { Page } from '../../components/page.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { useLive } from '../../state/loaded.state.js';
import { paths } from '../../state/place.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { DelegatePart } from './delegate-part.js';
import { DigestsPart } from './digests-part.js';
import { HoursPart } from './hours-part.js';
import { PeriodsPart } from './periods-part.js';
import { TellingWays } from './telling-ways.js';

const DIGESTS_SHOWN_MS = 3 * 24 * 3_600_000;
const WORK = { days: [1, 2, 3, 4, 5], from: 8 * 60, to: 19 * 60 };
const SURGERY = { days: [1, 2, 3, 4, 5], from: 12 * 60, to: 13 * 60 };

export function NotificationsScreen() {
  const kept = useLive(
    () => face.notificationSettings(),
    () => false,
    'notification settings',
  );
  const words = w().notifications;
  return (
    <Page title={words.title} back={paths.me}>
      <Ready of={kept}>{(settings) => <Settings kept={settings} />}</Ready>
    </Page>
  );
}

/** What it comes to at this moment. */
function Now({ policy }: { readonly policy: NotificationPolicy }) {
  const words = w().notifications;
  const isFree = isReachable(policy, now.value);
  const back = tellingAt(policy, 'urgent', now.value);
  const [digest] = digestsBetween(policy, now.value, now.value + DIGESTS_SHOWN_MS);
  const busyLine = back === null ? words.noReturn : words.until(exactTime(back, now.value));
  return (
    <div class="now" role="status">
      <StateMark
        tone={isFree ? 'done' : 'quiet'}
        shape={isFree ? 'bell' : 'clock'}
        word={isFree ? words.freeNow : words.busyNow}
      />
      {!isFree && <p>{busyLine}</p>}
      <p>
        {digest === undefined ? words.noDigest : words.nextDigest(exactTime(digest, now.value))}
      </p>
    </div>
  );
}

function Settings({ kept }: { readonly kept: NotificationSettings }) {
  const [settings, setSettings] = useState(kept);
  const [saved, setSaved] = useState(false);
  const act = useAct();
  const words = w().notifications;
  const { policy } = settings;
  const change = (part: Partial<NotificationSettings>): void => {
    const next = { ...settings, ...part };
    setSettings(next);
    setSaved(false);
    void act.run(() => face.setNotificationSettings(next)).then(setSaved);
  };
  const plan = (part: Partial<NotificationPolicy>): void =>
    change({ policy: { ...policy, ...part } });
  return (
    <div class="telling">
      <Now policy={policy} />
      <p class="hint">{words.lead}</p>
      <p role="status" class="saved">
        {saved ? words.saved : ''}
      </p>
      <TroubleLine trouble={act.trouble.value} />
      <TellingWays channels={settings.channels} onChannels={(channels) => change({ channels })} />
      <HoursPart
        title={words.working}
        hint={words.workingHint}
        hours={policy.working}
        usual={WORK}
        onHours={(working) => plan({ working })}
      />
      <HoursPart
        title={words.quiet}
        hint={words.quietHint}
        hours={policy.quiet}
        usual={SURGERY}
        onHours={(quiet) => plan({ quiet })}
      />
      <DigestsPart digests={policy.digests} onDigests={(digests) => plan({ digests })} />
      <PeriodsPart
        title={words.onCall}
        hint={words.onCallHint}
        addWord={words.addOnCall}
        periods={policy.onCall}
        onPeriods={(onCall) => plan({ onCall })}
      />
      <PeriodsPart
        title={words.away}
        hint={words.awayHint}
        addWord={words.addAway}
        periods={policy.away}
        onPeriods={(away) => plan({ away })}
      >
        <DelegatePart
          delegate={settings.delegate}
          onDelegate={(delegate) => change({ delegate })}
        />
      </PeriodsPart>
      <label class="tick">
        <input
          type="checkbox"
          checked={settings.showsBusy}
          onChange={(event) => change({ showsBusy: event.currentTarget.checked })}
        />
        <span>{words.busy}</span>
      </label>
    </div>
  );
}
