/**
 * Bounds what one session or one address may ask in a minute, in this process's memory. An embedded
 * installation does not bound its own machine: its sample, its tests and its benchmarks play dozens
 * of people from one address.
 */
import { Problem } from '@liaison/contract/errors';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { Lru } from '../platform/cache/lru.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';

const MINUTE_MS = 60_000;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

const BOUNDS = {
  request: LIMITS.requestsPerMinute.value,
  'sign-in': LIMITS.signInsPerMinute.value,
} as const;

interface Window {
  readonly minute: number;
  count: number;
}

@Injectable()
export class RequestThrottle {
  private readonly windows = new Lru<string, Window>(LIMITS.throttledSources.value);
  private readonly trustsItself: boolean;

  constructor(
    private readonly clock: Clock,
    config: Config,
  ) {
    this.trustsItself = config.mode === 'embedded';
  }

  /** Counts one; refuses beyond the bound until the minute is over. */
  count(what: keyof typeof BOUNDS, source: string, address: string): void {
    if (this.trustsItself && LOOPBACK.test(address)) return;
    const minute = Math.floor(this.clock.now() / MINUTE_MS);
    const name = `${what} ${source}`;
    const known = this.windows.get(name);
    const window = known?.minute === minute ? known : { minute, count: 0 };
    window.count += 1;
    this.windows.set(name, window);
    if (window.count > BOUNDS[what]) throw new Problem('too_many_requests', what);
  }
}
