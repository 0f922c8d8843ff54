/**
 * Hundreds of people beside the real clients of a world: real keys and real identity logs, enrolled
 * over HTTP with the operator's word, and nobody at the device. Enrolling each by a real client
 * would take minutes and show nothing more.
 */
import type { Origin, PersonId } from '@liaison/contract/ids';
import { enrolPeople } from '../../bench/people.enrolment.js';
import type { World } from './world.js';

export async function enrolCrowd(world: World, count: number): Promise<PersonId[]> {
  const { port } = new URL(world.origin);
  const people = await enrolPeople(
    {
      address: { host: '127.0.0.1', port: Number(port) },
      origin: world.origin as Origin,
      databaseUrl: world.fixture.url,
      cookieName: `liaison-session-${port}`,
    },
    count,
  );
  return people.map(({ author }) => author.person);
}
