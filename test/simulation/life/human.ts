/** A person of a life: who they are at the provider, what they kept on paper, and their devices. */
import type { PersonId } from '@liaison/contract/ids';
import type { LifeDevice } from './device.js';

export interface Human {
  readonly name: string;
  readonly nationalId: string;
  readonly devices: LifeDevice[];
  /** Once their log is open, as their first device said. */
  person: PersonId | null;
  /** The words of each recovery code that they printed, the latest last: nobody throws one away. */
  papers: readonly (readonly string[])[];
  /** They lost their papers at some time: where none of them works, they begin anew. */
  hasLostPapers: boolean;
  /** New beginnings that a device of theirs has refused: what asked for each, and when it had. */
  refused: readonly { readonly n: number; readonly order: number }[];
}
