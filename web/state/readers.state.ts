/**
 * Who can read a sealed thing: everybody of each team that it was sealed to, as this device
 * verified those teams. Somebody who declined or was replaced could still read what was sent.
 */
import { memberRef } from '@liaison/contract/ids';
import type { PartyView, PersonView } from '@liaison/sdk/face';
import { face } from '../worker/liaison.client.js';

export interface ReadingParty {
  readonly party: PartyView;
  readonly people: readonly PersonView[];
}

async function peopleOf(party: PartyView): Promise<readonly PersonView[]> {
  const ref = memberRef(party.member);
  if (ref.type === 'team') return face.teamMembers(ref.team);
  const person = await face.person(ref.person);
  return person === null ? [] : [person];
}

export function readingParties(parties: readonly PartyView[]): Promise<readonly ReadingParty[]> {
  const once = new Map(parties.map((party) => [party.member, party]));
  return Promise.all(
    [...once.values()].map(async (party) => ({ party, people: await peopleOf(party) })),
  );
}

export const countReaders = (reading: readonly ReadingParty[]): number =>
  new Set(reading.flatMap(({ people }) => people.map(({ person }) => person))).size;
