/** The statements of links between devices, said again over rows in memory. */
import type { Say } from './database.js';
import type { LinkRow, Tables } from './tables.js';

/** Changes the link if it is as the statement asks. */
function change(rows: Tables, code: unknown, isAsWanted: (row: LinkRow) => boolean, to: object) {
  const row = rows.links.get('', code as string);
  if (row !== undefined && isAsWanted(row)) rows.links.put('', row.code, { ...row, ...to });
  return [];
}

const parsed = (text: unknown): object => JSON.parse(text as string) as object;

export const LINKS: readonly Say[] = [
  [
    'SELECT ask, answer, reveal',
    (rows, [code, now]) => {
      const row = rows.links.get('', code as string);
      if (row === undefined || row.until <= (now as number)) return [];
      const { ask, answer, reveal, grant, ended, askedAt, until, account } = row;
      return [{ ask, answer, reveal, grant, ended, askedAt, until, account }];
    },
  ],
  [
    'DELETE FROM links WHERE until',
    (rows, [now]) => {
      for (const { code, until } of rows.links.all()) {
        if (until <= (now as number)) rows.links.delete('', code);
      }
      return [];
    },
  ],
  [
    'SELECT count(*) AS open FROM links',
    (rows, [account]) => {
      const open = rows.links.all().filter((row) => row.account === account && row.ended === null);
      return [{ open: open.length }];
    },
  ],
  [
    'INSERT INTO links',
    (rows, [code, account, ask, askedAt, until]) => {
      if (rows.links.get('', code as string) !== undefined) return [];
      const said = { ask: parsed(ask), answer: null, reveal: null, grant: null, ended: null };
      const row = { code, account, askedAt, until, ...said } as LinkRow;
      rows.links.put('', row.code, row);
      return [];
    },
  ],
  [
    'UPDATE links SET answer',
    (rows, [code, answer, account]) => {
      const isFree = (row: LinkRow): boolean => row.answer === null && row.ended === null;
      return change(rows, code, isFree, { answer: parsed(answer), account });
    },
  ],
  [
    'UPDATE links SET reveal',
    (rows, [code, reveal]) => {
      const isHeard = (row: LinkRow): boolean =>
        row.answer !== null && row.reveal === null && row.ended === null;
      return change(rows, code, isHeard, { reveal: parsed(reveal) });
    },
  ],
  [
    'UPDATE links SET ended',
    (rows, [code, ended]) => change(rows, code, (row) => row.ended === null, { ended }),
  ],
];
