/**
 * What must not be missed about identities: somebody asks to replace one's own, or a colleague's
 * has changed. Both stand over every screen until somebody has decided.
 */
import type { IdentityChangeView } from '@liaison/sdk/face.trust';
import { useState } from 'preact/hooks';
import { useAct } from '../state/act.state.js';
import { now } from '../state/clock.state.js';
import { identityChanges, identityMove, resetsAsked } from '../state/lists.state.js';
import { valueOf } from '../state/loaded.state.js';
import { goOn } from '../state/session.state.js';
import { exactTime } from '../words/times.js';
import { w } from '../words/words.js';
import { face } from '../worker/liaison.client.js';
import { ActButton } from './act-button.js';
import { DeviceNotices } from './device-notices.js';
import { Icon } from './icon.js';
import { knownAs } from './known-as.js';
import { PersonCard } from './person-card.js';
import { TroubleLine } from './trouble-line.js';

export function IdentityBanners() {
  const changes = valueOf(identityChanges().signal.value) ?? [];
  return (
    <>
      <ResetAsked />
      <DeviceNotices />
      <OwnMove />
      {changes.map((change) => (
        <ChangeBanner key={change.person.person} change={change} />
      ))}
    </>
  );
}

function ResetAsked() {
  const act = useAct();
  const words = w().identity;
  const asked = valueOf(resetsAsked().signal.value)?.[0];
  if (asked === undefined) return null;
  const refuse = async (): Promise<void> => {
    if (await act.run(() => face.refuseReset(asked.asked))) await resetsAsked().refresh();
  };
  const times = [asked.askedAt, asked.until].map((at) => exactTime(at, now.value));
  return (
    <div class="banner banner-alarm" role="alert">
      <Icon name="alert" />
      <div>
        <b>{words.askedTitle}</b>
        <p>
          {words.askedWhat(times[0] ?? '', times[1] ?? '')} {words.askedMine}
        </p>
        <TroubleLine trouble={act.trouble.value} />
        <ActButton act={act} look="danger" onAct={() => void refuse()}>
          {words.askedRefuse}
        </ActButton>
      </div>
    </div>
  );
}

/** One's own new name, told by nobody yet: one more sign-in tells it with the provider's word. */
function OwnMove() {
  const act = useAct();
  const words = w().identity;
  const move = valueOf(identityMove().signal.value) ?? null;
  if (move === null) return null;
  return (
    <div class="banner banner-told" role="status">
      <Icon name="me" />
      <span>{words.renamedMe(knownAs(move.is))}</span>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="second" onAct={() => void act.run(goOn)}>
        {words.renamedMeAct}
      </ActButton>
    </div>
  );
}

function ChangeBanner({ change }: { readonly change: IdentityChangeView }) {
  const [open, setOpen] = useState(false);
  const words = w().identity;
  const { person, name } = change.person;
  return (
    <div class={change.blocks ? 'banner banner-alarm' : 'banner banner-told'} role="status">
      <Icon name={change.blocks ? 'alert' : 'me'} />
      <span>
        <b>{change.blocks ? words.changed(name) : words.renamed(name)}.</b>{' '}
        {change.blocks ? words.blocks : words.sameProven}
      </span>
      <button type="button" class="second" onClick={() => setOpen(true)}>
        {words.look}
      </button>
      {open && <PersonCard person={person} name={name} onClose={() => setOpen(false)} />}
    </div>
  );
}
