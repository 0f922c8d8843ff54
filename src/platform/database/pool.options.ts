/** How one process holds its connections to PostgreSQL. */
import pg from 'pg';

const { builtins } = pg.types;

type Parser = (text: string | Buffer) => unknown;
type GetParser = pg.CustomTypesConfig['getTypeParser'];

/** Instants and counters are int8: exact in a number up to 2^53, and refused beyond. */
function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('An int8 does not fit a number.');
  return value;
}

const toSafeInteger8 = (text: string | Buffer): number => toSafeInteger(text.toString());

/** `pg` asks with the number of a column's type, whatever its declarations say. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: Parameters<GetParser>[0], format?: 'text') =>
    oid === builtins.INT8
      ? toSafeInteger8
      : (pg.types.getTypeParser(oid, format) as Parser)) as GetParser,
};

/** No statement of the product takes seconds: one that does holds locks that others wait for. */
const STATEMENT_MS = 30_000;
const CONNECT_MS = 5_000;
const IDLE_MS = 30_000;

export function poolOptions(url: string, connections: number, name: string) {
  return {
    connectionString: url,
    max: connections,
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    types,
  };
}
