/**
 * The face's part about who somebody is: what certifies them, what has changed of it, and the
 * number that two people compare. Everything here was checked on this device, from the first
 * statement of the person's log on.
 */
import type { PersonId } from '@liaison/contract/ids';
import type { PersonView, TrustView } from './face.js';

/** Somebody as they were, or are, known. */
export interface KnownAs {
  readonly level: Exclude<TrustView['level'], 'directory'>;
  readonly name: string | null;
  readonly nationalId: string | null;
}

/** A change of identity that was not seen yet: nothing about a patient goes there until it is. */
export interface IdentityChangeView {
  readonly person: PersonView;
  /** When they began a new identity; null where they are the same with another name or number. */
  readonly resetAt: number | null;
  readonly was: KnownAs;
  readonly is: KnownAs;
  readonly at: number;
}

/** One link of the chain of proof, in the order in which this device checked them. */
export interface ChainLink {
  readonly link: KnownAs['level'] | 'log' | 'reset' | 'devices' | 'key';
  readonly at: number;
  readonly count?: number;
}

export interface PersonCardView {
  readonly person: PersonView;
  readonly chain: readonly ChainLink[];
  /** Null of oneself. `comparedAt`: when both saw these very digits. */
  readonly safety: {
    readonly groups: readonly string[];
    readonly comparedAt: number | null;
  } | null;
  /** When other digits were compared: they have changed since. */
  readonly comparedBefore: number | null;
  readonly change: IdentityChangeView | null;
}

export interface TrustFace {
  personCard(person: PersonId): Promise<PersonCardView>;
  /** Changes of identity that wait to be seen. */
  identityChanges(): Promise<readonly IdentityChangeView[]>;
  identitySeen(person: PersonId): Promise<void>;
  /** Both people saw the same digits. */
  numberCompared(person: PersonId): Promise<void>;
}
