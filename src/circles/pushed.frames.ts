/**
 * How the items of one commit are put into socket frames: those of a circle together, in their
 * order, and never more bytes than a frame may have. It must never look into an item.
 */
import type { CircleId } from '@liaison/contract/ids';
import type { WireItem } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';

export type Frame = [WireItem, ...WireItem[]];

/** Half of what a frame may have: the other half is for what surrounds the items. */
const ITEM_BYTES = LIMITS.frameBytes.value / 2;

/** Texts and bodies are ASCII but for names in facts, which there are none of. */
const sizeOf = ({ text, body }: WireItem): number => text.length + (body?.length ?? 0);

/** An item that is larger than its share has a frame of its own. */
export function framesOf(items: readonly WireItem[]): Frame[] {
  const frames: Frame[] = [];
  const open = new Map<CircleId, { readonly frame: Frame; bytes: number }>();
  for (const item of items) {
    const bytes = sizeOf(item);
    const last = open.get(item.circle);
    if (last !== undefined && last.bytes + bytes <= ITEM_BYTES) {
      last.frame.push(item);
      last.bytes += bytes;
      continue;
    }
    const frame: Frame = [item];
    frames.push(frame);
    open.set(item.circle, { frame, bytes });
  }
  return frames;
}
