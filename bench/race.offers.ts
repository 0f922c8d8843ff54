/**
 * Unscheduled care as clients ask for it: an outline sealed to its sender and to everybody who is
 * asked, the file beside it, and the answers that those asked sign, each before knowing of another.
 */
import { type CircleId, personMember } from '@liaison/contract/ids';
import type { NewItem } from '@liaison/contract/item';
import { type Built, buildItem, placeIn } from '@liaison/sdk/logs/circle-items';
import { type MadeChannel, makeCircle, stamp } from './channel.maker.js';
import type { EnrolledPerson } from './people.enrolment.js';

export interface Offer {
  readonly circle: CircleId;
  readonly sender: EnrolledPerson;
  readonly asked: readonly EnrolledPerson[];
  /** What begins it, for one submission. */
  readonly items: readonly NewItem[];
  /** The acceptance of each who is asked. */
  readonly answers: readonly NewItem[];
}

const OUTLINE = {
  act: 'Pansement complexe, ce soir',
  town: 'Laon',
  window: 'avant 20:00',
  note: '',
  sender: 'Cabinet du Dr Petit',
  phone: '03 23 00 00 00',
};
const ANSWER_MS = 3_600_000;

export function makeOffer(
  sender: EnrolledPerson,
  asked: readonly EnrolledPerson[],
  community: CircleId,
  at: number,
): Offer {
  const file = makeCircle({ kind: 'file', community, linked: null }, [sender], at);
  const claims = { kind: 'handoff', community, linked: file.circle } as const;
  const outline = makeCircle(claims, [sender, ...asked], at);
  const question = ask(outline, sender, asked, at);
  // Everybody opened their own copy of the epoch; its maker's keys are the same.
  const answers = asked.map((one) => accept(outline, question, one, at).item);
  const items = [...file.items, ...outline.items, question.item];
  return { circle: outline.circle, sender, asked, items, answers };
}

function ask(
  outline: MadeChannel,
  sender: EnrolledPerson,
  asked: readonly EnrolledPerson[],
  at: number,
): Built {
  const members = asked.map(({ author }) => personMember(author.person));
  const facts = {
    kind: 'unscheduled-care',
    template: null,
    file: outline.state.linked,
    waves: [{ opensAt: at, due: at + ANSWER_MS, members }],
    urgency: 'same-day',
    supersedes: null,
  };
  const draft = { kind: 'handoff.asked', kv: 1, critical: true, facts, body: OUTLINE };
  const place = placeIn(outline.state, outline.head);
  return buildItem(
    sender.author,
    place,
    stamp(sender.author, outline.circle, at),
    draft,
    outline.keys,
  );
}

function accept(outline: MadeChannel, question: Built, { author }: EnrolledPerson, at: number) {
  const facts = { addressee: personMember(author.person) };
  const draft = { kind: 'handoff.accepted', kv: 1, critical: true, facts, body: { note: '' } };
  const place = placeIn(outline.state, question.head);
  return buildItem(author, place, stamp(author, outline.circle, at), draft, outline.keys);
}
