/**
 * Addressees without an account, beside those who have one: what was done to reach them, the letter
 * as a file for it, and, once they came, one tap to ask them.
 */
import type { CircleId } from '@liaison/contract/ids';
import type { AbsenteeView, ArrivedView, HandoffView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Icon } from '../../components/icon.js';
import { numberOf } from '../../components/known-as.js';
import { LetterPdf } from '../../components/letter-pdf.js';
import { PersonButton } from '../../components/person-card.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { busyWord, handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { absenteeMark, absentName, handOverSentence } from './absentee.reading.js';
import { HandOverSheet } from './hand-over-sheet.js';

interface AbsenteeItemProps {
  readonly view: HandoffView;
  readonly one: AbsenteeView;
  readonly onChange: () => void;
}

export function AbsenteeItem({ view, one, onChange }: AbsenteeItemProps) {
  const { tone, shape, word } = absenteeMark(one, now.value);
  const words = w().absent;
  const { admitted } = one;
  return (
    <li>
      <div class="addressee-head">
        <b>{absentName(one)}</b>
        <StateMark tone={tone} shape={shape} word={word} />
      </div>
      {one.handedOver.map((told, index) => (
        <div key={index}>
          <p>{handOverSentence(told, now.value)}</p>
          {told.said.state === 'open' && told.said.value.note !== '' && (
            <p class="clinical">« {told.said.value.note} »</p>
          )}
        </div>
      ))}
      {admitted === null && one.handedOver.length > 0 && <p class="hint">{words.toldIsNotTaken}</p>}
      {admitted !== null && <p>{words.admittedAs(admitted.name)}</p>}
      {one.arrived !== null && (
        <Arrived id={view.id} one={one} arrived={one.arrived} onChange={onChange} />
      )}
      {one.phase === 'awaited' && view.iSent && (
        <Reaching view={view} one={one} onChange={onChange} />
      )}
    </li>
  );
}

/** The ways to reach them, for whoever sent it. */
function Reaching({ view, one, onChange }: AbsenteeItemProps) {
  const [telling, setTelling] = useState(false);
  const words = w().absent;
  const who = one.who.state === 'open' ? one.who.value : null;
  return (
    <div class="no-print">
      {who !== null && (
        <>
          {who.fax !== '' && <p class="tabular">{`${words.fax} : ${who.fax}`}</p>}
          {who.mssante !== '' && <p>{`${words.mssante} : ${who.mssante}`}</p>}
        </>
      )}
      <Invitation id={view.id} one={one} onChange={onChange} />
      <div class="acts">
        {who !== null && who.phone !== '' && (
          <a class="second" href={`tel:${who.phone.replace(/[^+\d]/g, '')}`}>
            {words.call(who.phone)}
          </a>
        )}
        {view.letter.state === 'open' && (
          <LetterPdf view={view} letter={view.letter.value} to={absentName(one)} />
        )}
        {one.acts.includes('hand-over') && (
          <button type="button" class="second" onClick={() => setTelling(true)}>
            <Icon name="check" />
            {words.handOver}
          </button>
        )}
      </div>
      {telling && (
        <HandOverSheet id={view.id} one={one} onClose={() => setTelling(false)} onDone={onChange} />
      )}
    </div>
  );
}

interface AbsentProps {
  readonly id: CircleId;
  readonly one: AbsenteeView;
  readonly onChange: () => void;
}

function Invitation({ id, one, onChange }: AbsentProps) {
  const act = useAct();
  const words = w().absent;
  if (one.invitation === null || one.invitation === 'arrived') return null;
  const mail = one.who.state === 'open' ? one.who.value.mail : '';
  if (one.invitation !== 'unsent') return <p>{words.invitations[one.invitation](mail)}</p>;
  const invite = async (): Promise<void> => {
    if (await act.run(() => face.inviteAbsentee(id, one.absentee))) onChange();
  };
  return (
    <>
      <p>{words.invitations.unsent(mail)}</p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="second" icon="send" onAct={() => void invite()}>
        {words.inviteNow}
      </ActButton>
    </>
  );
}

interface ArrivedProps extends AbsentProps {
  readonly arrived: ArrivedView;
}

/** Who came is the server's word; that it is the one who was meant, whoever taps has seen. */
function Arrived({ id, one, arrived, onChange }: ArrivedProps) {
  const act = useAct();
  const words = w().absent;
  const { person, party, sameNumber } = arrived;
  const admit = async (): Promise<void> => {
    if (!(await act.run(() => face.admitFor(id, one.absentee, party.member)))) return;
    announce(words.nowAsked(person.name));
    await handoffs().refresh();
    onChange();
  };
  return (
    <div class="card quiet-card arrived no-print">
      <h3>{words.hasArrived(person.name)}</h3>
      <PersonButton person={person} />
      {person.nationalId !== null && <p class="tabular">{numberOf(person.nationalId)}</p>}
      {sameNumber === true && <StateMark tone="done" shape="check" word={words.sameNumber} />}
      {sameNumber === false && (
        <StateMark tone="late" shape="alert" word={words.otherNumber(absentName(one))} />
      )}
      <p class="hint">{words.admitHint(absentName(one))}</p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} icon="plus" busyWord={busyWord()} onAct={() => void admit()}>
        {words.admit}
      </ActButton>
    </div>
  );
}
