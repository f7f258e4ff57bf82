/**
 * Lint: the style of the code, and the fences that are about words inside a file (clocks, chance, waiting).
 * The fences between files are in .dependency-cruiser.js. `test/architecture/lint.test.ts` plants an offender for every rule.
 */
import { builtinModules } from 'node:module';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const source = ['src/**/*.ts'];
const pure = ['src/{kernel,domain,engine,sim}/**/*.ts'];
const compositionRoot = ['src/cli/**/*.ts'];

const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'Use a union of string literals or an `as const` record instead of an enum.',
};

/** Reading a member of a global, or taking the global apart to read it later. */
const member = (object, property, message) => [
  { selector: `MemberExpression[object.name='${object}'][property.name='${property}']`, message },
  { selector: `MemberExpression[object.name='${object}'][property.value='${property}']`, message },
  { selector: `VariableDeclarator[init.name='${object}'] > ObjectPattern > Property[key.name='${property}']`, message },
];

const noChance = member('Math', 'random', 'Draw from a named, seeded stream of the kernel instead of Math.random.');

const clockMessage = 'The wall clock is injected by cli: take `now` as an argument.';
const noWallClock = [
  ...member('Date', 'now', clockMessage),
  ...member('performance', 'now', clockMessage),
  ...member('process', 'hrtime', clockMessage),
  ...member('process', 'uptime', clockMessage),
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clockMessage },
  { selector: "CallExpression[callee.name='Date']", message: clockMessage },
];

const noLocalTime = {
  selector:
    'CallExpression > MemberExpression[property.name=/^(get(Hours|Minutes|Day|Date|Month|FullYear|TimezoneOffset)|toLocale(Time|Date)?String)$/]',
  message: 'Results must not depend on the time zone or language of the machine: use the UTC form.',
};

const waitingMessage = 'Pure layers are synchronous: a question leaves as a command, its answer comes back as a fact.';
const noWaiting = [
  { selector: ':function[async=true]', message: waitingMessage },
  { selector: 'AwaitExpression', message: waitingMessage },
  { selector: 'ForOfStatement[await=true]', message: waitingMessage },
  { selector: 'ImportExpression', message: waitingMessage },
  { selector: "TSTypeReference[typeName.name='Promise']", message: waitingMessage },
];

const impureGlobals = [
  'AbortSignal',
  'Buffer',
  'Promise',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'fetch',
  'global',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
].map((name) => ({ name, message: 'kernel, domain, engine and sim are pure: the same input gives the same output.' }));

/** An `as` silences the compiler; `as const` does not and stays allowed. */
const noAssertion = { '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }] };

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'reports/', 'node_modules/', 'docs/', '**/*.js'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      complexity: ['error', 10],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 5 }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', noEnum],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Without noUncheckedIndexedAccess the type of `items[i]` omits undefined, and a necessary check looks unnecessary.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: source,
    rules: {
      ...noAssertion,
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': false },
      ],
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      'no-restricted-syntax': ['error', noEnum, ...noChance, ...noWallClock, noLocalTime],
    },
  },
  {
    files: pure,
    rules: {
      'no-restricted-syntax': ['error', noEnum, ...noChance, ...noWallClock, noLocalTime, ...noWaiting],
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-imports': [
        'error',
        {
          paths: builtinModules.map((name) => ({ name, message: 'Pure layers import nothing of Node.' })),
          patterns: [{ group: ['node:*'], message: 'Pure layers import nothing of Node.' }],
        },
      ],
    },
  },
  { files: compositionRoot, rules: { 'no-restricted-syntax': ['error', noEnum, ...noChance] } },
  // The one place where a number becomes Micros: the brand has no other constructor.
  { files: ['src/kernel/micros.ts'], rules: { '@typescript-eslint/consistent-type-assertions': 'off' } },
  {
    files: ['test/**/*.ts', '*.config.ts'],
    rules: {
      complexity: ['error', 15],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);
