/** By what one is told: this browser, and a mail. Both say that something waits, never what. */
import { useEffect } from 'preact/hooks';
import type { NotificationSettings } from '@liaison/contract/notification-settings';
import { ActButton } from '../../components/act-button.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { disablePush, enablePush, lookAtPush, pushState } from '../../state/push.state.js';
import { w } from '../../words/words.js';
import { MailPreference } from '../home/mail-preference.js';

type Channels = NotificationSettings['channels'];

interface TellingWaysProps {
  readonly channels: Channels;
  readonly onChannels: (channels: Channels) => void;
}

export function TellingWays({ channels, onChannels }: TellingWaysProps) {
  const words = w().notifications;
  const turn = (channel: Channels[number]): void => {
    const isOn = channels.includes(channel);
    onChannels(isOn ? channels.filter((one) => one !== channel) : [...channels, channel]);
  };
  return (
    <section>
      <h2>{words.ways}</h2>
      <p class="hint">{words.waysHint}</p>
      {(['push', 'mail'] as const).map((channel) => (
        <label key={channel} class="tick">
          <input
            type="checkbox"
            checked={channels.includes(channel)}
            onChange={() => turn(channel)}
          />
          <span>{words.channels[channel]}</span>
        </label>
      ))}
      {channels.includes('push') && <PushHere />}
      {channels.includes('mail') && <MailPreference />}
    </section>
  );
}

function PushHere() {
  const act = useAct();
  const words = w().notifications;
  useEffect(() => void lookAtPush(), []);
  switch (pushState.value) {
    case 'unknown':
      return null;
    case 'missing':
      return <p>{words.pushMissing}</p>;
    case 'denied':
      return <p>{words.pushDenied}</p>;
    case 'off':
      return (
        <>
          <p>{words.pushOff}</p>
          <TroubleLine trouble={act.trouble.value} />
          <ActButton act={act} look="second" icon="bell" onAct={() => void act.run(enablePush)}>
            {words.pushEnable}
          </ActButton>
        </>
      );
    case 'on':
      return (
        <>
          <p>
            <StateMark tone="done" shape="check" word={words.pushOn} />
          </p>
          <TroubleLine trouble={act.trouble.value} />
          <ActButton act={act} look="second" onAct={() => void act.run(disablePush)}>
            {words.pushDisable}
          </ActButton>
        </>
      );
  }
}
