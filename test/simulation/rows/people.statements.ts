/** The statements of identity logs, lanes and communities, said again over rows in memory. */
import type { CircleId, Hash, PersonId } from '@liaison/contract/ids';
import type { Say } from './database.js';
import { type CardRow, place, type Tables, unnested } from './tables.js';

const NOTHING: readonly never[] = [];

const logOf = (rows: Tables, person: PersonId) => rows.logs.of(person);

type Word = [CircleId, string, number, Hash, string, string];

function putLanes(rows: Tables, person: PersonId, columns: readonly unknown[]) {
  return unnested<Word>(columns).flatMap(([circle, lane, k, h, text, signature]) => {
    const item = rows.items.get(circle, place(k));
    const before = rows.lanes.get(circle, `${person} ${lane}`);
    if (item?.h !== h || (before !== undefined && before.k >= k)) return [];
    const { ordinal } = item;
    rows.lanes.put(circle, `${person} ${lane}`, {
      circle,
      person,
      lane,
      k,
      ordinal,
      text,
      signature,
    });
    return [{ circle }];
  });
}

function lanesOf(rows: Tables, circle: CircleId, person: unknown) {
  const shown = rows.lanes.of(circle).filter((one) => person === null || one.person === person);
  return shown.sort((a, b) => (`${a.person} ${a.lane}` < `${b.person} ${b.lane}` ? -1 : 1));
}

const cardOf = (card: CardRow | undefined) =>
  card === undefined ? null : { name: card.name, finess: card.finess, town: card.town };

export const PEOPLE: readonly Say[] = [
  [
    'SELECT person_id AS person, account_id AS account, n, h FROM identity_logs WHERE person_id = ANY',
    (rows, [people]) => (people as PersonId[]).flatMap((person) => logOf(rows, person)),
  ],
  [
    'SELECT person_id AS person, account_id AS account, n, h FROM identity_logs WHERE person_id = $1',
    (rows, [person]) => logOf(rows, person as PersonId),
  ],
  [
    'INSERT INTO identity_logs',
    (rows, parameters) => {
      const [person, account, n, h] = parameters as [PersonId, string, number, Hash];
      if (rows.logs.all().some((row) => row.person === person || row.account === account))
        return [];
      rows.logs.put(person, '', { person, account, n, h });
      return [{ person_id: person }];
    },
  ],
  [
    'UPDATE identity_logs SET n',
    (rows, parameters) => {
      const [person, n, h] = parameters as [PersonId, number, Hash];
      for (const row of logOf(rows, person)) rows.logs.put(person, '', { ...row, n, h });
      return NOTHING;
    },
  ],
  [
    'SELECT s.person_id AS person, s.n, s.h',
    (rows, columns) =>
      unnested<[PersonId, number]>(columns)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([person, from]) =>
          rows.statements
            .of(person)
            .filter(({ n }) => n >= from)
            .sort((a, b) => a.n - b.n),
        ),
  ],
  [
    'INSERT INTO identity_statements',
    (rows, parameters) => {
      const [person, n, h, text, signature, possession, attestation, at] = parameters as [
        PersonId,
        number,
        Hash,
        string,
        string,
        string | null,
        string | null,
        number,
      ];
      const proof: unknown = attestation === null ? null : JSON.parse(attestation);
      const order = rows.next();
      const said = { text, signature, possession, attestation: proof };
      const row = { person, n, h, ...said, at, order };
      if (rows.statements.get(person, place(n)) !== undefined) {
        throw new Error('identity_statements: an index twice');
      }
      rows.statements.put(person, place(n), row);
      return NOTHING;
    },
  ],
  [
    'INSERT INTO person_key_copies',
    (rows, [person, ...columns]) => {
      for (const [generation, recipient, copy] of unnested<[number, string, Buffer]>(columns)) {
        const key = `${place(generation)} ${recipient}`;
        rows.keyCopies.put(person as PersonId, key, { generation, recipient, copy });
      }
      return NOTHING;
    },
  ],
  [
    'SELECT generation, recipient, copy FROM person_key_copies',
    (rows, [person]) =>
      rows.keyCopies
        .of(person as PersonId)
        .sort((a, b) => a.generation - b.generation || (a.recipient < b.recipient ? -1 : 1)),
  ],
  [
    "DELETE FROM person_key_copies WHERE person_id = $1 AND recipient = 'recovery'",
    (rows, [person]) => {
      for (const { generation, recipient } of rows.keyCopies.of(person as PersonId)) {
        if (recipient !== 'recovery') continue;
        rows.keyCopies.delete(person as PersonId, `${place(generation)} ${recipient}`);
      }
      return NOTHING;
    },
  ],
  // Devices and keys as rows are for whoever lists them: no rule of the server reads them again.
  ['UPDATE devices SET revoked_n', () => NOTHING],
  ['INSERT INTO devices', () => NOTHING],
  ['DELETE FROM person_keys', () => NOTHING],
  ['INSERT INTO person_keys', () => NOTHING],
  [
    'INSERT INTO lanes AS l',
    (rows, [person, ...columns]) => putLanes(rows, person as PersonId, columns),
  ],
  [
    'SELECT count(*) AS count FROM unnest',
    (rows, columns) => {
      const words = unnested<[CircleId, number, Hash]>(columns);
      const isTrue = ([circle, k, h]: (typeof words)[number]): boolean =>
        rows.items.get(circle, place(k))?.h === h;
      return [{ count: words.filter(isTrue).length }];
    },
  ],
  [
    'SELECT statement AS text, signature FROM lanes',
    (rows, [circle, person]) =>
      lanesOf(rows, circle as CircleId, person).map(({ text, signature }) => ({ text, signature })),
  ],
  [
    'INSERT INTO circle_cards',
    (rows, parameters) => {
      const [circle, name, finess, category, town] = parameters as [
        CircleId,
        string,
        string | null,
        string | null,
        string,
      ];
      rows.cards.put(circle, '', { circle, name, finess, category, town });
      return NOTHING;
    },
  ],
  [
    'SELECT c.kind, i.header FROM circles',
    (rows, [circle]) =>
      rows.circles.of(circle as CircleId).map(({ kind }) => ({
        kind,
        header: rows.items.get(circle as CircleId, place(0))?.header ?? '',
      })),
  ],
  [
    'SELECT c.circle_id AS community',
    (rows, [person, now]) => {
      const reads = (circle: CircleId): boolean =>
        rows.effective
          .of(circle)
          .some(
            (one) => one.person === person && (one.until === null || one.until > (now as number)),
          );
      const communities = rows.circles
        .all()
        .filter(({ kind, circle }) => kind === 'community' && reads(circle));
      communities.sort((a, b) => a.createdAt - b.createdAt || (a.circle < b.circle ? -1 : 1));
      return communities.map(({ circle }) => {
        return { community: circle, card: cardOf(rows.cards.get(circle, '')) };
      });
    },
  ],
  [
    'SELECT t.team_id AS team, t.category',
    (rows, [community]) =>
      rows.endorsed
        .of(community as CircleId)
        .sort((a, b) => a.k - b.k)
        .map(({ team, category, finess }) => {
          const card = rows.cards.get(team, '');
          return { team, category, finess, name: card?.name ?? null, town: card?.town ?? null };
        }),
  ],
  [
    'INSERT INTO endorsed_teams',
    (rows, parameters) => {
      const [community, team, category, finess, k] = parameters as [
        CircleId,
        CircleId,
        string,
        string | null,
        number,
      ];
      rows.endorsed.put(community, team, { community, team, category, finess, k });
      return NOTHING;
    },
  ],
  [
    'DELETE FROM endorsed_teams',
    (rows, [community, team]) => {
      rows.endorsed.delete(community as CircleId, team as CircleId);
      return NOTHING;
    },
  ],
];
