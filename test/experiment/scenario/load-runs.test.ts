import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { loadRuns, type RunChoice, type RunPlan } from '../../../src/experiment/scenario/load-runs.js';

const base = `name: sale
duration: 10m
traffic:
  - to: web
    generate: { constant: 50/s }
workloads:
  web:
    serve: { cpu: 20ms }
    replicas: { min: 2, max: 10 }
    scaling: { policy: hpa, metrics: [{ cpu: 60% }] }
`;

const withVariants = `${base}variants:
  eager: { workloads.web.scaling.metrics: [{ cpu: 45% }] }
  many:
    workloads.web.replicas.min: 8
    "traffic[0].generate": { constant: 70/s }
`;

async function plan(text: string, choice: RunChoice = {}, overrides: string[] = []): Promise<RunPlan> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(file, text);
  return loadRuns(file, { registries: builtIn, dataDirectory: null, version: '0', overrides }, choice);
}

const labels = ({ runs }: RunPlan): string[] => runs.map(({ label }) => label);

describe('the runs of a scenario', () => {
  test('without variants and seeds there is one, as ever', async () => {
    const { runs, labelled } = await plan(base);
    expect(runs).toMatchObject([{ label: 'base', variant: 'base', seed: 1, scenario: { name: 'sale' } }]);
    expect(labelled).toBe(false);
  });

  test('the scenario as written comes first, then each variant with what it changes and nothing else', async () => {
    const { runs } = await plan(withVariants);
    expect(runs.map(({ variant }) => variant)).toEqual(['base', 'eager', 'many']);
    const [asWritten, eager, many] = runs.map(({ scenario }) => scenario);
    expect(asWritten.identity).toEqual((await plan(base)).runs[0].scenario.identity);
    expect(eager.identity.scenario).toBe('sale/eager');
    expect(eager.world).toEqual(asWritten.world);
    expect(eager.engine.workloads[0].policy.config).toMatchObject({ metrics: [{ target: { percent: 45 } }] });
    expect(many.engine.workloads[0]).toMatchObject({ minReplicas: 8, maxReplicas: 10 });
    expect(many.world.traffic[0].rates.ratePerSecond[0]).toBe(70);
    expect(new Set(runs.map(({ scenario }) => scenario.identity.scenarioHash)).size).toBe(3);
  });

  test('a variant is the same run as the scenario that is written so', async () => {
    const { runs } = await plan(withVariants, { variants: ['eager'] });
    const written = await plan(base.replace('60%', '45%'));
    expect(runs[0].scenario.identity.scenarioHash).toBe(written.runs[0].scenario.identity.scenarioHash);
  });

  test('seeds are a number from the seed upwards or a list, and the command line has the last word', async () => {
    const seeds = async (line: string, choice: RunChoice = {}) =>
      (await plan(`${base}${line}`, choice)).runs.map(({ scenario }) => scenario.world.seed);
    expect(await seeds('seed: 5\nseeds: 3\n')).toEqual([5, 6, 7]);
    expect(await seeds('seeds: [9, 4]\n')).toEqual([9, 4]);
    expect(await seeds('seeds: [9, 4]\n', { seed: 7 })).toEqual([7]);
    expect(await seeds('seeds: [9, 4]\n', { seeds: 2 })).toEqual([9, 10]);
    expect(await seeds('', { seed: 7, seeds: 2 })).toEqual([7, 8]);
    expect(labels(await plan(withVariants, { variants: ['many', 'base'], seeds: 2 }))).toEqual([
      'many-1',
      'many-2',
      'base-1',
      'base-2',
    ]);
  });

  test('null takes a section away, also one that the scenario extends: it is the run of the scenario without it', async () => {
    const faulty = `${base}faults: [{ at: 5m, kill: { pods: 1, of: web } }]\n`;
    const variant = 'variants:\n  calm: { faults: null, workloads.web.scaling: null }\n';
    const { runs } = await plan(`${faulty}${variant}`, { variants: ['calm'] });
    const [{ scenario: written }] = (await plan(base.replace(/ {4}scaling: .*\n/, ''))).runs;
    expect(runs[0].scenario.identity.scenarioHash).toBe(written.identity.scenarioHash);
    expect(runs[0].scenario.world.faults).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), 'hindcast-'));
    writeFileSync(join(folder, 'base.yaml'), faulty);
    writeFileSync(join(folder, 'own.yaml'), `extends: base.yaml\n${variant}`);
    const context = { registries: builtIn, dataDirectory: null, version: '0', overrides: [] };
    const [, calm] = (await loadRuns(join(folder, 'own.yaml'), context, {})).runs;
    expect(calm.scenario.world.faults).toEqual([]);
  });

  test('what --set changes holds in every variant, also against it', async () => {
    const { runs } = await plan(withVariants, {}, ['workloads.web.replicas.min=3']);
    expect(runs.map(({ scenario }) => scenario.engine.workloads[0].minReplicas)).toEqual([3, 3, 3]);
  });
});

describe('a variant that makes no sense', () => {
  test.each([
    [
      'many: { workloads.web.replicas.min: 80 }',
      /own\.yaml:9: workloads\.web\.replicas\.max must be at least min \(80\), was 10\n.*in variant many \(line 12\)/,
    ],
    [
      'odd: { workloads.web.replcas.min: 8 }',
      /own\.yaml:12: workloads\.web\.replcas is not a path of the scenario\n.*Did you mean replicas\?/,
    ],
    [
      'odd:\n    workloads.web.scaling:\n      policy: hpa\n      metrics: [{ cpu: fast }]',
      /own\.yaml:15: workloads\.web\.scaling\.metrics\[0\]\.cpu must be a whole percentage.*'fast'\n.*in variant odd \(line 12\)/,
    ],
    ['odd: { faults: null }', /own\.yaml:12: faults is null, which takes away a key that the scenario does not have/],
    ['odd: { "traffic[0]": null }', /own\.yaml:12: traffic\[0\] must not be null.*\n.*Write the list/],
    [
      'odd: { workloads.web.serve: null }',
      /own\.yaml:7: workloads\.web\.serve\.cpu must be given, was missing\n.*in variant odd \(line 12\)/,
    ],
    ['odd: { seed: 4 }', /own\.yaml:12: seed must not be changed by a variant\n.*seeds: 3/],
    ['odd: { name: other }', /own\.yaml:12: name must not be changed/],
    ['odd: { workloads.__proto__.x: 1 }', /own\.yaml:12: .*must not use __proto__/],
    ['odd: { "traffic[4].to": web }', /own\.yaml:12: traffic\[4\] is not a path/],
    ['base: { duration: 5m }', /own\.yaml:12: variants\.base must not name a variant base/],
    ['odd: 3', /own\.yaml:12: variants\.odd must be a mapping/],
  ])('%s', async (variant, says) => {
    await expect(plan(`${base}variants:\n  ${variant}\n`)).rejects.toThrow(says);
  });

  test('seeds that are none', async () => {
    await expect(plan(`${base}seeds: 0\n`)).rejects.toThrow(/own\.yaml:11: seeds/);
    await expect(plan(`${base}seeds: [1, 1]\n`)).rejects.toThrow(/own\.yaml:11: seeds must name each seed once/);
  });
});

describe('a start of replicas that a change of their bounds passes', () => {
  const started = base.replace('{ min: 2, max: 10 }', '{ initial: 4, min: 2, max: 10 }');
  const startOf = async (text: string, overrides: string[]): Promise<unknown> =>
    (await plan(text, {}, overrides)).runs.map(({ scenario }) => scenario.world.workloads[0].initialReplicas);

  test.each([
    [['workloads.web.replicas.min=6'], 6],
    [['workloads.web.replicas.max=3'], 3],
    [['workloads.web.replicas.min=3'], 4],
    [['workloads.web.replicas.min=6', 'workloads.web.replicas.initial=7'], 7],
  ])('%j', async (overrides, start) => {
    expect(await startOf(started, overrides)).toEqual([start]);
  });

  test('goes with a variant as well', async () => {
    const text = `${started}variants: { many: { workloads.web.replicas.min: 8 } }\n`;
    expect(await startOf(text, [])).toEqual([4, 8]);
  });

  test('is refused where it was written, or chosen along', async () => {
    await expect(startOf(started.replace('initial: 4', 'initial: 1'), [])).rejects.toThrow(/initial must be between/);
    await expect(
      startOf(started, ['workloads.web.replicas.min=6', 'workloads.web.replicas.initial=5']),
    ).rejects.toThrow(/Choose a start within the bounds, as initial: 6/);
  });
});

test('a variant that takes away more than was meant says so', async () => {
  const text = `${base}variants: { eager: { workloads: { web: { scaling: { metrics: [{ cpu: 45% }] } } } } }\n`;
  await expect(plan(text)).rejects.toThrow(/This is in variant eager.*It replaces all of workloads; a longer path/);
});
