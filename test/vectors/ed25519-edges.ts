/**
 * Signatures where implementations of Ed25519 differ, made with big integers so that no library's
 * opinion is in them: torsion in key or nonce point, S beyond the order, y beyond the prime.
 */
import { createHash } from 'node:crypto';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
type Point = readonly [bigint, bigint];

const mod = (a: bigint, m = P): bigint => ((a % m) + m) % m;

function power(base: bigint, exponent: bigint): bigint {
  let [result, square, rest] = [1n, mod(base), exponent];
  while (rest > 0n) {
    if (rest & 1n) result = (result * square) % P;
    square = (square * square) % P;
    rest >>= 1n;
  }
  return result;
}

const inverse = (a: bigint): bigint => power(a, P - 2n);
const D = mod(-121665n * inverse(121666n));

const toNumber = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const toBytes = (value: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse());

function decode(bytes: Uint8Array): Point {
  const value = toNumber(bytes);
  const y = value & ((1n << 255n) - 1n);
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * power(2n, (P - 1n) / 4n));
  return [(x & 1n) === value >> 255n ? x : mod(-x), y];
}

const encode = ([x, y]: Point): Uint8Array => toBytes(y | ((x & 1n) << 255n));

function add([a, b]: Point, [c, d]: Point): Point {
  const t = mod(D * a * c * b * d);
  return [mod((a * d + c * b) * inverse(1n + t)), mod((b * d + a * c) * inverse(1n - t))];
}

function times(scalar: bigint, point: Point): Point {
  let [result, doubled, rest]: [Point, Point, bigint] = [[0n, 1n], point, scalar];
  while (rest > 0n) {
    if (rest & 1n) result = add(result, doubled);
    doubled = add(doubled, doubled);
    rest >>= 1n;
  }
  return result;
}

const BASE = decode(toBytes(mod(4n * inverse(5n))));
const TORSION = decode(
  Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex'),
);
const MESSAGE = Buffer.from('liaison');
const [SECRET, NONCE] = [0x1234567890abcdefn ** 3n % L, 0xfedcba0987654321n ** 3n % L];

export interface EdgeCase {
  readonly name: string;
  readonly key: string;
  readonly message: string;
  readonly signature: string;
  readonly valid: boolean;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The signature equation solved for S, over exactly these encodings. */
function solved(name: string, key: Uint8Array, r: Uint8Array, valid: boolean, more = 0n): EdgeCase {
  const digest = createHash('sha512').update(r).update(key).update(MESSAGE).digest();
  const s = mod(NONCE + mod(toNumber(digest), L) * SECRET, L) + more;
  const signature = hex(r) + hex(toBytes(s));
  return { name, key: hex(key), message: hex(MESSAGE), signature, valid };
}

/**
 * Key and nonce point carry torsion that cancels in the equation without cofactor: the one class of
 * mixed points that passes it, so both sides must take it. The nonce is tried until it does.
 */
function cancelling(name: string, key: Uint8Array): EdgeCase {
  for (let nonce = NONCE; ; nonce++) {
    const point = times(nonce, BASE);
    for (let order = 1n; order < 8n; order++) {
      const r = encode(add(point, times(order, TORSION)));
      const digest = createHash('sha512').update(r).update(key).update(MESSAGE).digest();
      const h = mod(toNumber(digest), L);
      if ((order + h) % 8n !== 0n) continue;
      const signature = hex(r) + hex(toBytes(mod(nonce + h * SECRET, L)));
      return { name, key: hex(key), message: hex(MESSAGE), signature, valid: true };
    }
  }
}

function plain(name: string, key: Uint8Array, signature: string): EdgeCase {
  return { name, key: hex(key), message: hex(MESSAGE), signature, valid: false };
}

export function edgeCases(): EdgeCase[] {
  const [a, r] = [times(SECRET, BASE), times(NONCE, BASE)];
  const [key, point] = [encode(a), encode(r)];
  const torsion = Array.from({ length: 8 }, (_, i) => encode(times(BigInt(i), TORSION)));
  const zero = '00'.repeat(32);
  return [
    solved('right', key, point, true),
    solved('S plus the order', key, point, false, L),
    solved('R with torsion', key, encode(add(r, TORSION)), false),
    solved('key with torsion', encode(add(a, TORSION)), point, false),
    solved('key and R with torsion', encode(add(a, TORSION)), encode(add(r, TORSION)), false),
    ...torsion.map((small, i) => plain(`key of small order ${i}`, small, hex(small) + zero)),
    ...torsion.map((small, i) => solved(`R of small order ${i}`, key, small, false)),
    ...[0n, 1n, 18n].map((more) =>
      plain(`key with y = p + ${more}`, toBytes(P + more), hex(point) + zero),
    ),
    ...[0n, 1n, 18n].map((more) => solved(`R with y = p + ${more}`, key, toBytes(P + more), false)),
    plain('key with the sign of zero', toBytes(1n | (1n << 255n)), hex(toBytes(1n)) + zero),
    cancelling('key and R with torsion that cancels', encode(add(a, TORSION))),
    solved('S far beyond the order', key, point, false, 14n * L),
    solved('key of small order, R with torsion', torsion[3] ?? key, encode(add(r, TORSION)), false),
    solved('key with torsion, R of small order', encode(add(a, TORSION)), torsion[3] ?? point, false),
  ];
}
