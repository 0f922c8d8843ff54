/**
 * The statements over sessions. `find` runs once a turn, for all its requests; the others once a
 * day and person.
 */
import { ACCOUNT_JSON } from './account.js';
import { SESSION_COLUMNS } from './live-session.js';

export const SQL = {
  // Each half is an index look-up. With OR instead, every session was compared with every hash.
  find: `
    SELECT w.at::int4 AS at, ${SESSION_COLUMNS}, ${ACCOUNT_JSON},
      EXISTS (SELECT FROM passkeys p WHERE p.account_id = a.account_id) AS "hasPasskey"
    FROM unnest($1::bytea[]) WITH ORDINALITY AS w (hash, at)
    JOIN (
      SELECT token_hash AS hash, now.* FROM sessions now WHERE token_hash = ANY($1)
      UNION ALL
      SELECT former_hash, former.* FROM sessions former
       WHERE former_hash = ANY($1) AND former_until > $2
    ) s USING (hash)
    JOIN accounts a USING (account_id)
    WHERE s.ends_at > $2`,
  stillOpen: `
    SELECT session_id AS "sessionId" FROM sessions
    WHERE session_id = ANY($1) AND ends_at > $2 AND locked_at IS NULL AND seen_at > $3`,
  touch: `
    UPDATE sessions SET seen_at = $2
    WHERE session_id = $1 AND locked_at IS NULL AND seen_at < $2`,
  open: `
    INSERT INTO sessions (session_id, account_id, token_hash, former_until, means, role, created_at,
      seen_at, ends_at, id_token, nonce, challenge_until)
    VALUES ($1, $2, $3, 0, $4, $5, $6, $6, $7, $8, $9, 0)`,
  endByToken: 'DELETE FROM sessions WHERE token_hash = $1',
  endOldest: `
    DELETE FROM sessions WHERE session_id IN (
      SELECT session_id FROM sessions WHERE account_id = $1 ORDER BY created_at DESC OFFSET $2)`,
  chooseRole: `
    UPDATE sessions SET role = $2, former_hash = token_hash, token_hash = $3, former_until = $4
    WHERE session_id = $1`,
  lock: `
    UPDATE sessions SET locked_at = $2, former_hash = NULL
    WHERE session_id = $1 AND locked_at IS NULL`,
  unlock: `
    UPDATE sessions SET locked_at = NULL, seen_at = $2, token_hash = $3, former_hash = NULL
    WHERE session_id = $1`,
  end: 'DELETE FROM sessions WHERE session_id = $1',
  revoke: 'DELETE FROM sessions WHERE session_id = $1 AND account_id = $2 RETURNING 1',
  list: `
    SELECT ${SESSION_COLUMNS} FROM sessions s
    WHERE s.account_id = $1 AND s.ends_at > $2 ORDER BY s.created_at DESC, s.session_id`,
  sweepSessions: 'DELETE FROM sessions WHERE ends_at <= $1',
  sweepTokens: `
    UPDATE sessions SET id_token = NULL, nonce = NULL
     WHERE id_token IS NOT NULL AND created_at <= $1`,
  sweepAttempts: 'DELETE FROM sign_in_attempts WHERE until <= $1',
} as const;
