/**
 * What a device could open if the server gave it everything: it tries each sealed copy there is
 * with each key it has or finds, and follows every link. A device that was revoked, or whose owner
 * left a circle, must find nothing that was written afterwards.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { type CircleId, type DeviceId, memberRef, type PersonId } from '@liaison/contract/ids';
import type { SealedCopy } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import type { IdentityLogState } from '@liaison/contract/identity-rules';
import type { EpochFacts } from '@liaison/contract/circle';
import { deriveEpoch, derivePersonKeys, type EpochKeys } from '@liaison/sdk/crypto/epoch';
import { openCopy, sealingPairFromSeed, type SealingPair } from '@liaison/sdk/crypto/sealing';
import { epochContext } from '@liaison/sdk/logs/circle-items';
import {
  type EpochOrigin,
  epochOpenedBy,
  openEarlier,
  pinOf,
} from '@liaison/sdk/logs/epoch-copies';
import { openPersonKeys } from '@liaison/sdk/logs/person-keys';
import type { MemoryStore } from '@liaison/sdk/store/memory.store';
import { type CopyRow, place, type Tables } from '../rows/tables.js';

interface Loot {
  readonly person: PersonId;
  readonly generations: Map<number, SealingPair>;
  readonly epochs: Map<string, EpochKeys>;
}

interface Kept {
  readonly sealing: string;
  readonly person: PersonId | null;
}

const nameOf = (circle: CircleId, epoch: number): string => `${circle}/${epoch}`;
const textOf = (copy: Buffer): SealedCopy => copy.toString('base64url') as SealedCopy;

/** The circles' statements, as whoever has the rows reads them. */
export class Papers {
  readonly origins = new Map<string, EpochOrigin>();
  readonly #headers = new Map<string, ItemHeader>();

  constructor(readonly tables: Tables) {
    for (const { circle, k, header: text, statement } of tables.items.all()) {
      if (!statement) continue;
      const header = JSON.parse(text) as ItemHeader;
      this.#headers.set(`${circle}/${place(k)}`, header);
      const origin = epochOpenedBy(header);
      if (origin !== null) this.origins.set(nameOf(circle, origin.facts.epoch), origin);
    }
  }

  carrier({ circle, k }: CopyRow): ItemHeader | undefined {
    return this.#headers.get(`${circle}/${place(k)}`);
  }
}

/** The epochs that this disk leads to, as `circle/epoch`. */
export async function burgle(
  papers: Papers,
  disk: MemoryStore,
  log: IdentityLogState,
  device: DeviceId,
): Promise<ReadonlySet<string>> {
  const secrets = new Map(await disk.scan<unknown>('secrets', ''));
  const kept = secrets.get('device') as Kept;
  const own = sealingPairFromSeed(fromBase64Url(kept.sealing));
  const loot: Loot = { person: log.person, generations: new Map(), epochs: new Map() };
  openGenerations(papers, loot, log, device, own);
  for (const [name, value] of secrets) {
    if (name.startsWith('person/')) keepGeneration(loot, name, value as string);
    if (name.startsWith('epoch/')) keepEpoch(papers, loot, name.slice(6), value as string);
  }
  return lootAll(papers, loot);
}

/** The epochs that a recovery code leads to, as `circle/epoch`, whether or not it still works. */
export function burglePaper(
  papers: Papers,
  log: IdentityLogState,
  own: SealingPair,
): ReadonlySet<string> {
  const loot: Loot = { person: log.person, generations: new Map(), epochs: new Map() };
  openGenerations(papers, loot, log, 'recovery', own);
  return lootAll(papers, loot);
}

function openGenerations(
  { tables }: Papers,
  { generations }: Loot,
  log: IdentityLogState,
  recipient: DeviceId | 'recovery',
  own: SealingPair,
): void {
  const copies = tables.keyCopies.of(log.person).map((row) => {
    return { ...row, recipient: row.recipient as DeviceId | 'recovery', copy: textOf(row.copy) };
  });
  for (const [n, keys] of openPersonKeys(log, copies, recipient, own)) {
    generations.set(n, keys.sealing);
  }
}

function lootAll(papers: Papers, loot: Loot): ReadonlySet<string> {
  while (papers.tables.copies.all().some((row) => tryCopy(papers, loot, row)));
  return new Set(loot.epochs.keys());
}

function keepGeneration({ generations }: Loot, name: string, secret: string): void {
  generations.set(Number(name.slice(7)), derivePersonKeys(fromBase64Url(secret)).sealing);
}

/** A secret counts only if it is the one that the circle committed to. */
function keepEpoch(papers: Papers, loot: Loot, name: string, secret: string): void {
  const keys = deriveEpoch(fromBase64Url(secret));
  if (papers.origins.get(name)?.facts.commitment === keys.commitment)
    follow(papers, loot, name, keys);
}

/** Whether it gave something new. */
function tryCopy(papers: Papers, loot: Loot, row: CopyRow): boolean {
  const name = nameOf(row.circle, row.epoch);
  const origin = papers.origins.get(name);
  const carrier = papers.carrier(row);
  if (loot.epochs.has(name) || origin === undefined || carrier === undefined) return false;
  const pair = pairFor(loot, row, pinOf(carrier, row.member)?.generation ?? 0);
  if (pair === null) return false;
  const context = epochContext(row.circle, origin.facts, origin.prev);
  const secret = openCopy(textOf(row.copy), pair, context);
  if (secret === null) return false;
  follow(papers, loot, name, deriveEpoch(secret));
  return true;
}

function pairFor(loot: Loot, { member }: CopyRow, generation: number): SealingPair | null {
  const ref = memberRef(member);
  if (ref.type === 'team') return loot.epochs.get(nameOf(ref.team, generation))?.sealing ?? null;
  return ref.person === loot.person ? (loot.generations.get(generation) ?? null) : null;
}

function follow(papers: Papers, { epochs }: Loot, name: string, keys: EpochKeys): void {
  const [circle = '', epoch = ''] = name.split('/');
  const id = circle as CircleId;
  const factsOf = (number: number): EpochFacts | null =>
    papers.origins.get(nameOf(id, number))?.facts ?? null;
  for (const [number, one] of openEarlier(id, Number(epoch), keys, factsOf).open) {
    epochs.set(nameOf(id, number), one);
  }
}
