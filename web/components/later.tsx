/** A screen that is fetched when it is first shown, so that the first page stays small. */
import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { asTrouble, type Trouble } from '../worker/trouble.js';
import { TroubleLine } from './trouble-line.js';
import { Waiting } from './waiting.js';

export function later<Props extends object>(
  fetchScreen: () => Promise<ComponentType<Props>>,
): (props: Props) => VNode {
  let known: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [, arrived] = useState(false);
    const [trouble, setTrouble] = useState<Trouble | null>(null);
    useEffect(() => {
      if (known !== null) return;
      fetchScreen().then(
        (screen) => {
          known = screen;
          arrived(true);
        },
        (cause: unknown) => setTrouble(asTrouble(cause)),
      );
    }, []);
    if (trouble !== null) {
      return <TroubleLine trouble={trouble} retry={() => location.reload()} />;
    }
    const Screen = known;
    return Screen === null ? <Waiting /> : <Screen {...props} />;
  };
}
