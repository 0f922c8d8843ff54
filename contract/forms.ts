/**
 * The members of every text that is signed, hashed or sealed, as JSON Schemas written from the
 * schemas that both sides run: for whoever implements the protocol in another language. It adds
 * nothing of its own.
 */
import { z } from 'zod';
import { AttachmentRef } from './attachment.js';
import { STATEMENT_FACTS } from './circle.js';
import { DeviceNames } from './device-names.js';
import { ENTRY_KINDS } from './entry-kinds.js';
import type { EntryKind } from './entry-kind.js';
import { Attestation, IdentityStatement, InvitationText } from './identity.js';
import { ItemHeader, Receipt } from './item.js';
import { LaneStatement } from './lane.js';
import { LeaseText } from './lease.js';
import { LinkAnswer, LinkAsk, LinkReveal } from './link.js';
import { Paper } from './paper.js';
import { IdentityLeaf, SignedHead } from './transparency.js';

type Form = Readonly<Record<string, unknown>>;

const TEXTS = {
  ItemHeader,
  Receipt,
  IdentityStatement,
  Attestation,
  InvitationText,
  LaneStatement,
  LeaseText,
  LinkAsk,
  LinkAnswer,
  LinkReveal,
  DeviceNames,
  Paper,
  AttachmentRef,
  SignedHead,
  IdentityLeaf,
} as const;

function formOf(schema: z.ZodType): Form {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  // The dialect is the newest one everywhere, and need not be named in every place.
  return JSON.parse(JSON.stringify({ ...described, $schema: undefined })) as Form;
}

function formsOf(schemas: Readonly<Record<string, z.ZodType>>): Form {
  return Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, formOf(one)]));
}

function entryForm({ version, facts, body, critical, circles }: EntryKind): Form {
  return { kv: version, critical, circles, facts: formOf(facts), body: formOf(body) };
}

/** Version 1: closed when the protocol is frozen. */
export function protocolForms(): Form {
  return { texts: formsOf(TEXTS), statements: formsOf(STATEMENT_FACTS) };
}

/** Every entry kind at the version written today: more of them come with each feature. */
export function entryForms(): Form {
  const kinds = Object.entries<EntryKind>(ENTRY_KINDS);
  return Object.fromEntries(kinds.map(([name, kind]) => [name, entryForm(kind)]));
}
