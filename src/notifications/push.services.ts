/**
 * To which addresses a push may go. A subscription's address comes from a browser, that is from
 * anybody: so only known push services are asked, by https, and never an address inside a network.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';
import type { Config } from '../platform/config/config.js';

/** `*.` stands for one or more names before it. */
function isNamed(hostname: string, pattern: string): boolean {
  if (!pattern.startsWith('*.')) return hostname === pattern;
  return hostname.endsWith(pattern.slice(1));
}

/** A receiver on the machine itself, written as a whole origin: for a try-out and for tests. */
const isLocal = (url: URL, config: Config): boolean =>
  config.mode === 'embedded' && config.pushServices.includes(url.origin);

/** Whether pushes may be sent there at all. */
export function isPushAddress(endpoint: string, config: Config): boolean {
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (url.username !== '' || url.password !== '') return false;
  if (isLocal(url, config)) return true;
  if (url.protocol !== 'https:' || url.port !== '') return false;
  return config.pushServices.some((pattern) => isNamed(url.hostname, pattern));
}

const INSIDE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  INSIDE.addSubnet(net, bits, 'ipv4');
}
// Nothing outside 2000::/3 is out there, and addresses of version 4 in disguise are inside it not.
const OUTSIDE = new BlockList();
OUTSIDE.addSubnet('2000::', 3, 'ipv6');

export function isInside(address: string, family: number): boolean {
  return family === 4 ? INSIDE.check(address, 'ipv4') : !OUTSIDE.check(address, 'ipv6');
}

/** Finds a service's address, as long as it is none of ours: a name may point anywhere. */
export function lookupFor(endpoint: string, config: Config): LookupFunction {
  const local = isLocal(new URL(endpoint), config);
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) {
        done(error, '');
        return;
      }
      const usable = found.filter(({ address, family }) => local || !isInside(address, family));
      const [first] = usable;
      if (first === undefined) done(new Error('a push service inside the network'), '');
      else if (options.all === true) done(null, usable);
      else done(null, first.address, first.family);
    });
  };
}
