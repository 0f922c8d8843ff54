/** What went wrong and what to do, beside the button that was pressed. It never repeats content. */
import { ERRORS, type ErrorCode } from '@liaison/contract/errors';
import type { FaultCode } from '@liaison/sdk/fault';
import { language } from '../state/preference.state.js';
import { w } from '../words/words.js';
import type { Trouble, TroubleCode } from '../worker/trouble.js';
import { Icon } from './icon.js';

const isError = (code: TroubleCode): code is ErrorCode => Object.hasOwn(ERRORS, code);

export function sentenceOf(code: TroubleCode): string {
  return isError(code) ? ERRORS[code][language.value] : w().faults[code satisfies FaultCode];
}

interface TroubleLineProps {
  readonly trouble: Trouble | null;
  readonly retry?: (() => void) | undefined;
}

export function TroubleLine({ trouble, retry }: TroubleLineProps) {
  if (trouble === null) return null;
  return (
    <p class="trouble" role="alert">
      <Icon name="alert" />
      <span>{sentenceOf(trouble.code)}</span>
      {retry && (
        <button type="button" class="plain" onClick={retry}>
          {w().frame.retry}
        </button>
      )}
    </p>
  );
}
