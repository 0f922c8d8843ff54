/**
 * Who and where people are, as registers and members state it: names to find and to show, never
 * proofs. What a signature or a provider's token certifies is verified elsewhere, by clients.
 */
import { z } from 'zod';
import { TeamCategory } from './community.js';
import { CircleId, Finess, Instant, NationalId, PersonId } from './ids.js';
import { Profession } from './profession.js';
import { LIMITS } from './limits.js';
import { Line } from './line.js';
import { route } from './route.js';

const Name = Line.min(1);

/** A professional as the national directory knows them, one hit an activity. */
export const PractitionerHit = z.strictObject({
  name: z.string(),
  profession: Profession,
  /** Code of TRE_R38 and its neighbours; empty where the register names none. */
  speciality: z.string(),
  structure: z.string(),
  town: z.string(),
  /** As the register writes it; empty where it has none. */
  phone: z.string(),
  /** An MSSanté address of their own. */
  mailbox: z.string().nullable(),
  finess: Finess.nullable(),
  nationalId: NationalId.nullable(),
  /** Null: not on Liaison yet. */
  person: PersonId.nullable(),
});
export type PractitionerHit = z.infer<typeof PractitionerHit>;

/** `provider`: named by their own sign-in. `voucher`: named by who invited them. */
export const PersonCard = z.strictObject({
  person: PersonId,
  name: z.string(),
  profession: Profession,
  structure: z.string(),
  nationalId: NationalId.nullable(),
  source: z.enum(['provider', 'voucher']),
  /** Who vouched; null for the operator's first coordinator and for people of the provider. */
  vouchedBy: PersonId.nullable(),
  since: Instant,
  fictional: z.boolean(),
});
export type PersonCard = z.infer<typeof PersonCard>;

/** The name that a team claims: `nameHashed(finess, name)` is in its `circle.created`. */
export const TeamCard = z.strictObject({
  name: Name,
  finess: Finess.nullable(),
  category: TeamCategory,
  town: Line,
});
export type TeamCard = z.infer<typeof TeamCard>;

export const EndorsedTeam = z.strictObject({
  team: CircleId,
  category: TeamCategory,
  finess: Finess.nullable(),
  /** Null until an admin of the team has given its card. */
  name: z.string().nullable(),
  town: z.string().nullable(),
});
export type EndorsedTeam = z.infer<typeof EndorsedTeam>;

export const CommunityCard = z.strictObject({
  name: Name,
  finess: Finess.nullable(),
  town: Line,
});
export type CommunityCard = z.infer<typeof CommunityCard>;

export const OwnCommunity = z.strictObject({
  community: CircleId,
  card: CommunityCard.nullable(),
});
export type OwnCommunity = z.infer<typeof OwnCommunity>;

export const DIRECTORY_ROUTES = {
  searchPeople: route({
    name: 'searchPeople',
    method: 'GET',
    path: '/api/directory/people',
    access: 'unlocked',
    summary:
      'Professionals whose name, profession, structure or town resembles the words; accents do not count.',
    query: z.strictObject({ q: z.string().trim().min(2).max(LIMITS.searchQueryLength.value) }),
    reply: z.strictObject({
      people: z.array(PractitionerHit).max(LIMITS.searchResults.value),
    }),
  }),
  peopleCards: route({
    name: 'peopleCards',
    method: 'POST',
    path: '/api/people/query',
    access: 'unlocked',
    summary: 'Names and professions of people by id; unknown ids are left out.',
    body: z.strictObject({
      people: z.array(PersonId).min(1).max(LIMITS.identityQuery.value),
    }),
    reply: z.strictObject({ people: z.array(PersonCard) }),
  }),
} as const;

export const COMMUNITY_ROUTES = {
  communities: route({
    name: 'communities',
    method: 'GET',
    path: '/api/communities',
    access: 'person',
    summary: 'The communities that the caller belongs to.',
    reply: z.strictObject({ communities: z.array(OwnCommunity) }),
  }),
  putCommunityCard: route({
    name: 'putCommunityCard',
    method: 'PUT',
    path: '/api/communities/:community/card',
    access: 'person',
    summary: 'Names a community; for its admins.',
    params: z.strictObject({ community: CircleId }),
    body: CommunityCard,
    reply: OwnCommunity,
    errors: ['circle_unknown', 'not_allowed', 'item_invalid'],
  }),
  communityTeams: route({
    name: 'communityTeams',
    method: 'GET',
    path: '/api/communities/:community/teams',
    access: 'person',
    summary: 'The teams that a community of the caller vouches for.',
    params: z.strictObject({ community: CircleId }),
    reply: z.strictObject({ teams: z.array(EndorsedTeam) }),
    errors: ['circle_unknown'],
  }),
  putTeamCard: route({
    name: 'putTeamCard',
    method: 'PUT',
    path: '/api/teams/:team/card',
    access: 'person',
    summary: 'Shows the name that a team claimed when it was created; for its admins.',
    params: z.strictObject({ team: CircleId }),
    body: TeamCard,
    reply: z.strictObject({ team: CircleId, card: TeamCard }),
    errors: ['circle_unknown', 'not_allowed', 'item_invalid'],
  }),
} as const;
