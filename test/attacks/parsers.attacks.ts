/** Texts made to break a reader: depth, unicode, two readings; and replies of no known form. */
import { expect } from '@jest/globals';
import { canonical } from '@liaison/contract/encoding';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { itemSigned } from '@liaison/contract/signing';
import { sign } from '@liaison/sdk/crypto/signing';
import { headAfter } from '@liaison/sdk/logs/circle-history';
import { type Attack, attack, blocks, heals, isBlocked, onChannel } from './attack.js';
import type { Forged } from './insider.js';
import { type Scene, serve, type Stage, tamper } from './stage.js';

/** A text of the nurse's that is truly signed, and not what a header may be. */
async function signedText(
  { nurse, circle }: Scene,
  change: (text: string) => string,
): Promise<Forged> {
  const honest = await nurse.forge(circle);
  const text = change(honest.item.text);
  const { secretKey } = nurse.vault.device().signing;
  const signature = sign(secretKey, itemSigned(nurse.origin, text));
  const { head: before } = await nurse.book(circle);
  return {
    ...honest,
    item: { ...honest.item, text, signature },
    head: headAfter(before, text, signature),
  };
}

const onText = (id: string, name: string, change: (text: string) => string, code: string): Attack =>
  onChannel(
    id,
    name,
    async (scene) => serve(scene, [await signedText(scene, change)]),
    blocks(code),
  );

const facts = (json: string) => (text: string) =>
  text.replace(/"facts":\{[^}]*\}/, `"facts":${json}`);
const DEEP = 20_000;

export const PARSERS: readonly Attack[] = [
  onText(
    'bomb-depth',
    'a header that nests deeper than any',
    facts(`{"x":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`),
    'form',
  ),
  onText(
    'bomb-unicode',
    'a header that spells letters otherwise, so that two texts look like one',
    facts('{"x":"e\\u0301\\u202e\\u200b"}'),
    'form',
  ),
  onText(
    'bomb-size',
    'a header of ten million letters, truly signed',
    facts(`{"x":"${'a'.repeat(10_000_000)}"}`),
    'reply-invalid',
  ),
  onText('bomb-surrogate', 'a header with half a character', facts('{"x":"\\ud800"}'), 'form'),
  onText(
    'two-readings',
    'a header that says one thing twice',
    (text) => `{"as":"10",${text.slice(1)}`,
    'form',
  ),
  onText('white-space', 'a header with room for another reading', (text) => `${text} `, 'form'),
  onText(
    'number-beyond',
    'a number that readers round differently',
    facts('{"x":9007199254740993}'),
    'form',
  ),
  onText(
    'header-of-nothing',
    'a signed text that is no header',
    () => canonical({ v: 1, suite: 1 }),
    'form',
  ),
  attack({
    id: 'junk-behind-a-stranger',
    name: 'junk in a page whose first author must be fetched',
    arrange: async (stage: Stage) => {
      const victim = await stage.victim('gp', ['people']);
      const scene = await stage.scene();
      await stage.post('nurse', scene.circle, 'deux');
      return { ...scene, victim };
    },
    misbehave: (scene) =>
      tamper(scene, (items) => items.map((one, i) => (i > 1 ? { ...one, text: '{{{' } : one))),
    expect: blocks('form'),
  }),
  onChannel(
    'reply-of-no-form',
    'one circle answered with junk, so that all others stop',
    async (scene, stage) => {
      const { nurse, gp } = stage.people;
      await stage.post('nurse', scene.circle, 'deux');
      const other = stage.note(await nurse.liaison.createChannel('Autre', [nurse.team, gp.team]));
      scene.victim.liar.about(CIRCLE_ROUTES.items, async (truth, asked) => {
        return asked.params['circle'] === scene.circle ? { items: 'none' } : truth();
      });
      return other;
    },
    async (scene, stage, other) => {
      await scene.victim.liaison.sync();
      await isBlocked(scene.victim, scene.circle, 'reply-invalid', stage);
      const known = (await scene.victim.liaison.channels()).map(({ id }) => id);
      expect(known).toContain(other);
      stage.behave(scene.victim);
      await heals(scene, stage);
      return 'blocked: reply-invalid; others go on';
    },
  ),
];
