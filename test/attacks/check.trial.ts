/**
 * Whether anybody notices that a check is missing: the attacks in which it accused somebody are
 * played again without it, until one is taken in. It must never count a broken stage as a killed
 * check.
 */
import type { Attack } from './attack.js';
import { without } from './check.switch.js';

/** An attack as the run before this one saw it, while all checks stood. */
export interface Seen {
  readonly attack: Attack;
  readonly shown: string;
  /** Ids of the checks that accused somebody meanwhile. */
  readonly fired: readonly string[];
}

export interface Check {
  readonly id: string;
  readonly code: string;
}

export interface Verdict {
  readonly id: string;
  /** The attack that was taken in without the check; null where all were still caught. */
  readonly killedBy: string | null;
  /** Attacks in which it accuses somebody while it stands. */
  readonly attacks: number;
}

/** Where attacks are played. */
export interface Place {
  /** What the client showed; null where it was taken in. */
  play(attack: Attack): Promise<string | null>;
  /** Another one, where an attack that was taken in left its marks. */
  renew(): Promise<void>;
}

/**
 * Checks that stand behind another, which answers first at a client: either alone still catches the
 * liar, so both are taken out. Those of `contract` are the server's law too and stay for its sake.
 */
const TWINS: Readonly<Record<string, readonly string[]>> = {
  // A client needs the signer's key to verify anything: it is there before the law is asked.
  'contract/identity-rules.ts#signer-not-live': ['sdk/logs/identity-log.ts#signer-not-live'],
  // A client asks whose circle it is before it asks who may write there.
  'contract/circle-rules.ts#item_invalid': ['sdk/logs/circle-log.ts#circle-id'],
  // A head that is not there yet has no hash to be compared with.
  'contract/circle-rules.ts#head_unknown': ['sdk/logs/circle-log.ts#fork'],
  // The table of kinds says it of kinds that it knows, the law of those that it does not.
  'contract/circle-rules.ts#item_invalid.2': ['contract/item-rules.ts#item_invalid.2'],
  // Whoever is put out and is no member is put out untruly: that is asked first.
  'contract/epoch-rules.ts#copies_mismatch': ['contract/circle-rules.ts#copies_mismatch'],
  // One secret gives both: a dud is found by either.
  'sdk/logs/epoch-copies.ts#commitment': ['sdk/logs/epoch-copies.ts#public-key'],
};

export async function tryWithout(
  { id, code }: Check,
  seen: readonly Seen[],
  place: Place,
): Promise<Verdict> {
  const off = [id, ...(TWINS[id] ?? [])];
  const near = seen.filter(({ fired }) => fired.some((one) => off.includes(one)));
  // Where it was the last word, its absence shows soonest.
  const word = code.replaceAll('_', '-');
  const shows = ({ shown }: Seen): number => (shown.replaceAll('_', '-').endsWith(word) ? 0 : 1);
  const inOrder = near.toSorted((a, b) => shows(a) - shows(b));
  for (const { attack } of inOrder) {
    if (await isTakenIn(off, attack, place)) {
      return { id, killedBy: attack.id, attacks: near.length };
    }
  }
  return { id, killedBy: null, attacks: near.length };
}

async function isTakenIn(off: readonly string[], attack: Attack, place: Place): Promise<boolean> {
  const isCaught = async (): Promise<boolean> =>
    (await without(off, () => place.play(attack))) !== null;
  if (await isCaught()) return false;
  if ((await place.play(attack)) !== null) return true;
  // Was it the check, or what an earlier attack had left behind?
  await place.renew();
  if (await isCaught()) return false;
  if ((await place.play(attack)) !== null) return true;
  // Its marks stay; on a fresh stage it was caught with the check and taken in without it.
  await place.renew();
  return (await place.play(attack)) !== null;
}
