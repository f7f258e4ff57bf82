import { join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantProject } from './planted-project.js';
import type { PlantedProject } from './planted-project.js';

/** One planted file: its folder, a line that offends, and the rule that must report it; null where the line is allowed. */
type Plant = readonly [folder: string, code: string, rule: string | null];

const syntax = 'no-restricted-syntax';
const globals = 'no-restricted-globals';

const impure: Plant[] = ['kernel', 'domain', 'engine/predict', 'sim'].flatMap((layer): Plant[] => [
  [layer, "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;", 'no-restricted-imports'],
  [layer, "import { readFileSync } from 'fs';\nexport const read = readFileSync;", 'no-restricted-imports'],
  [layer, 'export const now = Date.now();', syntax],
  [layer, "export const now = Date['now']();", syntax],
  [layer, 'const { now } = Date;\nexport const clock = now;', syntax],
  [layer, 'export const now = new Date();', syntax],
  [layer, 'export const now = Date();', syntax],
  [layer, 'export const chance = Math.random();', syntax],
  [layer, 'const { random } = Math;\nexport const chance = random;', syntax],
  [layer, 'export const hour = (day: Date): number => day.getHours();', syntax],
  [layer, 'export async function wait(): Promise<number> {\n  return await later();\n}', syntax],
  [layer, 'export const wait = async (): Promise<void> => undefined;', syntax],
  [layer, 'export type Later = Promise<number>;', syntax],
  [layer, 'export const later = Promise.resolve(1);', globals],
  [layer, "export const late = import('./leaf.js');", syntax],
  [layer, 'setTimeout(() => 1, 5);', globals],
  [layer, 'setInterval(() => 1, 5);', globals],
  [layer, 'setImmediate(() => 1);', globals],
  [layer, 'queueMicrotask(() => 1);', globals],
  [layer, 'export const now = performance.now();', globals],
  [layer, 'export const home = process.env.HOME;', globals],
  [layer, "console.log('seen');", globals],
  [layer, 'export const now = globalThis.Date;', globals],
  [layer, 'export const day = new Date(86_400_000).getUTCDay();', null],
  [layer, 'export const day = Date.UTC(2020, 1, 1) + Math.floor(1.5);', null],
]);

const clocked: Plant[] = ['live', 'models', 'traces', 'catalogue', 'experiment', 'report'].flatMap((layer): Plant[] => [
  [layer, 'export const now = Date.now();', syntax],
  [layer, 'export const now = new Date();', syntax],
  [layer, 'export const now = performance.now();', syntax],
  [layer, 'export const now = process.hrtime.bigint();', syntax],
  [layer, 'export const chance = Math.random();', syntax],
  [layer, 'export const day = new Date(5).toISOString();', null],
  [layer, 'export const later = async (): Promise<number> => await Promise.resolve(1);', null],
]);

const style: Plant[] = [
  ['cli', 'export const now = Date.now() + new Date().getTime();', null],
  ['cli', 'export const chance = Math.random();', syntax],
  ['report', 'export default 1;', 'no-restricted-exports'],
  ['report', 'const one = 1;\nexport { one as default };', 'no-restricted-exports'],
  ['report', 'export enum Colour {\n  red,\n}', syntax],
  ['report', 'export const anything = (value: any): unknown => value;', '@typescript-eslint/no-explicit-any'],
  [
    'report',
    'export const text = (value: unknown): string => value as string;',
    '@typescript-eslint/consistent-type-assertions',
  ],
  ['report', "export const kinds = ['a', 'b'] as const;", null],
  ['report', 'export const sure = (v: string | null): string => v!;', '@typescript-eslint/no-non-null-assertion'],
  ['report', '// @ts-ignore\nexport const one = 1;', '@typescript-eslint/ban-ts-comment'],
  ['report', '// @ts-expect-error because it is so\nexport const one: 2 = 1;', '@typescript-eslint/ban-ts-comment'],
  ['report', 'Promise.resolve(1);\nexport const one = 1;', '@typescript-eslint/no-floating-promises'],
  [
    'report',
    "import { leaf } from './leaf.js';\nexport type Leaf = typeof leaf;",
    '@typescript-eslint/consistent-type-imports',
  ],
  ['report', '/* eslint-disable */\nexport enum Colour {\n  red,\n}', syntax],
  [
    'report',
    'export function six(a: 1, b: 1, c: 1, d: 1, e: 1, f: 1): number {\n  return a + b + c + d + e + f;\n}',
    '@typescript-eslint/max-params',
  ],
  [
    'report',
    `export function maze(n: number): number {\n${Array.from({ length: 10 }, (_, i) => `  if (n === ${i}) return ${i + 1};`).join('\n')}\n  return 0;\n}`,
    'complexity',
  ],
  ['report', Array.from({ length: 301 }, (_, i) => `export const line${i} = ${i};`).join('\n'), 'max-lines'],
  ['report', Array.from({ length: 300 }, (_, i) => `export const line${i} = ${i};`).join('\n'), null],
];

const groups = { impure, clocked, style } as const;
const plants = Object.values(groups).flat();

describe('fences inside a file', () => {
  let project: PlantedProject;
  let results: ReadonlyMap<string, readonly string[]>;
  const pathOf = (index: number): string => `src/${plants[index][0]}/plant-${index}.ts`;

  beforeAll(async () => {
    project = plantProject({
      'src/report/leaf.ts': 'export const leaf = 1;\n',
      ...Object.fromEntries(plants.map(([, code], index) => [pathOf(index), `${code}\n`])),
    });
    const reports = await new ESLint({ cwd: project.folder }).lintFiles(['src']);
    results = new Map(reports.map((report) => [report.filePath, report.messages.map(({ ruleId }) => String(ruleId))]));
  });

  afterAll(() => {
    project.clear();
  });

  /** What came of a planted line: the expected rule where it was reported, otherwise whatever was. */
  const verdict = (plant: Plant): string => {
    const [layer, code, rule] = plant;
    const reported = results.get(join(project.folder, pathOf(plants.indexOf(plant)))) ?? ['not linted'];
    const outcome = rule !== null && reported.includes(rule) ? rule : reported.join(', ') || 'allowed';
    return `${layer}: ${code} -> ${outcome}`;
  };

  test.each(Object.entries(groups))('planted lines are judged as the architecture says: %s', (_name, group) => {
    const expected = group.map(([layer, code, rule]) => `${layer}: ${code} -> ${rule ?? 'allowed'}`);
    expect(group.map(verdict)).toEqual(expected);
  });
});
