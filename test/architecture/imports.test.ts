import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantProject } from './planted-project.js';
import type { PlantedProject } from './planted-project.js';
import { root } from './product-files.js';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** One planted import: from this file, of that module, and the rule that must report it; null where it is allowed. */
type Plant = readonly [file: string, module: string, rule: string | null];

const layers = [
  'kernel',
  'domain',
  'engine',
  'sim',
  'live',
  'models',
  'traces',
  'catalogue',
  'experiment',
  'report',
  'cli',
];

/** The layer diagram again, written out by hand: what each layer may import of ours besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  domain: ['kernel'],
  engine: ['kernel', 'domain'],
  sim: ['kernel', 'domain', 'engine'],
  live: ['kernel', 'domain', 'engine'],
  models: ['kernel', 'domain', 'engine'],
  traces: ['kernel', 'domain', 'engine'],
  catalogue: ['kernel', 'domain', 'engine'],
  experiment: ['kernel', 'domain', 'engine', 'sim', 'live', 'models', 'traces', 'catalogue'],
  report: ['kernel', 'domain'],
  cli: layers.filter((layer) => layer !== 'cli'),
};

const betweenLayers: Plant[] = layers.flatMap((from) =>
  layers
    .filter((to) => to !== from)
    .map((to): Plant => {
      const file = `src/${from}/imports-${to}.ts`;
      return [file, `../${to}/leaf.js`, mayImport[from].includes(to) ? null : `layer-${from}`];
    }),
);

const ofPackages: Plant[] = [
  ['src/domain/schema.ts', 'zod', null],
  ['src/kernel/schema.ts', 'zod', 'kernel-no-package'],
  ['src/kernel/table.ts', 'arquero', 'kernel-no-package'],
  ['src/models/tensor.ts', '@tensorflow/tfjs', null],
  ['src/models/native.ts', 'tfjs-node-native', null],
  ['src/engine/predict/tensor.ts', '@tensorflow/tfjs', 'home-@tensorflow'],
  ['src/engine/predict/native.ts', 'tfjs-node-native', 'home-tfjs-node-native'],
  ['src/traces/frame.ts', 'danfojs-node', 'home-danfojs-node'],
  ['src/engine/allocate/solver.ts', 'highs', 'home-highs'],
  ['src/domain/file.ts', 'yaml', 'home-yaml'],
  ['src/experiment/file.ts', 'yaml', null],
  ['src/sim/pool.ts', 'tinypool', 'home-tinypool'],
  ['src/live/jobs.ts', 'bullmq', 'home-bullmq'],
  ['src/live/store.ts', 'ioredis', 'home-ioredis'],
  ['src/report/table.ts', 'arquero', null],
  ['src/traces/table.ts', 'arquero', 'home-arquero'],
  ['src/traces/parquet.ts', 'hyparquet', null],
  ['src/experiment/parquet.ts', 'hyparquet', 'home-hyparquet'],
  ['src/experiment/writer.ts', 'hyparquet-writer', 'home-hyparquet'],
  ['src/experiment/chart.ts', 'vega-lite', 'home-vega'],
  ['src/experiment/picture.ts', '@resvg/resvg-js', 'home-@resvg'],
  ['src/sim/cluster.ts', '@kubernetes/client-node', 'home-@kubernetes/client-node'],
  ['src/cli/arguments.ts', 'yargs', null],
  ['src/report/arguments.ts', 'yargs', 'home-yargs'],
  ['src/live/server.ts', 'fastify', 'home-fastify'],
  ['src/experiment/progress.ts', 'cli-progress', 'home-cli-progress'],
  ['src/report/cells.ts', 'cli-table3', 'home-cli-table3'],
  ['src/cli/tests.ts', 'vitest', 'home-unknown'],
  ['src/cli/absent.ts', 'left-pad', 'home-unknown'],
];

const ofStages: Plant[] = [
  ['src/engine/engine.ts', './collect/leaf.js', null],
  ['src/engine/collect/sees-ports.ts', '../ports.js', null],
  ['src/engine/collect/sees-port.ts', '../ports/leaf.js', null],
  ['src/engine/collect/sees-itself.ts', './leaf.js', null],
  ['src/engine/collect/sees-domain.ts', '../../domain/leaf.js', null],
  ['src/engine/collect/sees-policy.ts', '../policy/leaf.js', 'engine-stage-alone'],
  ['src/engine/policy/sees-engine.ts', '../leaf.js', 'engine-stage-alone'],
  ['src/engine/ports/sees-policy.ts', '../policy/leaf.js', 'engine-ports-below-stages'],
];

const others: Plant[] = [
  ...['kernel', 'domain', 'engine', 'sim'].map((layer): Plant => [`src/${layer}/disk.ts`, 'node:fs', 'pure-no-node']),
  ['src/sim/bare-disk.ts', 'fs', 'pure-no-node'],
  ['src/live/disk.ts', 'node:fs', null],
  ['src/domain/nowhere.ts', './absent.js', 'not-resolvable'],
  ['src/cli/sees-tests.ts', '../../test/leaf.js', 'layer-cli'],
];

const groups = { betweenLayers, ofPackages, ofStages, others } as const;
const plants = Object.values(groups).flat();
const leaf = 'export const leaf = 1;\n';

function cruise(folder: string): Violation[] {
  const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['src', '--config', '.dependency-cruiser.js', '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, [command, ...options], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect(stderr).toBe('');
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return summary.violations;
}

describe('fences between files', () => {
  let project: PlantedProject;
  let violations: Violation[];

  beforeAll(() => {
    const leaves = [...layers, 'engine/collect', 'engine/policy', 'engine/ports'].map((path) => `src/${path}/leaf.ts`);
    project = plantProject({
      ...Object.fromEntries([...leaves, 'src/engine/ports.ts', 'test/leaf.ts'].map((path) => [path, leaf])),
      ...Object.fromEntries(plants.map(([file, module]) => [file, `import * as seen from '${module}';\nvoid seen;\n`])),
      'src/domain/hen.ts': "export * from './egg.js';\n",
      'src/domain/egg.ts': "export * from './hen.js';\n",
      'src/engine/type-only.ts': "import type { leaf } from '../sim/leaf.js';\nexport type Leaf = typeof leaf;\n",
      'src/engine/late.ts': "export const late = import('../sim/leaf.js');\n",
      'src/kernel/handed-on.ts': "export * from '../domain/leaf.js';\n",
    });
    violations = cruise(project.folder);
  });

  afterAll(() => {
    project.clear();
  });

  const rulesAgainst = (file: string): string[] =>
    violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

  /** What came of a planted import: the expected rule where it was reported, otherwise whatever was. */
  const verdict = ([file, module, rule]: Plant): string => {
    const rules = rulesAgainst(file);
    return `${file} imports ${module}: ${rule !== null && rules.includes(rule) ? rule : rules.join(', ') || 'allowed'}`;
  };

  test.each(Object.entries(groups))('planted imports are judged as the architecture says: %s', (_name, group) => {
    const expected = group.map(([file, module, rule]) => `${file} imports ${module}: ${rule ?? 'allowed'}`);
    expect(group.map(verdict)).toEqual(expected);
  });

  test('a cycle is reported', () => {
    const cycles = violations.filter(({ rule }) => rule.name === 'no-cycle').map(({ from }) => from);
    expect(cycles).toHaveLength(1);
    expect(['src/domain/hen.ts', 'src/domain/egg.ts']).toContain(cycles[0]);
  });

  test('an import of types only, a late import and a re-export are imports too', () => {
    expect(rulesAgainst('src/engine/type-only.ts')).toContain('layer-engine');
    expect(rulesAgainst('src/engine/late.ts')).toContain('layer-engine');
    expect(rulesAgainst('src/kernel/handed-on.ts')).toContain('layer-kernel');
  });
});
