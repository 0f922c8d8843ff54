/**
 * The fictional community around the sample's professionals: its teams, and the people who have no
 * national provider (a coordinator, a secretary). It is data only: who signs what is the story's.
 */
import { TeamCategory } from '@liaison/contract/community';
import { z } from 'zod';
import { readSampleFile } from './sample.files.js';

const Community = z.strictObject({
  about: z.string(),
  community: z.strictObject({
    name: z.string(),
    finess: z.string(),
    finessCategory: z.literal('604'),
    commune: z.string(),
    communeCode: z.string(),
  }),
  people: z.array(
    z.strictObject({
      key: z.string(),
      familyName: z.string(),
      givenName: z.string(),
      function: z.string(),
      email: z.email(),
    }),
  ),
  teams: z.array(
    z.strictObject({
      key: z.string(),
      kind: z.enum(['unit', 'practice', 'coordination']),
      name: z.string(),
      finess: z.string().nullable(),
      category: TeamCategory,
      town: z.string(),
      /** The first of the professionals, else of the others, is who makes the team. */
      professionals: z.array(z.string()),
      others: z.array(z.string()),
    }),
  ),
  /** How the provider's emulator answers for some people: see the emulator's claims. */
  signIn: z.strictObject({
    signedUserinfo: z.array(z.string()),
    withoutActivities: z.array(z.string()),
  }),
});

export type SampleCommunity = z.infer<typeof Community>;

export function sampleCommunity(): SampleCommunity {
  return Community.parse(JSON.parse(readSampleFile('community.json')));
}
