/** Clears away ended sessions, spent tokens and abandoned sign-ins, once a minute, in each API. */
import { LIMITS } from '@liaison/contract/limits';
import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Log } from '../platform/logger/log.js';
import { Sessions } from './sessions.js';

@Injectable()
export class SessionSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: Sessions,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sessions.sweep().catch((error: unknown) => {
        this.log.warn('Ended sessions stay until the next sweep.', { error });
      });
    }, LIMITS.sessionSweepMs.value);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
