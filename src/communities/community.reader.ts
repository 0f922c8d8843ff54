/** What a person may know of their communities: their names, and the teams they vouch for. */
import type { EndorsedTeam, OwnCommunity } from '@liaison/contract/directory';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CircleMembers } from '../circles/circle.members.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';

type Community = z.output<typeof OwnCommunity>;
type Team = z.output<typeof EndorsedTeam>;

const OWN = `
  SELECT c.circle_id AS community, CASE WHEN k.circle_id IS NULL THEN NULL ELSE
    jsonb_build_object('name', k.name, 'finess', k.finess, 'town', k.town) END AS card
  FROM circles c LEFT JOIN circle_cards k USING (circle_id)
  WHERE c.kind = 'community' AND EXISTS (
    SELECT FROM effective_members e WHERE e.circle_id = c.circle_id AND e.person_id = $1
      AND (e.until_at IS NULL OR e.until_at > $2))
  ORDER BY c.created_at, c.circle_id`;

const TEAMS = `
  SELECT t.team_id AS team, t.category, t.finess, k.name, k.town
  FROM endorsed_teams t LEFT JOIN circle_cards k ON k.circle_id = t.team_id
  WHERE t.community_id = $1 ORDER BY t.endorsed_k`;

@Injectable()
export class CommunityReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly members: CircleMembers,
  ) {}

  ofPerson(person: PersonId): Promise<Community[]> {
    return this.database.query<Community & Record<string, unknown>>(OWN, [
      person,
      this.clock.now(),
    ]);
  }

  async teams(person: PersonId, community: CircleId): Promise<Team[]> {
    await this.members.mustRead(person, community);
    return this.database.query<Team & Record<string, unknown>>(TEAMS, [community]);
  }
}
