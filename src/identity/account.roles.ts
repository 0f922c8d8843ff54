/**
 * The roles of an account in the contract's words, from whatever the provider or a voucher says.
 */
import { createHash } from 'node:crypto';
import { Finess } from '@liaison/contract/ids';
import type { InvitationText } from '@liaison/contract/identity';
import { Profession } from '@liaison/contract/profession';
import { RoleId, type SessionRole } from '@liaison/contract/session';
import type { PracticeRole } from './oidc/practice.roles.js';

const ID_BYTES = 16;

/** A digest of what makes the activity: its id stays the same while the activity is. */
function roleId(key: string): RoleId {
  const digest = createHash('sha256').update(key).digest();
  return RoleId.parse(digest.subarray(0, ID_BYTES).toString('base64url'));
}

function professionOf(code: string): Profession {
  const known = Profession.safeParse(code);
  return known.success ? known.data : 'other';
}

export function practiceRole(role: PracticeRole): SessionRole {
  const finess = Finess.safeParse(role.siteFiness);
  return {
    id: roleId(`practice ${role.key}`),
    profession: professionOf(role.professionCode),
    structure: role.organisationName ?? '',
    finess: finess.success ? finess.data : null,
  };
}

export function vouchedRole(role: InvitationText['role']): SessionRole {
  return {
    id: roleId(`vouched ${role}`),
    profession: professionOf(role),
    structure: '',
    finess: null,
  };
}

/** Chosen by itself when there is only one; otherwise the person says. */
export const onlyRole = (roles: readonly SessionRole[]): RoleId | null =>
  roles.length === 1 ? (roles[0]?.id ?? null) : null;
