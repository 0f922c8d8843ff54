/**
 * From how many people on a circle of a life has sectors. Two hundred people would make each life
 * as long as a day: in a crowded one a handful is a crowd, for its server and its clients alike.
 */
import { LIMITS } from '@liaison/contract/limits';

const USUAL = {
  peopleInPerson: LIMITS.peopleInPerson.value,
  sectorPeople: LIMITS.sectorPeople.value,
} as const;
const CROWDED = { peopleInPerson: 2, sectorPeople: 4 } as const;

export function seatBy(isCrowded: boolean): void {
  const most = isCrowded ? CROWDED : USUAL;
  Object.assign(LIMITS.peopleInPerson, { value: most.peopleInPerson });
  Object.assign(LIMITS.sectorPeople, { value: most.sectorPeople });
}
