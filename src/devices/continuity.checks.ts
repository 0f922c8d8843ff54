/**
 * Whether a statement of continuity goes on with the person whom the log names: by the same law as
 * clients judge it (contract/certified-claims.ts), so that an honest server takes nothing that they
 * would hold against it. The tokens were verified when they were taken; this reads what they say.
 */
import {
  type CertifiedClaims,
  certifiedClaims,
  continuityOf,
} from '@liaison/contract/certified-claims';
import { Problem } from '@liaison/contract/errors';
import type { Attestation, WireStatement } from '@liaison/contract/identity';
import type { IdentityLogState } from '@liaison/contract/identity-rules';
import { decodeJwt } from 'jose';
import type { Transaction } from '../platform/database/database.js';
import { readAttestations } from './identity.rows.js';

export async function mustBeTheSame(
  on: Transaction,
  { person, fallen }: IdentityLogState,
  { attestation }: WireStatement,
): Promise<void> {
  const rows = await readAttestations(on, person);
  const last = rows.findLast(({ n }) => !fallen.has(n));
  const [was, is] = [claimsIn(last?.attestation), claimsIn(attestation)];
  if (was === null || is === null) throw refused('no provider named this person');
  if (continuityOf(was, is) === 'another') throw refused('another person');
}

const refused = (why: string): Problem => new Problem('attestation_invalid', why);

function claimsIn(attestation: Attestation | null | undefined): CertifiedClaims | null {
  return attestation?.type === 'provider' ? certifiedClaims(decodeJwt(attestation.idToken)) : null;
}
