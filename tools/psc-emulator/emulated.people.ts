/** The sample's professionals as the emulator knows them, and how userinfo answers for each. */
import { sampleCommunity } from '../sample/community.js';
import { samplePeople } from '../sample/people.js';
import { changedPeople, withFormerNumbers } from './changed.people.js';
import type { EmulatedPerson } from './person.claims.js';

export function emulatedPeople(): EmulatedPerson[] {
  const { signIn } = sampleCommunity();
  const people = samplePeople().map((person) => ({
    ...person,
    signedUserinfo: signIn.signedUserinfo.includes(person.nationalId),
    withoutActivities: signIn.withoutActivities.includes(person.nationalId),
    key: person.nationalId,
    otherIds: [{ origine: 'RPPS', identifiant: person.rpps }],
  }));
  return [...people.map(withFormerNumbers), ...changedPeople(people)];
}
