/**
 * The socket server's form: WebSocket only (no sticky sessions), MessagePack frames, bounded
 * frames, and an adapter through which several API processes push to each other's sockets.
 */
import type { Server as HttpServer } from 'node:http';
import { LIMITS } from '@liaison/contract/limits';
import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter as createPostgresAdapter } from '@socket.io/postgres-adapter';
import { createAdapter as createRedisAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import type { Pool, PoolClient } from 'pg';
import { Server, type ServerOptions } from 'socket.io';
import parser from 'socket.io-msgpack-parser';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Log } from '../logger/log.js';

type Adapter = ReturnType<typeof createPostgresAdapter> | ReturnType<typeof createRedisAdapter>;

/** A phone that lost its network is noticed within half a minute. */
const PING_MS = 20_000;
const PATIENCE_MS = 10_000;
/** One stream of a Redis Cluster slot, cut at about this many packets. */
const STREAM = '{liaison}:sockets';
const STREAM_LENGTH = 20_000;

/**
 * The adapter keeps one connection to listen on, and forgets it when it is lost; without giving it
 * back, each absence of the database would cost the pool a place for ever.
 */
function givingBack(pool: Pool): Pool {
  const connect = async (): Promise<PoolClient> => {
    const client = await pool.connect();
    let back = false;
    const release = client.release.bind(client);
    client.release = (lost) => {
      if (!back) release(lost);
      back = true;
    };
    client.once('end', () => {
      client.release(true);
    });
    return client;
  };
  // Listening and publishing is all that the adapter does with a pool.
  return { connect, query: pool.query.bind(pool) } as unknown as Pool;
}

export class SocketAdapter extends IoAdapter {
  private readonly config: Config;
  private readonly log: Log;
  private readonly database: Database;
  private readonly http: HttpServer;
  private redis: Redis | undefined;

  constructor(app: INestApplication<HttpServer>) {
    super(app);
    this.config = app.get(Config);
    this.log = app.get(Log).with({ room: 'sockets' });
    this.database = app.get(Database);
    this.http = app.getHttpServer();
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const form: Partial<ServerOptions> = {
      ...options,
      parser,
      transports: ['websocket'],
      maxHttpBufferSize: LIMITS.frameBytes.value,
      pingInterval: PING_MS,
      pingTimeout: PATIENCE_MS,
      // Another site's page must not open a socket with our cookie.
      allowRequest: (request, done) => {
        done(null, request.headers.origin === undefined || this.isOurs(request.headers.origin));
      },
      serveClient: false,
    };
    const server = port === 0 ? new Server(this.http, form) : new Server(port, form);
    server.adapter(this.createAdapter());
    return server;
  }

  override async dispose(): Promise<void> {
    await super.dispose();
    this.redis?.disconnect();
  }

  private isOurs(origin: string): boolean {
    return origin === this.config.publicOrigin;
  }

  private createAdapter(): Adapter {
    if (this.config.redisUrl === undefined) {
      return createPostgresAdapter(givingBack(this.database.pool), {
        channelPrefix: 'liaison_sockets',
        errorHandler: (error) => {
          this.log.warn('Sockets cannot reach the other processes.', { error });
        },
      });
    }
    this.redis = new Redis(this.config.redisUrl, { maxRetriesPerRequest: null });
    this.redis.on('error', (error) => {
      this.log.warn('Sockets cannot reach the other processes.', { error });
    });
    return createRedisAdapter(this.redis, { streamName: STREAM, maxLen: STREAM_LENGTH });
  }
}
