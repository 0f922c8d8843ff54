/** Identity logs over HTTP: opening and continuing one's own, reading those of others. */
import { Problem } from '@liaison/contract/errors';
import { IDENTITY_ROUTES, type IdentityLog } from '@liaison/contract/identity';
import type { PersonId } from '@liaison/contract/ids';
import { Controller } from '@nestjs/common';
import { Committed } from '../events/committed.js';
import { type Caller, signedInOf } from '../identity/caller.js';
import { Database } from '../platform/database/database.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { IdentityAppend } from './identity.append.js';
import { readHeads, readKeyCopies, readStatements, type StatementRow } from './identity.rows.js';

const toLog = (person: PersonId, rows: readonly StatementRow[]): IdentityLog => ({
  person,
  statements: rows
    .filter((row) => row.person === person)
    .map(({ text, signature, possession, attestation }) => ({
      text,
      signature,
      possession,
      attestation,
    })),
});

/** Nobody's log but one's own is written, and nobody else's sealed keys are read. */
function mustBeOwn(caller: Caller, person: PersonId): void {
  if (caller.person !== person) throw new Problem('not_allowed');
}

@Controller()
export class IdentitiesController {
  constructor(
    private readonly database: Database,
    private readonly identities: IdentityAppend,
    private readonly committed: Committed,
  ) {}

  @Serves(IDENTITY_ROUTES.enrol)
  async enrol({ body, request }: Call<typeof IDENTITY_ROUTES.enrol>) {
    const owner = signedInOf(request);
    const view = await this.database.transaction((on) => this.identities.open(on, owner, body));
    return { person: view.person, head: view.head };
  }

  @Serves(IDENTITY_ROUTES.appendIdentity)
  async append({ params, body, request }: Call<typeof IDENTITY_ROUTES.appendIdentity>) {
    const owner = signedInOf(request);
    mustBeOwn(owner, params.person);
    const view = await this.database.transaction((on) => this.identities.append(on, owner, body));
    // The person's other devices learn at once what was said in their owner's name.
    this.committed.publish({ event: 'circles', payload: {}, people: [view.person] });
    return { head: view.head };
  }

  @Serves(IDENTITY_ROUTES.queryIdentities)
  async query({ body }: Call<typeof IDENTITY_ROUTES.queryIdentities>) {
    const people = body.people.map(({ person }) => person);
    const known = new Set((await readHeads(this.database, people)).map(({ person }) => person));
    if (people.some((person) => !known.has(person))) throw new Problem('person_unknown');
    const rows = await readStatements(this.database, body.people);
    return { logs: people.map((person) => toLog(person, rows)) };
  }

  @Serves(IDENTITY_ROUTES.personKeyCopies)
  async keyCopies({ params, request }: Call<typeof IDENTITY_ROUTES.personKeyCopies>) {
    mustBeOwn(signedInOf(request), params.person);
    return { copies: await readKeyCopies(this.database, params.person) };
  }
}
