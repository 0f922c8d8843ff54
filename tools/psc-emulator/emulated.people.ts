/** The sample's professionals as the emulator knows them, and how userinfo answers for each. */
import { sampleCommunity } from '../sample/community.js';
import { samplePeople } from '../sample/people.js';
import type { EmulatedPerson } from './person.claims.js';

export function emulatedPeople(): EmulatedPerson[] {
  const { signIn } = sampleCommunity();
  return samplePeople().map((person) => ({
    ...person,
    signedUserinfo: signIn.signedUserinfo.includes(person.nationalId),
    withoutActivities: signIn.withoutActivities.includes(person.nationalId),
  }));
}
