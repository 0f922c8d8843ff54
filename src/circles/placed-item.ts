/** An item with the place it takes in its circle: what is written, pushed and acknowledged. */
import type { CircleState } from '@liaison/contract/circle-rules';
import type { CircleId, Hash, MemberId, SealedBytes } from '@liaison/contract/ids';
import type { WireItem } from '@liaison/contract/item';
import type { PreparedItem } from './prepared-item.js';

/** Where an item stands: enough for its receipt. */
export interface Place {
  readonly circle: CircleId;
  readonly k: number;
  readonly h: Hash;
  readonly at: number;
}

export interface PlacedItem extends Place {
  readonly item: PreparedItem;
  readonly ordinal: number;
  readonly actor: MemberId;
  /** What the statements say after it. */
  readonly state: CircleState;
}

export function toWire({ item, circle, k, at }: PlacedItem): WireItem {
  const body = item.body === null ? null : (item.body.toString('base64url') as SealedBytes);
  return { circle, k, text: item.text, signature: item.signature, body, at: at };
}
