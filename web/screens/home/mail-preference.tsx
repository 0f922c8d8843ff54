/** Where to be told by mail that something awaits: an address, and nothing else ever leaves. */
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Field } from '../../components/field.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function MailPreference() {
  const [address, setAddress] = useState('');
  const [saved, setSaved] = useState(false);
  const act = useAct();
  const words = w().news;
  const save = async (): Promise<void> => {
    await face.setMail(address.trim());
    setSaved(true);
  };
  return (
    <details class="fold">
      <summary>{words.mail}</summary>
      <Field
        label={words.address}
        type="email"
        autoComplete="email"
        value={address}
        remark={words.mailHint}
        onValue={(value) => {
          setAddress(value);
          setSaved(false);
        }}
      />
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="second" onAct={() => void act.run(save)}>
        {w().frame.save}
      </ActButton>
      <p role="status">{saved ? words.mailSaved : ''}</p>
    </details>
  );
}
