/**
 * WebAuthn's two ceremonies, for this deployment's name. User verification is always required: a
 * passkey stands for a person, not for whoever found the phone.
 */
import { Problem } from '@liaison/contract/errors';
import type {
  PasskeyAssertion,
  PasskeyOptions,
  PasskeyRegistration,
} from '@liaison/contract/passkey';
import { Injectable } from '@nestjs/common';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { Config } from '../platform/config/config.js';

/** ES256, EdDSA, RS256 (COSE): what authenticators in the field make. */
const ALGORITHMS = [-7, -8, -257];

export interface Credential {
  readonly credential: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
}

export interface NewCredential extends Credential {
  readonly synced: boolean;
}

function named({ credential, transports }: Credential) {
  return { id: credential, transports: [...transports] };
}

@Injectable()
export class PasskeyCeremonies {
  private readonly origin: string;
  private readonly rpId: string;

  constructor(config: Config) {
    this.origin = config.publicOrigin;
    this.rpId = new URL(config.publicOrigin).hostname;
  }

  async registrationOptions(
    owner: { readonly accountId: string; readonly name: string },
    known: readonly Credential[],
  ): Promise<PasskeyOptions> {
    const options = await generateRegistrationOptions({
      rpName: 'Liaison',
      rpID: this.rpId,
      userName: owner.name,
      userDisplayName: owner.name,
      userID: Uint8Array.from(Buffer.from(owner.accountId.replaceAll('-', ''), 'hex')),
      attestationType: 'none',
      excludeCredentials: known.map(named),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
    return { ...options };
  }

  async assertionOptions(known: readonly Credential[]): Promise<PasskeyOptions> {
    const options = await generateAuthenticationOptions({
      rpID: this.rpId,
      userVerification: 'required',
      ...(known.length === 0 ? {} : { allowCredentials: known.map(named) }),
    });
    return { ...options };
  }

  async verifyRegistration(
    answer: PasskeyRegistration,
    challenge: string | null,
  ): Promise<NewCredential> {
    if (challenge === null) throw new Problem('passkey_refused', 'no ceremony was under way');
    const outcome = await refusing(() =>
      verifyRegistrationResponse({
        response: answer as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: this.origin,
        expectedRPID: this.rpId,
        supportedAlgorithmIDs: ALGORITHMS,
      }),
    );
    if (!outcome.verified) throw new Problem('passkey_refused', 'registration');
    const { credential, credentialBackedUp } = outcome.registrationInfo;
    return {
      credential: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: answer.response.transports ?? [],
      synced: credentialBackedUp,
    };
  }

  /** The authenticator's new counter. */
  async verifyAssertion(
    answer: PasskeyAssertion,
    challenge: string | null,
    known: Credential | undefined,
  ): Promise<number> {
    if (challenge === null || answer.id !== known?.credential) {
      throw new Problem('passkey_refused', 'unknown passkey, or no ceremony was under way');
    }
    const outcome = await refusing(() =>
      verifyAuthenticationResponse({
        response: answer as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: this.origin,
        expectedRPID: this.rpId,
        credential: {
          id: known.credential,
          publicKey: Uint8Array.from(known.publicKey),
          counter: known.counter,
        },
      }),
    );
    if (!outcome.verified) throw new Problem('passkey_refused', 'assertion');
    return outcome.authenticationInfo.newCounter;
  }
}

/** The library throws a plain error, with a sentence, for each way an answer can be wrong. */
async function refusing<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    throw new Problem('passkey_refused', 'verification', undefined, { cause: error });
  }
}
