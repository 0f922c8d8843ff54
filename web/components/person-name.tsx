/** A person's name with their profession; where the identity comes from an emulator, it says so. */
import type { PersonView } from '@liaison/sdk/face';
import { w } from '../words/words.js';

export function PersonName({ person }: { readonly person: PersonView }) {
  return (
    <span class="person">
      <b>{person.name}</b> <span>{w().people.profession(person.profession)}</span>
      {person.trust.fictional && <em class="tag">{w().frame.fictionalTag}</em>}
    </span>
  );
}
