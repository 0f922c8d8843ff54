/**
 * Who is asked although they have no account: a name, and one way to reach them. The mail asks them
 * to come and says nothing else; the telephone is what works at 16:30 on a Friday.
 */
import type { Uuid } from '@liaison/contract/ids';
import { isMailAddress } from '@liaison/contract/notification';
import type { DirectoryHit, NewAbsentee } from '@liaison/sdk/face';
import { useId, useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Field } from '../../components/field.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import type { Act } from '../../state/act.state.js';
import { w } from '../../words/words.js';

/** Those whom a discharge asks, by their national numbers. */
const PROFESSIONS = ['10', '60', '21', '70', '50', '91', '80', '40', '95', '200', 'other'] as const;

type Known = Pick<DirectoryHit, 'name' | 'profession' | 'nationalId'>;

export const NOBODY: Known = { name: '', profession: '10', nationalId: null };

interface AbsenteeSheetProps {
  readonly known: Known;
  readonly act: Act;
  readonly onAdd: (somebody: NewAbsentee) => void;
  readonly onClose: () => void;
}

function fresh({ name, profession, nationalId }: Known): NewAbsentee {
  const absentee = crypto.randomUUID() as Uuid;
  const ways = { phone: '', fax: '', mssante: '', mail: '', note: '' };
  return { absentee, name, profession, nationalId, ...ways };
}

export function AbsenteeSheet({ known, act, onAdd, onClose }: AbsenteeSheetProps) {
  const [somebody, setSomebody] = useState(() => fresh(known));
  const words = w().absent;
  const put = (part: Partial<NewAbsentee>): void => setSomebody({ ...somebody, ...part });
  const { name, mail, phone, fax, mssante } = somebody;
  const isWrong = !isMailAddress(mail.trim());
  const add = (): void => {
    const ways = { mail: mail.trim(), phone: phone.trim(), fax: fax.trim() };
    onAdd({ ...somebody, ...ways, name: name.trim(), mssante: mssante.trim() });
  };
  return (
    <Sheet title={words.add} onClose={onClose}>
      <p>{words.addHint}</p>
      <Field label={words.name} value={name} onValue={(next) => put({ name: next })} />
      <ProfessionChoice value={somebody.profession} onValue={(profession) => put({ profession })} />
      <Field
        label={words.mail}
        type="email"
        optional={true}
        value={mail}
        wrong={isWrong}
        remark={isWrong ? words.mailWrong : words.mailHint}
        onValue={(next) => put({ mail: next })}
      />
      <Field
        label={words.phone}
        type="tel"
        optional={true}
        value={phone}
        onValue={(next) => put({ phone: next })}
      />
      <details class="fold">
        <summary>{words.otherWays}</summary>
        <Field label={words.mssante} value={mssante} onValue={(next) => put({ mssante: next })} />
        <Field label={words.fax} type="tel" value={fax} onValue={(next) => put({ fax: next })} />
      </details>
      <TroubleLine trouble={act.trouble.value} />
      {name.trim() === '' && <p class="hint">{words.nameNeeded}</p>}
      {name.trim() !== '' && !isWrong && (
        <ActButton act={act} icon="plus" onAct={add}>
          {words.addIt}
        </ActButton>
      )}
    </Sheet>
  );
}

interface ProfessionProps {
  readonly value: string;
  readonly onValue: (profession: string) => void;
}

function ProfessionChoice({ value, onValue }: ProfessionProps) {
  const id = useId();
  const { people, absent } = w();
  const all: readonly string[] = PROFESSIONS;
  return (
    <div class="field">
      <label for={id}>{absent.profession}</label>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {(all.includes(value) ? all : [value, ...all]).map((code) => (
          <option key={code} value={code}>
            {people.profession(code)}
          </option>
        ))}
      </select>
    </div>
  );
}
