/** Entries replayed, moved, dropped, altered; signatures and authors that are not what they say. */
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { Hash, PersonId, Signature } from '@liaison/contract/ids';
import type { WireItem } from '@liaison/contract/item';
import { newDevice } from '@liaison/sdk/logs/identity-statements';
import { type Attack, blocks, flags, onChannel, unreadable } from './attack.js';
import { type Forged, otherBytes } from './insider.js';
import { edited, rewind, type Scene, serve, type Stage, tamper } from './stage.js';

const NO_HASH = toBase64Url(new Uint8Array(32).fill(9)) as Hash;

/** One more honest message, which the server changes on its way to the victim. */
const altered =
  (change: (wire: WireItem) => unknown) =>
  async (scene: Scene, stage: Stage): Promise<void> => {
    await stage.post('nurse', scene.circle, 'deux');
    tamper(scene, (items) => items.map(change));
  };

/** Order of the group: little-endian, to be added to a signature's S. */
const L = (1n << 252n) + 27742317777372353535851937790883648493n;

/** The same signature with S + L: ordinary libraries take it, a strict one does not. */
function malleable(signature: Signature): Signature {
  const bytes = fromBase64Url(signature);
  let s = bytes.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + L;
  for (let at = 32; at < 64; at++, s >>= 8n) bytes[at] = Number(s & 255n);
  return toBase64Url(bytes) as Signature;
}

async function replayed({ nurse, circle }: Scene): Promise<Forged> {
  const last = (await nurse.book(circle)).items.findLast((item) => item.header.body !== null);
  if (last === undefined) throw new Error('Nothing to replay.');
  return nurse.forge(circle, { header: () => ({ id: last.header.id }) });
}

export const ENTRIES: readonly Attack[] = [
  onChannel(
    'entry-unsigned',
    'an entry whose signature is nobody’s',
    altered((wire) => ({ ...wire, signature: toBase64Url(new Uint8Array(64).fill(7)) })),
    blocks('signature'),
  ),
  onChannel(
    'entry-signature-malleable',
    'a signature with S beyond the group’s order',
    altered((wire) => ({ ...wire, signature: malleable(wire.signature) })),
    blocks('signature'),
  ),
  onChannel(
    'entry-other-signer',
    'an entry signed by another device than it names',
    async (scene) => {
      const signer = newDevice().signing.secretKey;
      serve(scene, [await scene.nurse.forge(scene.circle, { signer })]);
    },
    blocks('signature'),
  ),
  onChannel(
    'entry-facts-altered',
    'visible facts of an entry altered',
    altered((wire) =>
      edited(wire, () => ({ facts: { mentions: [], replyTo: null, attachments: [], x: 1 } })),
    ),
    blocks('signature'),
  ),
  onChannel(
    'entry-time-altered',
    'an entry moved in time',
    altered((wire) => edited(wire, ({ at }) => ({ at: Number(at) - 86_400_000 }))),
    blocks('signature'),
  ),
  onChannel(
    'entry-author-reattributed',
    'an entry put into another person’s mouth',
    async (scene, stage) => {
      const author = stage.people.gp.person;
      const identity = await scene.gp.identity();
      await altered((wire) => edited(wire, () => ({ author, identity })))(scene, stage);
    },
    blocks('device-unknown'),
  ),
  onChannel(
    'entry-role-reattributed',
    'an acting profession changed',
    altered((wire) => edited(wire, () => ({ as: '10' }))),
    blocks('signature'),
  ),
  onChannel(
    'entry-body-swapped',
    'another sealed body under a signed header',
    altered((wire) => ({ ...wire, body: otherBytes(700) })),
    blocks('body'),
  ),
  onChannel(
    'entry-from-another-circle',
    'an entry of one circle served in another',
    async (scene, stage) => {
      const { nurse, gp } = stage.people;
      const other = stage.note(await nurse.liaison.createChannel('Autre', [nurse.team, gp.team]));
      await stage.post('nurse', other, 'ailleurs');
      serve(scene, [{ ...(await scene.nurse.forge(other)), head: await nextHead(scene) }]);
    },
    blocks('circle-id'),
  ),
  onChannel(
    'entry-of-another-instance',
    'an entry signed for a test instance, served in production',
    async (scene) => {
      const header = () => ({ origin: 'https://test.liaison.example' });
      serve(scene, [await scene.nurse.forge(scene.circle, { header })]);
    },
    blocks('origin'),
  ),
  onChannel(
    'entry-replayed',
    'an entry replayed in its own circle',
    replayed,
    flags('item_id_reused'),
  ),
  onChannel(
    'entry-counter-reused',
    'a counter used again, as after a restored snapshot',
    ({ nurse, circle }) => nurse.forge(circle, { step: 0 }),
    flags('counter_reused'),
  ),
  onChannel(
    'entry-dropped',
    'an entry left out in the middle',
    async (scene, stage) => {
      await stage.post('nurse', scene.circle, 'deux');
      await stage.post('nurse', scene.circle, 'trois');
      tamper(scene, (items) => items.slice(1));
    },
    blocks('gap'),
  ),
  onChannel(
    'entry-dropped-renumbered',
    'an entry left out, the others moved up',
    async (scene, stage) => {
      await stage.post('nurse', scene.circle, 'deux');
      await stage.post('nurse', scene.circle, 'trois');
      tamper(scene, ([, ...items]) => items.map((item) => ({ ...item, k: item.k - 1 })));
    },
    blocks('fork'),
  ),
  onChannel(
    'entry-reordered',
    'two entries in each other’s place',
    async (scene, stage) => {
      await stage.post('nurse', scene.circle, 'deux');
      await stage.post('nurse', scene.circle, 'trois');
      tamper(scene, (items) => {
        const [a, b] = items;
        return a && b
          ? [
              { ...b, k: a.k },
              { ...a, k: b.k },
            ]
          : items;
      });
    },
    blocks('fork'),
  ),
  onChannel(
    'entry-repeated',
    'an entry served twice in a row',
    async (scene, stage) => {
      await stage.post('nurse', scene.circle, 'deux');
      tamper(scene, (items) => items.flatMap((item) => [item, item]));
    },
    blocks('order'),
  ),
  onChannel(
    'fork-of-halves',
    'two halves of a circle are given different histories',
    async (scene, stage) => {
      const mine = await scene.nurse.forge(scene.circle);
      await stage.post('gp', scene.circle, 'l’autre moitié');
      const after = mine.head;
      serve(scene, [await scene.nurse.forge(scene.circle, { after })]);
    },
    blocks('fork'),
  ),
  onChannel(
    'seen-head-false',
    'an entry that cites another past than everybody’s',
    async (scene) => {
      const header = ({ seen }: { seen: { k: number } }) => ({ seen: { k: seen.k, h: NO_HASH } });
      serve(scene, [await scene.nurse.forge(scene.circle, { header })]);
    },
    blocks('fork'),
  ),
  onChannel(
    'identity-head-false',
    'an author citing another identity log than the one served',
    async (scene) => {
      const { n } = await scene.nurse.identity();
      const header = () => ({ identity: { n, h: NO_HASH } });
      serve(scene, [await scene.nurse.forge(scene.circle, { header })]);
    },
    blocks('identity-fork'),
  ),
  onChannel(
    'ghost-device-writes',
    'an entry by a device that is in nobody’s log',
    async (scene) => {
      const ghost = newDevice();
      const header = () => ({ device: ghost.keys.device });
      const signer = ghost.signing.secretKey;
      serve(scene, [await scene.nurse.forge(scene.circle, { header, signer })]);
    },
    blocks('device-unknown'),
  ),
  onChannel(
    'author-not-served',
    'an entry by somebody whose identity log the server withholds',
    async (scene) => {
      const header = () => ({ author: NO_HASH as string as PersonId });
      serve(scene, [await scene.nurse.forge(scene.circle, { header })]);
    },
    blocks('waiting-identity'),
  ),
  onChannel(
    'kind-out-of-place',
    'an entry of a kind that has no place in this circle',
    ({ nurse, circle }) =>
      nurse.forge(circle, { kind: 'task.done', facts: { task: crypto.randomUUID() } }),
    flags('item_not_allowed'),
  ),
  onChannel(
    'facts-of-no-schema',
    'an entry whose facts carry free text',
    ({ nurse, circle }) => nurse.forge(circle, { facts: { patient: 'Durand' } }),
    flags('item_invalid'),
  ),
  onChannel(
    'critical-flag-turned',
    'a known kind with another critical flag',
    ({ nurse, circle }) => nurse.forge(circle, { critical: true }),
    flags('item_invalid'),
  ),
  onChannel(
    'poison-body',
    'a body that opens and is of no known form',
    ({ nurse, circle }) => nurse.forge(circle, { body: { text: 7 } }),
    unreadable('form'),
  ),
  onChannel(
    'body-of-another-entry',
    'somebody’s sealed body sent again under another id',
    async ({ nurse, circle }) => {
      const last = (await nurse.book(circle)).items.at(-1);
      return nurse.forge(circle, { sealed: last?.sealed ?? otherBytes(600) });
    },
    unreadable('not-opened'),
  ),
  onChannel(
    'body-random',
    'a poison body of random bytes that the server accepts',
    ({ nurse, circle }) => nurse.forge(circle, { sealed: otherBytes(600) }),
    unreadable('not-opened'),
  ),
  onChannel(
    'unknown-critical',
    'an unknown critical entry, to be hidden from older clients',
    async (scene) => {
      const forgery = { critical: true, header: () => ({ kind: 'letter.recalled' }) };
      serve(scene, [await scene.nurse.forge(scene.circle, forgery)]);
    },
    blocks('update-needed'),
  ),
  onChannel(
    'version-raised',
    'an item of a suite that this client does not know',
    async (scene) => {
      serve(scene, [await scene.nurse.forge(scene.circle, { header: () => ({ suite: 2 }) })]);
    },
    blocks('update-needed'),
  ),
  onChannel(
    'tail-truncated',
    'the server goes back behind what was read',
    async (scene, stage) => {
      await stage.post('nurse', scene.circle, 'deux');
      await scene.victim.liaison.sync();
      const book = await scene.nurse.book(scene.circle);
      const k = book.head.k - 1;
      const head = { k, h: book.replay.history.chainAt(k) ?? NO_HASH };
      rewind(scene, head);
    },
    blocks('rolled-back'),
  ),
  onChannel(
    'head-replaced',
    'the server shows another head at the place that was read',
    async (scene) => {
      const { k } = (await scene.nurse.book(scene.circle)).head;
      rewind(scene, { k, h: NO_HASH });
    },
    blocks('rolled-back'),
  ),
  onChannel(
    'head-of-another-history',
    'true items under a head that they do not lead to',
    async (scene, stage) => {
      await stage.post('nurse', scene.circle, 'deux');
      scene.victim.liar.about(CIRCLE_ROUTES.items, async (truth, asked) => {
        const page = await truth();
        const isIt = asked.params['circle'] === scene.circle && page.items.length > 0;
        return isIt ? { ...page, head: { ...page.head, h: NO_HASH } } : page;
      });
    },
    blocks('fork'),
  ),
  onChannel(
    'tail-withheld',
    'the server names a head and does not give what leads to it',
    async (scene, stage) => {
      await stage.post('nurse', scene.circle, 'deux');
      tamper(scene, () => []);
    },
    blocks('gap'),
  ),
];

async function nextHead({ nurse, circle }: Scene) {
  return (await nurse.forge(circle)).head;
}
