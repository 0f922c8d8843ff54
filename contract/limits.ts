/**
 * Every limit of the system: its value, its unit in its name, and why it stands there.
 * Code refers to a limit by name; a bare number elsewhere is a mistake.
 */
function limit(value: number, why: string): Readonly<{ value: number; why: string }> {
  return { value, why };
}

export const LIMITS = {
  canonicalDepth: limit(16, 'No header or body nests deeper; a parser bomb would.'),
  headerBytes: limit(512 * 1024, 'An epoch for 1,000 recipients pins about 200 KB.'),
  bodyBytes: limit(256 * 1024, 'A discharge letter with its plan is under 64 KB; files go apart.'),
  bodyFloorBytes: limit(512, 'Padding floor: short answers of all kinds share one size.'),
  requestBytes: limit(6 * 1024 * 1024, 'A submission that opens an epoch for 2,000 recipients.'),
  frameBytes: limit(1024 * 1024, 'A socket frame is a wake-up with at most one sealed entry.'),
  submissionItems: limit(256, 'A hand-over with its teams and plan stays below 100 items.'),
  groupItems: limit(64, 'Appends under one lock of a channel head: keeps the wait short.'),
  groupWaitMs: limit(5, 'How long an append may wait for others to share its commit.'),
  appendQueue: limit(4096, 'Waiting appends a process; beyond, the client retries later.'),
  pageItems: limit(500, 'Items in one page of a circle: about 1 MB.'),
  syncBytes: limit(4 * 1024 * 1024, 'Bytes of one resume answer; the rest comes by pages.'),
  circlesPerPerson: limit(20_000, 'Years of handoffs of a busy pharmacy.'),
  membersPerCircle: limit(2048, 'Above 200 people, sectors are members instead of persons.'),
  addresseesPerHandoff: limit(32, 'A discharge to more than 32 teams is a broadcast.'),
  tasksPerHandoff: limit(64, 'A plan that nobody could read is no plan.'),
  devicesPerPerson: limit(32, 'Live devices; older ones are revoked first.'),
  identityStatements: limit(4096, 'A lifetime of devices and key generations.'),
  identityQuery: limit(200, 'Identity logs in one request.'),
  clockSkewMs: limit(5 * 60_000, 'Header times further ahead of the server are refused.'),
  attachmentBytes: limit(50 * 1024 * 1024, 'A scanned file or several photos; imaging goes to the PACS.'),
  attachmentChunkBytes: limit(256 * 1024, 'One sealed chunk; what a phone uploads between two drops.'),
  attachmentsPerEntry: limit(20, 'Documents joined to one letter.'),
  searchResults: limit(50, 'A list longer than this is refined, not scrolled.'),
  searchQueryLength: limit(100, 'Longest directory query.'),
  textLength: limit(20_000, 'One clinical rubric or message, in characters.'),
  lineLength: limit(200, 'A one-line field: a name, a label, a subject.'),
  sessionIdleMs: limit(2 * 3_600_000, 'Customary idle lock in health software.'),
  sessionMaxMs: limit(12 * 3_600_000, 'A shift; then the provider is asked again.'),
  sessionsPerAccount: limit(50, 'Oldest are revoked beyond.'),
  passkeysPerAccount: limit(20, 'One a device.'),
  oidcClockSkewS: limit(30, 'Tolerance when provider tokens are dated.'),
  loginAttemptMs: limit(10 * 60_000, 'From the click to the provider’s answer.'),
  invitationMs: limit(14 * 24 * 3_600_000, 'A fortnight to answer an invitation.'),
  notificationsKept: limit(500, 'A person; older ones are in the handoffs themselves.'),
  mailAttempts: limit(8, 'With exponential back-off: about a day.'),
  outboxBatch: limit(200, 'Events claimed at once.'),
  auditBatch: limit(500, 'Records appended to the tree in one transaction.'),
  sweepBatch: limit(200, 'Deadlines fired in one transaction.'),
  socketConnectionsPerPerson: limit(20, 'Tabs and devices; older ones are closed.'),
  requestsPerMinute: limit(1200, 'A session; a first sync of a busy person stays below.'),
  signInsPerMinute: limit(60, 'An address; a hospital shares one.'),
  pollMs: limit(15_000, 'Without a socket the client asks this often, and says so.'),
} as const;
