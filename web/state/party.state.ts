/**
 * Who can be asked: the community's teams, those met in a search, and which of them come first.
 * The order is: the patient's own doctor, those this team asked before, then the rest by name.
 */
import type { MemberId } from '@liaison/contract/ids';
import type { PartyView } from '@liaison/sdk/face';
import { signal } from '@preact/signals';
import { partyName } from '../components/party-name.js';
import { handoffs, teams } from './lists.state.js';
import { valueOf } from './loaded.state.js';

const met = signal<ReadonlyMap<MemberId, PartyView>>(new Map());

export function remember(party: PartyView): void {
  met.value = new Map(met.value).set(party.member, party);
}

const allTeams = (): readonly PartyView[] => valueOf(teams().signal.value) ?? [];

const asked = (): readonly PartyView[] =>
  (valueOf(handoffs().signal.value) ?? []).flatMap(({ iSent, addressees }) =>
    iSent ? addressees.map(({ party }) => party) : [],
  );

export function partyOf(member: MemberId): PartyView {
  const known = [...allTeams(), ...met.value.values(), ...asked()];
  const nobody: PartyView = { member, type: 'team', name: '…', category: null, town: '' };
  return known.find((party) => party.member === member) ?? nobody;
}

export const nameOf = (member: MemberId): string => partyName(partyOf(member));

/** Teams that may be asked by `from`. */
export const offered = (from: MemberId): readonly MemberId[] =>
  allTeams()
    .map(({ member }) => member)
    .filter((member) => member !== from);

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** Whether a team's name holds the doctor's family name: "Dr Petit" and "Cabinet du Dr Petit". */
export function isOwnDoctor(name: string, doctor: string): boolean {
  const words = plain(doctor)
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2);
  return words.some((word) =>
    plain(name)
      .split(/[^a-z]+/)
      .includes(word),
  );
}

export function suggested(from: MemberId, doctor: string): readonly MemberId[] {
  const before = asked().map(({ member }) => member);
  const weight = (party: PartyView): number => {
    const own = isOwnDoctor(party.name, doctor) ? 1000 : 0;
    const unit = party.category === 'hospital-unit' ? -1 : 0;
    return own + unit + before.filter((member) => member === party.member).length;
  };
  return allTeams()
    .filter(({ member }) => member !== from)
    .sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name))
    .map(({ member }) => member);
}
