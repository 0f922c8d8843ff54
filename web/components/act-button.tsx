/**
 * A button that does one thing, says that it is doing it, and cannot be pressed twice meanwhile.
 */
import type { ComponentChildren } from 'preact';
import type { Act } from '../state/act.state.js';
import { w } from '../words/words.js';
import { Icon, type IconName } from './icon.js';

interface ActButtonProps {
  readonly act: Act;
  readonly onAct: () => void;
  readonly look?: 'primary' | 'second' | 'plain' | 'danger';
  readonly icon?: IconName;
  readonly busyWord?: string;
  readonly label?: string;
  readonly children: ComponentChildren;
}

export function ActButton(props: ActButtonProps) {
  const { act, onAct, look = 'primary', icon, busyWord, label, children } = props;
  const busy = act.busy.value;
  return (
    <button type="button" class={look} aria-busy={busy} aria-label={label} onClick={onAct}>
      {icon && <Icon name={icon} />}
      {busy ? (busyWord ?? w().frame.loading) : children}
    </button>
  );
}
