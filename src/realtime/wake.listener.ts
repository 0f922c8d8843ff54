/**
 * Hears, in each API process, whom the workers woke, and passes it on to their sockets. The
 * connection is its own; when the database goes away it comes back by itself, and what was missed
 * meanwhile is found by the clients' polling.
 */
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { Committed } from '../events/committed.js';
import { parseWake, WAKE_CHANNEL } from '../events/wake.js';
import { Config } from '../platform/config/config.js';
import { Log } from '../platform/logger/log.js';

const RETRY_MS = 1_000;

@Injectable()
export class WakeListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(
    private readonly config: Config,
    private readonly committed: Committed,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listen();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    clearTimeout(this.retry);
    await this.client?.end();
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      application_name: 'liaison-wake',
      keepAlive: true,
    });
    client.on('notification', ({ payload = '' }) => {
      this.committed.publish({ event: 'notifications', payload: {}, people: parseWake(payload) });
    });
    client.on('error', (error) => {
      this.comeBack(client, error);
    });
    client.on('end', () => {
      this.comeBack(client, undefined);
    });
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${WAKE_CHANNEL}`);
    } catch (error) {
      this.comeBack(client, error);
    }
  }

  private comeBack(lost: pg.Client, error: unknown): void {
    if (this.closing || this.client !== lost) return;
    this.client = undefined;
    this.log.warn('Wake-ups from the workers are away.', { error });
    this.retry = setTimeout(() => {
      void this.listen();
    }, RETRY_MS);
  }
}
