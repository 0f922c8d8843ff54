// Typed lint, the strictest set, with a written reason beside each exception. Formatting is
// Biome's, floors are dependency-cruiser's, lengths are tools/check/limits.mjs's: this file is
// about what code means.

import tseslint from 'typescript-eslint';

const typescript = ['**/*.ts', '**/*.tsx'];
const tests = ['test/**/*.ts', 'bench/**/*.ts', '**/*.test.ts'];

/** Shapes of code that no rule names but that this project refuses. */
const refusedShapes = {
  anyRoom: [
    {
      selector: 'ExportAllDeclaration',
      message: 'No barrels: import the file that says it.',
    },
    {
      selector: 'ExportNamedDeclaration[source]',
      message: 'No re-exports: import the file that says it.',
    },
    {
      selector: 'CatchClause > BlockStatement[body.length=0]',
      message: 'A silent catch hides a fault: handle it, or return a value that says so.',
    },
    {
      selector: 'TSEnumDeclaration',
      message: 'Use a union of literals or a zod enum: enums emit code that type stripping cannot.',
    },
  ],
  exportDefault: [
    {
      selector: 'ExportDefaultDeclaration',
      message: 'Named exports only: a name that travels can be searched.',
    },
  ],
  ambient: [
    {
      selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
      message: 'Ask the Clock: time is injected, so that stories and the simulator can move it.',
    },
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'Ask the Clock: time is injected, so that stories and the simulator can move it.',
    },
    {
      selector: "MemberExpression[object.name='Math'][property.name='random']",
      message: 'Math.random is neither secret nor replayable: use the injected randomness.',
    },
  ],
  environment: [
    {
      selector: "MemberExpression[object.name='process'][property.name='env']",
      message: 'Only src/platform/config reads the environment.',
    },
  ],
};

const refuse = (...groups) => ({ 'no-restricted-syntax': ['error', ...groups.flat()] });

export default tseslint.config(
  {
    ignores: ['**/dist/', '**/coverage/', '.cache/', '.liaison/', 'test/fixtures/'],
  },
  {
    // A directive that silences nothing is a lie about the code under it.
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-expect-error': true, 'ts-nocheck': true, 'ts-check': true },
      ],
      // Nest injects by class and takes its options as literals: a class here is a shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Nest's modules are classes with nothing but a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // A number in a sentence reads as a person would write it; the rest is made text on purpose.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `onClick={() => close()}` is plain; a statement that returns a void expression is not.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An abstract class is both a face and the token that Nest injects by: a plain object, or a
      // fake in a test, may stand behind it.
      '@typescript-eslint/no-unsafe-class-instance': 'off',
      // An interface that is asynchronous on disk is implemented by a store in memory that awaits
      // nothing.
      '@typescript-eslint/require-await': 'off',
      // They say different things here: a type composes a shape, an interface is implemented.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // tsconfig's noPropertyAccessFromIndexSignature asks for the brackets that this rule would
      // remove.
      '@typescript-eslint/dot-notation': 'off',
      // Preact's handlers may be asynchronous: what they throw reaches the page's own error
      // boundary.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      complexity: ['error', 14],
      'max-depth': ['error', 4],
      'max-nested-callbacks': ['error', 4],
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: ['error', 'always'],
      'no-eval': 'error',
      'no-implied-eval': 'off',
      'no-param-reassign': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      ...refuse(refusedShapes.anyRoom, refusedShapes.exportDefault),
    },
  },
  {
    files: ['src/**/*.ts', 'sdk/**/*.ts', 'contract/**/*.ts'],
    ignores: tests,
    rules: refuse(
      refusedShapes.anyRoom,
      refusedShapes.exportDefault,
      refusedShapes.ambient,
      refusedShapes.environment,
    ),
  },
  {
    // The clock is the one place that asks the machine for the time.
    files: ['src/**/clock/*.ts', '**/clock.ts', '**/*.clock.ts'],
    rules: refuse(refusedShapes.anyRoom, refusedShapes.exportDefault, refusedShapes.environment),
  },
  {
    files: ['src/platform/config/**/*.ts'],
    rules: refuse(refusedShapes.anyRoom, refusedShapes.exportDefault, refusedShapes.ambient),
  },
  {
    // These programs talk to the person who started them.
    files: ['tools/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: tests,
    rules: {
      // A story is one long callback within `describe` within `test`.
      'max-nested-callbacks': ['error', 6],
      // A test that is wrong about a value being there fails on the next line, as it should.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `expect(service.method)` does not call the method.
      '@typescript-eslint/unbound-method': 'off',
      // Bad input is the subject of many tests: they must be able to hold it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  {
    // Vite reads a default export.
    files: ['**/vite.config.ts'],
    rules: refuse(refusedShapes.anyRoom),
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    rules: {
      'no-undef': 'off',
      'no-unused-vars': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always'],
      'no-empty': ['error', { allowEmptyCatch: false }],
      complexity: ['error', 14],
      'max-depth': ['error', 4],
    },
  },
);
