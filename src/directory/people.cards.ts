/**
 * Names of people by id, as their sign-in or their inviter gave them: to show, never as a proof.
 */
import type { z } from 'zod';
import type { PersonCard } from '@liaison/contract/directory';
import type { PersonId } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import type { Account } from '../identity/account.js';
import { Accounts } from '../identity/accounts.js';

type Card = z.infer<typeof PersonCard>;

function cardOf(person: PersonId, account: Account): Card {
  const [role] = account.roles;
  const { voucher } = account;
  return {
    person,
    name: account.name,
    profession: role?.profession ?? 'other',
    structure: role?.structure ?? '',
    nationalId: account.nationalId,
    source: voucher === null ? 'provider' : 'voucher',
    vouchedBy: voucher?.type === 'invitation' ? voucher.inviter : null,
    since: account.createdAt,
    fictional: account.fictional,
  };
}

@Injectable()
export class PeopleCards {
  constructor(private readonly accounts: Accounts) {}

  async of(people: readonly PersonId[]): Promise<Card[]> {
    const accounts = await this.accounts.ofPeople([...new Set(people)]);
    return accounts.flatMap((account) =>
      account.person === null ? [] : [cardOf(account.person, account)],
    );
  }
}
