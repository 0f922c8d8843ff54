/**
 * A labelled field. The label is always visible; a remark under it is tied to the field, so that
 * a screen reader says it too.
 */
import type { ComponentChildren, TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';
import { w } from '../words/words.js';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly type?: 'text' | 'tel' | 'email' | 'search';
  readonly lines?: number;
  readonly remark?: ComponentChildren;
  readonly wrong?: boolean;
  readonly optional?: boolean;
  readonly maxLength?: number;
  readonly name?: string;
  readonly autoComplete?: string;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly onLeave?: () => void;
}

type Typing = TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>;

interface GivenProps {
  readonly id: string;
  readonly value: string;
  readonly name: string | undefined;
  readonly autoComplete: string;
  readonly maxLength: number | undefined;
  readonly disabled: boolean | undefined;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
  readonly placeholder: string | undefined;
  readonly onInput: (event: Typing) => void;
  readonly onBlur: (() => void) | undefined;
}

/** One element a family of types, because each family has attributes that the others refuse. */
function inputOf(type: NonNullable<FieldProps['type']>, given: GivenProps) {
  if (type === 'search') return <input type="search" {...given} />;
  if (type === 'email') return <input type="email" {...given} />;
  if (type === 'tel') return <input type="tel" {...given} />;
  return <input type="text" {...given} />;
}

export function Field(props: FieldProps) {
  const { label, value, onValue, type = 'text', lines, remark, wrong = false } = props;
  const id = useId();
  const remarkId = `${id}-remark`;
  const given = {
    id,
    value,
    name: props.name,
    autoComplete: props.autoComplete ?? 'off',
    maxLength: props.maxLength,
    disabled: props.disabled,
    'aria-invalid': wrong,
    'aria-describedby': remark === undefined ? undefined : remarkId,
    placeholder: props.placeholder,
    onBlur: props.onLeave,
    onInput: (event: Typing) => onValue(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>
        {label}
        {props.optional === true && <em> ({w().frame.optional})</em>}
      </label>
      {lines === undefined ? inputOf(type, given) : <textarea rows={lines} {...given} />}
      {remark !== undefined && (
        <div id={remarkId} class={wrong ? 'remark wrong' : 'remark'}>
          {remark}
        </div>
      )}
    </div>
  );
}
