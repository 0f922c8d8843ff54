/**
 * Cards: the names that communities and teams show to whoever must address them. A team's name is
 * held to the hash in its signed creation, which every client checks again.
 */
import { STATEMENT_FACTS } from '@liaison/contract/circle';
import type { CommunityCard, TeamCard } from '@liaison/contract/directory';
import { parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import { ItemHeader } from '@liaison/contract/item';
import { nameHashed } from '@liaison/contract/signing';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CircleMembers } from '../circles/circle.members.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { hash } from '../platform/hash/blake.js';

type Kind = 'community' | 'team';
type Card = z.output<typeof CommunityCard> & Partial<Pick<z.output<typeof TeamCard>, 'category'>>;

/** `given_by` stays for whoever runs the server: a card is a person's word. */
const PUT = `
  INSERT INTO circle_cards (circle_id, name, finess, category, town, given_by, given_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (circle_id) DO UPDATE SET name = excluded.name, finess = excluded.finess,
    category = excluded.category, town = excluded.town, given_by = excluded.given_by,
    given_at = excluded.given_at`;

const CREATED = `
  SELECT c.kind, i.header FROM circles c JOIN items i ON i.circle_id = c.circle_id AND i.k = 0
  WHERE c.circle_id = $1`;

@Injectable()
export class CircleCards {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly members: CircleMembers,
  ) {}

  async put(by: PersonId, circle: CircleId, kind: Kind, card: Card): Promise<void> {
    await this.members.mustRead(by, circle);
    await this.checkClaim(circle, kind, card);
    const admins = await this.members.adminsOf(circle);
    const people = await this.members.peopleBehind(this.database, admins);
    if (!people.includes(by)) throw new Problem('not_allowed', 'a card is given by an admin');
    const { name, finess, town, category = null } = card;
    const values = [circle, name, finess, category, town, by, this.clock.now()];
    await this.database.query(PUT, values);
  }

  /** The name must be the one whose hash the circle's creator signed, where one was signed. */
  private async checkClaim(circle: CircleId, kind: Kind, card: Card): Promise<void> {
    const [row] = await this.database.query<{ kind: string; header: string }>(CREATED, [circle]);
    if (row?.kind !== kind) throw new Problem('circle_unknown');
    const header = ItemHeader.parse(parseCanonical(row.header));
    const { nameHash, finess } = STATEMENT_FACTS['circle.created'].parse(header.facts);
    const claimed = hash(nameHashed(card.finess, card.name));
    const unclaimed = nameHash === null && kind === 'community';
    if (!unclaimed && (nameHash !== claimed || finess !== card.finess)) {
      throw new Problem('item_invalid', 'not the name that the circle claimed');
    }
  }
}
