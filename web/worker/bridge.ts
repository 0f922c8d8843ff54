/**
 * What crosses between the screens and the worker that holds the SDK. A failure crosses as its
 * code, because a thrown object loses its class on the way; the screens get a `Trouble` again.
 */
import type { Change } from '@liaison/sdk/face';
import type { LiaisonFace } from '@liaison/sdk/liaison.face';
import type { TroubleCode } from './trouble.js';

export type FaceCall = Exclude<keyof LiaisonFace, 'onChange'>;

export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: TroubleCode; readonly detail: string | undefined };

export interface Bridge {
  /** Once, before anything else. `memory`: nothing may outlive the page (a shared post). */
  open(keep: 'disk' | 'memory'): Promise<void>;
  call(name: FaceCall, args: readonly unknown[]): Promise<Outcome>;
  listen(listener: (change: Change) => void): Promise<void>;
}
