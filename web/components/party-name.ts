/** The name of a person or team; until it is verified against the team's own log, that is said. */
import type { PartyView } from '@liaison/sdk/face';
import { w } from '../words/words.js';

export const partyName = ({ name }: Pick<PartyView, 'name'>): string =>
  name === '' ? w().frame.unnamed : name;
