/**
 * A list of things that can be ended, asked for only once it is opened. Ending one asks once, in a
 * sheet that says what follows; the answer is the list as it is then.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useAct } from '../../state/act.state.js';
import { type Live, useLive } from '../../state/loaded.state.js';

interface Ending {
  readonly word: string;
  readonly title: string;
  readonly hint: string;
}

interface WayListProps<T> {
  readonly title: string;
  readonly empty: string;
  readonly read: () => Promise<readonly T[]>;
  readonly keyOf: (one: T) => string;
  readonly show: (one: T) => ComponentChildren;
  /** Null for one that cannot be ended from here. */
  readonly ending: (one: T) => Ending | null;
  readonly end: (one: T) => Promise<readonly T[]>;
  readonly foot?: ComponentChildren;
}

export function WayList<T>(props: WayListProps<T>) {
  const [open, setOpen] = useState(false);
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.title}</summary>
      {open && <OpenList {...props} />}
    </details>
  );
}

function OpenList<T>(props: WayListProps<T>) {
  const [asked, setAsked] = useState<T | null>(null);
  const list = useLive(props.read, ({ what }) => what === 'session', props.title);
  return (
    <>
      <Ready of={list}>
        {(all) =>
          all.length === 0 ? (
            <p class="hint">{props.empty}</p>
          ) : (
            <ul class="plain-list">
              {all.map((one) => {
                const ending = props.ending(one);
                return (
                  <li key={props.keyOf(one)} class="row">
                    {props.show(one)}
                    {ending !== null && (
                      <button type="button" class="danger" onClick={() => setAsked(one)}>
                        {ending.word}
                      </button>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Ready>
      {props.foot}
      {asked !== null && (
        <EndSheet one={asked} list={list} onClose={() => setAsked(null)} {...props} />
      )}
    </>
  );
}

interface EndSheetProps<T> extends WayListProps<T> {
  readonly one: T;
  readonly list: Live<readonly T[]>;
  readonly onClose: () => void;
}

function EndSheet<T>({ one, list, onClose, ending, end }: EndSheetProps<T>) {
  const act = useAct();
  const words = ending(one);
  if (words === null) return null;
  const run = async (): Promise<void> => {
    list.signal.value = { state: 'ready', value: await end(one) };
    onClose();
  };
  return (
    <Sheet title={words.title} onClose={onClose}>
      <p>{words.hint}</p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} look="danger" onAct={() => void act.run(run)}>
        {words.word}
      </ActButton>
    </Sheet>
  );
}
