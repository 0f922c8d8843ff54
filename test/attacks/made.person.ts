/**
 * Identity logs made for an attack: real keys, real signatures, and tokens of the very provider
 * that the victim pins, with one thing wrong. Nobody at the server knows these people.
 */
import type { IdentityLog, IdentityPayload, WireStatement } from '@liaison/contract/identity';
import { type Attestation, IDENTITY_ROUTES, type NoncePurpose } from '@liaison/contract/identity';
import { Origin, type PersonId, ZERO_HASH } from '@liaison/contract/ids';
import type { IdentityLogState } from '@liaison/contract/identity-rules';
import { newRecoveryEntropy, recoveryKeys, type RecoveryKeys } from '@liaison/sdk/crypto/recovery';
import type { SigningPair } from '@liaison/sdk/crypto/signing';
import { nonceFor } from '@liaison/sdk/logs/attestation';
import {
  attested,
  buildGenesis,
  buildStatement,
  type BuiltStatement,
  type DeviceSecrets,
  newDevice,
  NO_STATEMENT,
  recoveryPayload,
  type StatementSigner,
} from '@liaison/sdk/logs/identity-statements';
import { rotatePersonKey } from '@liaison/sdk/logs/person-keys';
import type { Forgery as TokenForgery } from '../../tools/psc-emulator/forge.js';
import { rulesOf } from '../support/log-people.js';
import type { Stage, Victim } from './stage.js';

/** What is wrong with a token, beside what an honest one says. */
export interface WrongToken extends TokenForgery {
  /** What the nonce is made for, where it is not what the statement says. */
  readonly madeFor?: NoncePurpose;
  /** For which deployment the nonce is made, where it is another. */
  readonly madeAt?: Origin;
  /** What the statement says that it was made for. */
  readonly said?: NoncePurpose;
  /** Another text in the token's place. */
  readonly text?: (token: string) => string | Promise<string>;
  readonly nationalId?: string;
}

const NATIONAL_ID = '899970099999';

/** How a statement is signed, where its own device does not. */
export interface Signed {
  readonly signer?: StatementSigner;
  readonly holder?: SigningPair;
  readonly attestation?: Attestation;
  readonly origin?: Origin;
  readonly at?: number;
}

export class MadePerson {
  readonly built: BuiltStatement[] = [];
  readonly recovery: RecoveryKeys;

  private constructor(
    private readonly stage: Stage,
    readonly person: PersonId,
    readonly device: DeviceSecrets,
    genesis: BuiltStatement,
  ) {
    this.recovery = recoveryKeys(newRecoveryEntropy(), person);
    this.built.push(genesis);
    this.add(recoveryPayload(this.recovery, Date.now()), { holder: this.recovery.signing });
    this.rotate('genesis');
  }

  /** Somebody of the provider. */
  static certified(stage: Stage, wrong: WrongToken = {}): Promise<MadePerson> {
    return MadePerson.by(stage, (genesis) => tokenFor(stage, 'genesis', genesis, wrong));
  }

  /** Somebody for whom that attestation speaks. */
  static async by(
    stage: Stage,
    attest: (genesis: BuiltStatement) => Promise<Attestation> | Attestation,
    origin: string = stage.world.origin,
  ): Promise<MadePerson> {
    const device = newDevice();
    const draft = { origin: Origin.parse(origin), at: Date.now(), device };
    const genesis = buildGenesis(draft);
    const first = attested(genesis, await attest(genesis));
    return new MadePerson(stage, genesis.person, device, first);
  }

  get rules(): IdentityLogState {
    return rulesOf(this.person, this.built);
  }

  get signer(): StatementSigner {
    return { id: this.device.keys.device, signing: this.device.signing };
  }

  /** The next statement, kept whatever is wrong with it. */
  add(payload: IdentityPayload, signed: Signed = {}): BuiltStatement {
    const built = this.draft(payload, signed);
    this.built.push(built);
    return built;
  }

  draft(payload: IdentityPayload, signed: Signed = {}): BuiltStatement {
    const origin = Origin.parse(this.stage.world.origin);
    const head = this.built.at(-1)?.head ?? NO_STATEMENT;
    const place = { origin, person: this.person, head, at: Date.now(), signer: this.signer };
    return buildStatement({ ...place, payload, ...signed });
  }

  addDevice(device: DeviceSecrets, signed: Signed = {}): BuiltStatement {
    const { signing: holder, keys } = device;
    return this.add({ kind: 'device.added', keys }, { holder, ...signed });
  }

  rotate(reason: 'genesis' | 'device-revoked'): BuiltStatement {
    const head = this.built.at(-1)?.head ?? NO_STATEMENT;
    const origin = Origin.parse(this.stage.world.origin);
    const draft = { origin, log: this.rules, head, at: Date.now(), signer: this.signer };
    const built = rotatePersonKey({ ...draft, reason, previous: null });
    this.built.push(built);
    return built;
  }

  get log(): IdentityLog {
    return { person: this.person, statements: this.built.map(({ wire }) => wire) };
  }
}

/** A token of the pinned provider for a statement, with whatever an attack wants wrong in it. */
export async function tokenFor(
  stage: Stage,
  purpose: NoncePurpose,
  { statement, head }: BuiltStatement,
  wrong: WrongToken = {},
): Promise<Attestation> {
  const { nationalId = NATIONAL_ID, madeFor = purpose, said = purpose } = wrong;
  const before = { n: statement.n - 1, h: statement.n === 0 ? ZERO_HASH : statement.prev };
  const { origin } = statement;
  const { nonce, random } = nonceFor(madeFor, wrong.madeAt ?? origin, before, head.h);
  const named = { SubjectNameID: nationalId, preferred_username: nationalId };
  const sub = `f:99970000-0000-4000-8000-000000009997:${nationalId}`;
  const claims = { ...named, sub, nonce, family_name: 'MARTIN', ...wrong.claims };
  const { key } = wrong;
  const real = await realToken(stage);
  const forged = await stage.world.emulator.forge(real, { claims, ...(key && { key }) });
  const idToken = (await wrong.text?.(forged)) ?? forged;
  return { type: 'provider', purpose: said, idToken, random };
}

/** The token by which the nurse opened her log. */
export async function realToken(stage: Stage): Promise<string> {
  const [first] = await (await stage.insider('nurse')).statements();
  if (first?.attestation?.type !== 'provider') throw new Error('The nurse has no token.');
  return first.attestation.idToken;
}

/** The victim is served these logs for these people, whatever the honest server knows of them. */
export function serveLogs({ liar }: Victim, ...logs: readonly IdentityLog[]): void {
  const served = new Map(logs.map((log) => [log.person, log]));
  type Wanted = { readonly people: readonly { person: PersonId; from: number }[] };
  liar.about(IDENTITY_ROUTES.queryIdentities, async (truth, { body }) => {
    const { people } = body as Wanted;
    const mine = people.flatMap(({ person, from }) => {
      const log = served.get(person);
      return log === undefined ? [] : [{ person, statements: log.statements.slice(from) }];
    });
    const others = people.filter(({ person }) => !served.has(person));
    const rest = others.length === 0 ? [] : (await truth({ people: others })).logs;
    return { logs: [...mine, ...rest] };
  });
}

/** A log whose statements a server without keys has changed. */
export function rewritten(
  { person, statements }: IdentityLog,
  change: (statements: readonly WireStatement[]) => readonly WireStatement[],
): IdentityLog {
  return { person, statements: [...change(statements)] };
}
