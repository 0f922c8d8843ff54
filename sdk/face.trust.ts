/**
 * The face's part about who somebody is: what certifies them, what has changed of it, and the
 * number that two people compare. Everything here was checked on this device, from the first
 * statement of the person's log on.
 */
import type { CircleId, PersonId } from '@liaison/contract/ids';
import type { PersonView, TrustView } from './face.js';

/** Somebody as they were, or are, known. */
export interface KnownAs {
  readonly level: Exclude<TrustView['level'], 'directory'>;
  readonly name: string | null;
  readonly nationalId: string | null;
}

/** A change of identity that was not seen yet. */
export interface IdentityChangeView {
  readonly person: PersonView;
  /** When they began a new identity; null where they are the same with another name or number. */
  readonly resetAt: number | null;
  readonly was: KnownAs;
  readonly is: KnownAs;
  readonly at: number;
  /**
   * Whether nothing about a patient goes there until it was seen. Where the provider itself says
   * that it is the same person, it is only told.
   */
  readonly blocks: boolean;
}

/** The owner of this device as their log names them, and as the provider names them now. */
export interface IdentityMoveView {
  readonly was: KnownAs;
  readonly is: KnownAs;
}

/** Who somebody was before, and until when. */
export interface FormerlyView {
  readonly known: KnownAs;
  readonly until: number;
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
    /** The same as the text of a code, for the other's camera. */
    readonly qr: string;
    readonly comparedAt: number | null;
  } | null;
  /** Other names and numbers that were proven of the same person, the latest first. */
  readonly formerly: readonly FormerlyView[];
  /** When other digits were compared: they have changed since. */
  readonly comparedBefore: number | null;
  readonly change: IdentityChangeView | null;
}

/** What showed that the server misbehaved: kept for ever, also once it behaves again. */
export interface EvidenceView {
  readonly code: string;
  readonly circle: CircleId | null;
  readonly at: number;
  /** When what it is about was whole again; null: it still is not. */
  readonly healedAt: number | null;
  /** All of it as JSON, the very items and receipts included, to hand to whoever looks into it. */
  readonly text: string;
}

export interface TrustFace {
  personCard(person: PersonId): Promise<PersonCardView>;
  /** What the provider says of oneself and one's own log does not say yet; null: nothing. */
  identityMove(): Promise<IdentityMoveView | null>;
  /** Goes to the provider once more, to go on under that name or number. */
  beginContinuity(returnTo: string): Promise<{ readonly authorizeUrl: string }>;
  /** Changes of identity that wait to be seen. */
  identityChanges(): Promise<readonly IdentityChangeView[]>;
  identitySeen(person: PersonId): Promise<void>;
  /** Both people saw the same digits. */
  numberCompared(person: PersonId): Promise<void>;
  /** What the camera read from the other's screen: true, and marked, where it is the same. */
  numberScanned(person: PersonId, text: string): Promise<boolean>;
}
