/**
 * What the server was told by those who run it. Features ask for `Config` by injection; nothing but
 * this folder reads the environment.
 */
export type Mode = 'embedded' | 'production';

/** What this process does: answer people, work through queues, or both at once (tests). */
export type Role = 'api' | 'worker';

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export abstract class Config {
  abstract readonly mode: Mode;
  abstract readonly host: string;
  abstract readonly port: number;
  /** Where browsers find this deployment; it is bound into every signature. */
  abstract readonly publicOrigin: string;
  abstract readonly databaseUrl: string;
  /** Connections of one process to PostgreSQL, queues apart. */
  abstract readonly databaseConnections: number;
  /** Queues and the socket adapter use Redis when this is given. */
  abstract readonly redisUrl: string | undefined;
  abstract readonly oidc: OidcSettings;
  abstract readonly smtpUrl: string;
  abstract readonly mailFrom: string;
  /** Hosts of push services that browsers may name; `*.` stands for any name before it. */
  abstract readonly pushServices: readonly string[];
  /** Sealed blobs and whatever else a process keeps on disk. */
  abstract readonly dataDir: string;
  /** The server's log key, outside the database. */
  abstract readonly logKeyFile: string;
  abstract readonly logLevel: string;
  /** How many proxies in front may be believed about the caller's address. */
  abstract readonly trustedProxies: number;
  /** Checks every answer against the contract: always outside production. */
  abstract readonly checkReplies: boolean;
}
