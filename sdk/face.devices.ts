/**
 * The part of the face that is about a person's devices: which there are, how a new one is let in
 * and one is ended. Plain views and calls; nothing here holds a key.
 */
import type { DeviceId } from '@liaison/contract/ids';
import type { IdentityPayload } from '@liaison/contract/identity';

/** A device as it is named to its owner. */
export interface DeviceRef {
  readonly device: DeviceId;
  /** What the owner's devices call it; null where no name is known here. */
  readonly name: string | null;
  /** Groups of digits, for eyes. */
  readonly fingerprint: string;
}

/** How a device came into its owner's log, as the log itself says. */
export type DeviceArrival =
  | { readonly how: 'first' | 'recovery' | 'reset' }
  | { readonly how: 'linked'; readonly by: DeviceRef };

export interface DeviceView extends DeviceRef {
  readonly addedAt: number;
  readonly arrival: DeviceArrival;
  readonly revokedAt: number | null;
  /** The hour of its last use, by the server's word alone; null: not known. */
  readonly usedAt: number | null;
  readonly here: boolean;
}

/** A statement about the owner's identity that this device did not make, as their log has it. */
export interface DeviceNoticeView {
  readonly n: number;
  readonly at: number;
  readonly kind: IdentityPayload['kind'];
  /** Which device said it; null: the recovery sheet did. */
  readonly by: DeviceRef | null;
  /** The device that it is about, where it is about one. */
  readonly about: DeviceRef | null;
  /** It has fallen since, with whoever said it. */
  readonly undone: boolean;
  /** Whom to revoke from that instant where it was not the owner; null: nobody who still lives. */
  readonly culprit: DeviceRef | null;
}

/** What revoking a device from an instant on would do. */
export type RevocationView =
  | {
      readonly state: 'may';
      /** Statements that fall. */
      readonly falls: number;
      /** Other devices that end with it, and those that come back because their end falls. */
      readonly devices: readonly DeviceRef[];
      readonly back: readonly DeviceRef[];
      /** Whether the recovery sheet in use stays; `former`: the one before counts again. */
      readonly paper: 'same' | 'former' | 'none';
    }
  /** This device came in by what would fall: another one, or the sheet, must say it. */
  | { readonly state: 'would-end-this-one' };

/** The new device's side of linking. `digits` are compared by eye with the other screen's. */
export interface LinkAskView {
  readonly state:
    | 'waiting'
    /** Typed code: the person says whether both screens show the same digits. */
    | 'compare'
    /** Believed; the other device has the last word. */
    | 'granting'
    | 'linked'
    | 'refused'
    | 'expired';
  readonly code: string;
  /** What the other device's camera reads; it holds a secret: never log or send it. */
  readonly address: string;
  readonly digits: string | null;
  readonly until: number;
}

/** The signed-in device's side. `scanned`: the camera vouches for the keys, no digits needed. */
export interface LinkOfferView {
  /** One more device of one's own, or a shared post for some hours. */
  readonly wish: 'device' | 'post';
  readonly state: 'waiting' | 'compare' | 'scanned' | 'granted' | 'refused';
  readonly code: string;
  readonly askedAt: number;
  readonly until: number;
  /** Of a post: how long it would read and write in one's name; null for a device. */
  readonly lendsUntil: number | null;
  readonly digits: string | null;
}

export interface DeviceFace {
  /** On a new device of somebody who has others: shows a code. Then look, about each second. */
  askLink(): Promise<LinkAskView>;
  linkAsked(): Promise<LinkAskView | null>;
  compareLink(same: boolean): Promise<LinkAskView | null>;
  cancelLink(): Promise<void>;
  /** On a shared post, whose store is in memory: shows a code with nobody signed in. */
  askPost(): Promise<LinkAskView>;
  postAsked(): Promise<LinkAskView | null>;
  comparePost(same: boolean): Promise<LinkAskView | null>;
  /** Ends every shared post in one's name: their sessions, and by a key that none of them gets. */
  endPosts(): Promise<void>;
  /** On a signed-in device: what was typed or what the camera read. Then look, and decide. */
  openLink(text: string): Promise<LinkOfferView>;
  linkOffered(): Promise<LinkOfferView | null>;
  grantLink(): Promise<void>;
  refuseLink(): Promise<void>;
  devices(): Promise<readonly DeviceView[]>;
  /** Sealed to the owner's devices: the server learns no name. */
  nameDevice(device: DeviceId, name: string): Promise<void>;
  /** `since`: the instant from which it is not trusted; null: all that it did so far stands. */
  revocation(device: DeviceId, since: number | null): Promise<RevocationView>;
  revokeDevice(device: DeviceId, since?: number | null): Promise<void>;
  /** What others than this device said in the owner's name, until somebody here has seen it. */
  deviceNotices(): Promise<readonly DeviceNoticeView[]>;
  deviceNoticesSeen(n: number): Promise<void>;
}
