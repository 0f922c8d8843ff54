/**
 * Says that what stands on screen was read, once for each newest message: saying it changes the
 * conversation itself, so it must not be said again because of that change.
 */
import type { CircleId, EntryId } from '@liaison/contract/ids';
import { useEffect } from 'preact/hooks';
import { face } from '../../worker/liaison.client.js';

export function useMarkRead(circle: CircleId, newest: EntryId | null): void {
  useEffect(() => {
    // Without a network it is said at the next opening: nothing here is worth an alarm.
    face.markRead(circle).catch(() => undefined);
  }, [circle, newest]);
}
