/** Where to be told by mail that something awaits: an address, and nothing else ever leaves. */
import type { MailView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Field } from '../../components/field.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useAct } from '../../state/act.state.js';
import { useLive } from '../../state/loaded.state.js';
import { language } from '../../state/preference.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export function MailPreference() {
  const [open, setOpen] = useState(false);
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{w().news.mail}</summary>
      {open && <MailForm />}
    </details>
  );
}

/** Asked for only once it is opened: most people never change it. */
function MailForm() {
  const kept = useLive(
    () => face.mail(),
    () => false,
    'mail',
  );
  return <Ready of={kept}>{(mail) => <MailField mail={mail} />}</Ready>;
}

function MailField({ mail }: { readonly mail: MailView }) {
  const [address, setAddress] = useState(mail.address);
  const [saved, setSaved] = useState(false);
  const act = useAct();
  const words = w().news;
  const save = async (): Promise<void> => {
    await face.setMail(address.trim(), language.value);
    setSaved(true);
  };
  return (
    <>
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
    </>
  );
}
