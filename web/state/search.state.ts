/**
 * The directory as one types: a pause before asking, the newest answer only, and no question for
 * a single letter.
 */
import { LIMITS } from '@liaison/contract/limits';
import type { DirectoryHit } from '@liaison/sdk/face';
import { useEffect, useState } from 'preact/hooks';
import { face } from '../worker/liaison.client.js';
import { asTrouble, type Trouble } from '../worker/trouble.js';

const PAUSE_MS = 200;
const SHORTEST = 2;

export interface Search {
  /** Null before anything was asked. */
  readonly hits: readonly DirectoryHit[] | null;
  readonly trouble: Trouble | null;
  readonly searching: boolean;
}

const NOTHING: Search = { hits: null, trouble: null, searching: false };

export function useSearch(query: string): Search {
  const [search, setSearch] = useState<Search>(NOTHING);
  const asked = query.trim().slice(0, LIMITS.searchQueryLength.value);
  useEffect(() => {
    if (asked.length < SHORTEST) {
      setSearch(NOTHING);
      return;
    }
    let current = true;
    setSearch((before) => ({ ...before, searching: true }));
    const timer = setTimeout(() => {
      face.searchDirectory(asked).then(
        (hits) => current && setSearch({ hits, trouble: null, searching: false }),
        (cause: unknown) =>
          current && setSearch({ hits: null, trouble: asTrouble(cause), searching: false }),
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return search;
}
