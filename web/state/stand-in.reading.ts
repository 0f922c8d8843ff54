/**
 * Who could be asked in place of somebody who declined, so that the board can name them on the
 * button itself. Only somebody of the same trade is proposed: what is declined by a home nurse is
 * nothing for a doctor. It proposes; a person taps.
 */
import type { MemberId } from '@liaison/contract/ids';
import type { PartyView } from '@liaison/sdk/face';

/** What teams call themselves, by trade: the directory knows no profession of a team. */
const TRADES: readonly (readonly [string, RegExp])[] = [
  ['nurse', /\b(idel|infirmi)/],
  ['physio', /\b(kine|masseur)/],
  ['midwife', /\bsages?[ -]femmes?\b/],
  ['pharmacy', /\bpharmaci/],
  ['laboratory', /\b(labo|biologi)/],
  ['doctor', /\b(dr|docteur|medecin|medical)/],
];

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** Null where neither name nor category tells. */
export function tradeOf({ name, category }: Pick<PartyView, 'name' | 'category'>): string | null {
  if (category === 'pharmacy' || category === 'laboratory') return category;
  const words = plain(name);
  return TRADES.find(([, form]) => form.test(words))?.[0] ?? null;
}

/** The first of `others`, in their order, who does the same and was not asked yet. */
export function standInFor(
  from: PartyView,
  others: readonly PartyView[],
  asked: readonly MemberId[],
): PartyView | null {
  const trade = tradeOf(from);
  if (trade === null) return null;
  return others.find((one) => !asked.includes(one.member) && tradeOf(one) === trade) ?? null;
}
