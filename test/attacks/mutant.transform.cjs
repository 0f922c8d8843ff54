/**
 * Compiles as the suites do, with a switch at each check of the client: wherever one is about to
 * accuse, `globalThis.liaisonCheck` is told its id and says whether it is taken out
 * (check.switch.ts). Checks have no switch in the product: a check is where a code of the tables of
 * faults is given as an answer or thrown, its id is the file and that code, and it gets its switch
 * here, on the way.
 */
const { createTransformer } = require('@swc/jest');
const { createHash } = require('node:crypto');
const { relative, sep } = require('node:path');
const ts = require('typescript');

/** The files whose checks are taken out. */
const CHECKED = [
  'sdk/logs/circle-log.ts',
  'sdk/logs/leases.ts',
  'sdk/logs/identity-log.ts',
  'sdk/logs/attestation.ts',
  'sdk/logs/provider-token.ts',
  'sdk/logs/epoch-copies.ts',
  'sdk/sync/sync.ts',
  'sdk/sync/intake.ts',
  'sdk/sync/carrier.ts',
  'sdk/circles/teams.ts',
  'sdk/identity-tree.ts',
  'sdk/checkpoints.ts',
  'sdk/people.ts',
  'sdk/session/link.asking.ts',
  'sdk/session/link.granting.ts',
  'sdk/session/post.asking.ts',
  'sdk/session/sign-in.ts',
  'sdk/sync/planner.ts',
  'sdk/acquaintances.ts',
  'sdk/attachments.ts',
  'sdk/build-mark.ts',
  'sdk/instance.ts',
  'contract/identity-rules.ts',
  'contract/circle-rules.ts',
  'contract/epoch-rules.ts',
  'contract/item-rules.ts',
  'contract/lease.ts',
];

/** Words in the place of a code that accuse nobody. */
const NO_FAULTS = new Set([
  ...['statement', 'entry', 'unknown', 'pinned', 'no-such-circle', 'genesis', 'reset', 'recovery'],
  ...['all', 'stopped', 'empty', 'not-ready', 'code-wrong', 'no-keys'],
]);

/** Calls that accuse, by which argument names the code or by the code itself. */
const ACCUSERS = new Map([
  ['record', 1],
  ['exhibit', 0],
  ['#evidence', 1],
  ['#suspect', 1],
  ['#broken', 'receipt-broken'],
  ['#altered', 'link-altered'],
]);

/** Functions whose answer is a refusal by the code that they are given. */
const REFUSERS = new Set(['fault', 'refuse']);

const literal = (node) => (node && ts.isStringLiteral(node) ? node.text : null);

function propertyOf(node, name) {
  const found = node.properties.find((one) => one.name?.getText() === name);
  return found && ts.isPropertyAssignment(found) ? literal(found.initializer) : null;
}

/** The code that an expression answers, if it is a refusal. */
function codeOf(node) {
  if (ts.isParenthesizedExpression(node)) return codeOf(node.expression);
  if (ts.isStringLiteral(node)) return /^[a-z]+([-_][a-z]+)*$/.test(node.text) ? node.text : null;
  if (ts.isCallExpression(node)) {
    return REFUSERS.has(node.expression.getText()) ? literal(node.arguments[0]) : null;
  }
  if (!ts.isObjectLiteralExpression(node)) return null;
  if (propertyOf(node, 'fault') !== null) return propertyOf(node, 'fault');
  const stop = node.properties.find((one) => one.name?.getText() === 'stop');
  if (stop && ts.isPropertyAssignment(stop)) return codeOf(stop.initializer);
  if (propertyOf(node, 'outcome') === 'update-needed') return 'update-needed';
  const refuses = node.properties.some((one) => one.getText() === 'ok: false');
  return propertyOf(node, 'code') ?? (refuses ? propertyOf(node, 'why') : null);
}

const isFault = (code) => code !== null && !NO_FAULTS.has(code);

/** The code by which a call accuses somebody, or null. */
function accusedBy(node) {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
  const by = ACCUSERS.get(node.expression.name.text);
  return typeof by === 'number' ? literal(node.arguments[by]) : (by ?? null);
}

/** The first accusation below a node. */
function accusation(node) {
  const own = accusedBy(node);
  if (own !== null) return own;
  for (const child of node.getChildren()) {
    const found = accusation(child);
    if (found !== null) return found;
  }
  return null;
}

function thrownCode(node) {
  const made = node.expression;
  if (!made || !ts.isNewExpression(made)) return null;
  const code = literal(made.arguments?.[0]);
  return made.expression.getText() === 'Fault' || code === 'identity_changed' ? code : null;
}

/** Whether nothing follows it in its function: taken out, it must still answer something. */
function isLast(node) {
  const { parent } = node;
  return (
    ts.isBlock(parent) && ts.isFunctionLike(parent.parent) && parent.statements.at(-1) === node
  );
}

const span = (node) => ({ at: node.getStart(), end: node.end });
const notRun = (off, whole) => `if (!(${off})) ${whole}`;

/** A condition that leads to an accusation. */
function atIf(node) {
  const code = ts.isIfStatement(node) ? accusation(node.thenStatement) : null;
  if (!isFault(code)) return null;
  const { expression, elseStatement } = node;
  const switched = (off, whole) => `(${whole}) && !(${off})`;
  const below = elseStatement ? [expression, elseStatement] : [expression];
  return { check: { code, ...span(expression), switched }, below };
}

function atAccusation(node) {
  const code = ts.isExpressionStatement(node) ? accusation(node) : null;
  return isFault(code) ? { check: { code, ...span(node), switched: notRun }, below: [] } : null;
}

function atReturn(node) {
  const code = ts.isReturnStatement(node) && node.expression ? codeOf(node.expression) : null;
  if (!isFault(code)) return null;
  const text = node.expression.getText();
  const switched = isLast(node) ? (off) => `return (${off}) ? null : ${text};` : notRun;
  return { check: { code, ...span(node), switched }, below: [] };
}

function atThrow(node) {
  const code = ts.isThrowStatement(node) ? thrownCode(node) : null;
  return isFault(code) ? { check: { code, ...span(node), switched: notRun }, below: [] } : null;
}

function atArrow(node) {
  const code = ts.isArrowFunction(node) ? codeOf(node.body) : null;
  const switched = (off, whole) => `((${off}) ? null : ${whole})`;
  return isFault(code) ? { check: { code, ...span(node.body), switched }, below: [] } : null;
}

/** Of two answers one accuses. Where both do, what stands before decides whether anybody is. */
function atChoice(node) {
  if (!ts.isConditionalExpression(node)) return null;
  const { condition, whenTrue, whenFalse } = node;
  const [first, second] = [codeOf(whenTrue), codeOf(whenFalse)];
  if (isFault(first) === isFault(second)) return null;
  const isFirst = isFault(first);
  const switched = (off, whole) =>
    isFirst ? `((${whole}) && !(${off}))` : `((${whole}) || (${off}))`;
  const code = isFirst ? first : second;
  const below = [isFirst ? whenFalse : whenTrue];
  return { check: { code, ...span(condition), switched }, below };
}

const FORMS = [atIf, atAccusation, atReturn, atThrow, atArrow, atChoice];

/** What says nothing while the program runs; and where an accusation is written down: whoever calls
 * that is the check. */
const isPassedOver = (node) =>
  ts.isTypeNode(node) ||
  ts.isTypeAliasDeclaration(node) ||
  (ts.isMethodDeclaration(node) && ACCUSERS.has(node.name.getText()));

/** Every end of a check below a node: its code, where it stands, and what switches it there. */
function* endsIn(node) {
  if (isPassedOver(node)) return;
  let found = null;
  for (const form of FORMS) found ??= form(node);
  if (found !== null) yield found.check;
  for (const child of found?.below ?? node.getChildren()) yield* endsIn(child);
}

/** Every check of a file, in its order, with its id. */
function checksIn(file, source) {
  const root = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const times = new Map();
  return [...endsIn(root)]
    .sort((a, b) => a.at - b.at)
    .map((check) => {
      const time = (times.get(check.code) ?? 0) + 1;
      times.set(check.code, time);
      return { ...check, id: `${file}#${check.code}${time > 1 ? `.${time}` : ''}` };
    });
}

function withSwitches(file, source) {
  return checksIn(file, source).reduceRight((text, { id, at, end, switched }) => {
    const off = `globalThis.liaisonCheck?.(${JSON.stringify(id)}) === true`;
    return text.slice(0, at) + switched(off, text.slice(at, end)) + text.slice(end);
  }, source);
}

const swc = createTransformer();

function switched(source, path, options) {
  const file = relative(options.config.rootDir, path).split(sep).join('/');
  return CHECKED.includes(file) ? withSwitches(file, source) : source;
}

module.exports = {
  CHECKED,
  checksIn,
  withSwitches,
  ...swc,
  process: (source, path, options) => swc.process(switched(source, path, options), path, options),
  getCacheKey: (source, path, options) =>
    createHash('sha256')
      .update(switched(source, path, options))
      .update(path)
      .update(String(options.supportsStaticESM))
      .update(__filename)
      .digest('hex'),
};
