/**
 * Notices that the database's clock jumped, by this process's own steady one: deadlines are swept
 * by the former, so whoever asks why one came early, or late, must find it in the log. It changes
 * nothing: the clock that all processes share stays the one that counts.
 */
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { Log } from '../logger/log.js';
import { Database } from './database.js';

const NOW = 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now';

@Injectable()
export class ClockWatch {
  /** What the database's clock said beyond the steady one. */
  private apartMs: number | null = null;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /** Between two looks, clocks that run go on together. */
  async look(): Promise<void> {
    const asked = performance.now();
    const [row] = await this.database.query<{ now: number }>(NOW);
    const answered = performance.now();
    // A slow answer says too little of when it was given.
    if (row === undefined || answered - asked > LIMITS.clockJumpMs.value / 2) return;
    const apartMs = row.now - (asked + answered) / 2;
    const byMs = Math.round(apartMs - (this.apartMs ?? apartMs));
    // What drifts slowly, as clocks do, adds up to no jump.
    this.apartMs = apartMs;
    if (Math.abs(byMs) < LIMITS.clockJumpMs.value) return;
    this.log.warn('The database’s clock jumped: deadlines follow it.', { byMs });
  }
}
