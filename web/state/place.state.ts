/**
 * Where the person is: addresses of the app and the screen each one names. Addresses carry opaque
 * ids only, because they end up in histories and server logs.
 */
import type { AskedKind, HandoffKindName } from '@liaison/contract/handoff';
import { ASKED_KINDS } from '@liaison/contract/handoff.lists';
import type { CircleId, MemberId, Uuid } from '@liaison/contract/ids';
import type { SessionView } from '@liaison/sdk/face';
import { computed, signal } from '@preact/signals';
import { isPost, POST_PATH } from './post.mode.js';

export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'compose'; readonly draft: Uuid | null; readonly instead: CircleId | null }
  | { readonly at: 'choose' }
  | {
      readonly at: 'ask';
      readonly kind: AskedKind;
      readonly draft: Uuid | null;
      readonly instead: CircleId | null;
    }
  | { readonly at: 'handoff'; readonly id: CircleId; readonly askInstead: MemberId | null }
  | { readonly at: 'talks'; readonly id: CircleId | null }
  | { readonly at: 'people' }
  | { readonly at: 'news' }
  | { readonly at: 'me' }
  | { readonly at: 'notifications' }
  | { readonly at: 'link' }
  | { readonly at: 'invitation' }
  | { readonly at: 'welcome' }
  | { readonly at: 'nowhere' };

export type PlaceName = Place['at'];

/** How each kind that is asked is called in an address. */
const ASK_NAMES: Readonly<Record<AskedKind, string>> = {
  admission: 'entree',
  'unscheduled-care': 'soins',
  'expert-opinion': 'avis',
  request: 'demande',
};

const afterId = (id: CircleId | null): string => (id === null ? '' : `?remplace=${id}`);

export const paths = {
  home: '/',
  compose: (draft?: Uuid): string => `/transmettre${draft === undefined ? '' : `/${draft}`}`,
  composeInstead: (kind: HandoffKindName, id: CircleId): string =>
    `${pathOfKind(kind)}${afterId(id)}`,
  choose: '/nouveau',
  ask: (kind: AskedKind, draft: Uuid | null = null, instead: CircleId | null = null): string =>
    `/demander/${ASK_NAMES[kind]}${draft === null ? '' : `/${draft}`}${afterId(instead)}`,
  handoff: (id: CircleId): string => `/transmissions/${id}`,
  askInstead: (id: CircleId, member: MemberId): string => `/transmissions/${id}?demander=${member}`,
  talks: '/conversations',
  talk: (id: CircleId): string => `/conversations/${id}`,
  people: '/annuaire',
  news: '/nouvelles',
  me: '/moi',
  notifications: '/mes-notifications',
  link: '/relier',
  post: POST_PATH,
} as const;

/** Where a new one of that kind begins. */
export const pathOfKind = (kind: HandoffKindName): string =>
  kind === 'discharge' ? paths.compose() : paths.ask(kind);

/** A hospital unit hands its patients over; whoever is elsewhere says first what it is about. */
export const pathOfNew = ({ teams }: Pick<SessionView, 'teams'>): string =>
  teams.some(({ category }) => category === 'hospital-unit') ? paths.compose() : paths.choose;

const CIRCLE = /^[A-Za-z0-9_-]{43}$/;

const asCircle = (text: string | undefined | null): CircleId | null =>
  text !== undefined && text !== null && CIRCLE.test(text) ? (text as CircleId) : null;

const asMember = (text: string | null): MemberId | null =>
  text !== null && /^[pt]\.[A-Za-z0-9_-]{43}$/.test(text) ? (text as MemberId) : null;

interface AskedOf {
  readonly room: string;
  readonly name: string | undefined;
  readonly draft: string | undefined;
  readonly instead: CircleId | null;
}

/** The choice of a kind, which is also where an unknown kind leads. */
function asking({ room, name, draft, instead }: AskedOf): Place | null {
  if (room !== 'nouveau' && room !== 'demander') return null;
  const kind = ASKED_KINDS.find((one) => ASK_NAMES[one] === name);
  if (kind === undefined) return { at: 'choose' };
  return { at: 'ask', kind, draft: (draft ?? null) as Uuid | null, instead };
}

/** `handoffs` and `channels` are what mails and other programs write: ids without a language. */
function withId(room: string, id: string | undefined, query: URLSearchParams): Place | null {
  const circle = asCircle(id);
  switch (room) {
    case 'transmissions':
    case 'handoffs':
      return circle === null
        ? { at: 'home' }
        : { at: 'handoff', id: circle, askInstead: asMember(query.get('demander')) };
    case 'conversations':
    case 'channels':
      return { at: 'talks', id: circle };
    default:
      return null;
  }
}

/** Rooms that are one place, whatever follows their name. */
const PLAIN: ReadonlyMap<string, Place> = new Map<string, Place>([
  ['', { at: 'home' }],
  ['annuaire', { at: 'people' }],
  ['nouvelles', { at: 'news' }],
  ['moi', { at: 'me' }],
  ['mes-notifications', { at: 'notifications' }],
  ['relier', { at: 'link' }],
  ['bienvenue', { at: 'welcome' }],
  ['invitation', { at: 'invitation' }],
  ['invitations', { at: 'invitation' }],
]);

export function placeOf(path: string, search: string): Place {
  const [room = '', id, draft] = path.split('/').filter((part) => part !== '');
  const query = new URLSearchParams(search);
  const instead = asCircle(query.get('remplace'));
  const asked = asking({ room, name: id, draft, instead });
  if (asked !== null) return asked;
  if (room === 'transmettre') return { at: 'compose', draft: (id ?? null) as Uuid | null, instead };
  return PLAIN.get(room) ?? withId(room, id, query) ?? { at: 'nowhere' };
}

interface Address {
  readonly path: string;
  readonly search: string;
}

/**
 * At a shared post the browser's history holds one address and a number: where somebody went stands
 * here, and is gone with the page.
 */
const HOME: Address = { path: '/', search: '' };
const visited: Address[] = [HOME];
// A reload finds the number of the page before it, which leads nowhere any more.
if (isPost) history.replaceState(0, '', location.href);

function addressNow(): Address {
  if (!isPost) return { path: location.pathname, search: location.search };
  const at: unknown = history.state;
  return visited[typeof at === 'number' ? at : 0] ?? HOME;
}

const address = signal(addressNow());

export const place = computed(() => placeOf(address.value.path, address.value.search));

const readAddress = (): void => {
  address.value = addressNow();
};

/** Whether that handoff is the page beside the list. */
export const isShown = (id: CircleId): boolean =>
  place.value.at === 'handoff' && place.value.id === id;

export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (isPost) visit(path, how);
  else if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  readAddress();
}

function visit(path: string, how: 'push' | 'replace'): void {
  const { pathname, search } = new URL(path, location.origin);
  const here = visited.indexOf(address.value);
  const next = how === 'push' ? here + 1 : here;
  visited.splice(next, visited.length, { path: pathname, search });
  if (how === 'push') history.pushState(next, '', POST_PATH);
  else history.replaceState(next, '', POST_PATH);
}

/** Links are plain `<a href>`: a click without a modifier stays in the page. */
function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link?.origin !== location.origin || link.target !== '') return;
  if (link.hasAttribute('download') || link.hash !== '') return;
  event.preventDefault();
  go(link.pathname + link.search);
}

export function watchAddress(): void {
  addEventListener('popstate', readAddress);
  document.addEventListener('click', followLink);
}
