import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { emptyFolder, hindcast } from './captured-io.js';

const scenario = `duration: 10m
warmUp: 1m
slo: { latency: 200ms, target: 99% }
traffic: [{ to: web, generate: { step: { from: 5/s, to: 40/s, at: 3m } } }]
workloads:
  web:
    pod: { discipline: processor-sharing, cpu: { request: "1", limit: "1" }, start: 8s }
    serve: { cpu: { exponential: 50ms } }
    replicas: { initial: 2, min: 1, max: 8 }
    scaling: { policy: hpa, metrics: [{ cpu: 60% }] }
`;

const zMetric = z.looseObject({
  name: z.string(),
  run: z.string(),
  difference: z.number(),
  relative: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
const zDocument = z.looseObject({ runs: z.array(z.string()), metrics: z.array(zMetric) });
const zResult = z.looseObject({ pods: z.object({ mean: z.number() }) });

describe('compare', () => {
  const folder = emptyFolder();
  const file = join(folder, 'small.yaml');

  /** Runs the scenario and lays its result where a report would have it. */
  async function ran(place: string, ...words: readonly string[]): Promise<void> {
    const { out, code } = await hindcast(['run', file, '--json', ...words], folder);
    expect(code).toBe(0);
    const path = join(folder, place, 'result.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, out);
  }

  const compare = (...words: readonly string[]) => hindcast(['compare', ...words], folder);
  const rows = (out: string, name: string) =>
    zDocument.parse(JSON.parse(out)).metrics.filter((metric) => metric.name === name);
  const resultOf = (run: string) =>
    zResult.parse(JSON.parse(readFileSync(join(folder, 'reports/sale', run, 'result.json'), 'utf8')));

  beforeAll(async () => {
    writeFileSync(file, scenario);
    for (const seed of ['1', '2', '3']) {
      await ran(`reports/sale/base-${seed}`, '--seed', seed);
      await ran(`reports/sale/eager-${seed}`, '--seed', seed, '--set', 'workloads.web.scaling.metrics[0].cpu=30%');
    }
    await ran('reports/longer', '--seed', '9', '--set', 'duration=12m', '--set', 'traffic[0].to=web');
  }, 120_000);

  test('one pair: differences without intervals, and what was chosen differently', async () => {
    const { code, out } = await compare('reports/sale/base-1', 'reports/sale/eager-1/result.json', '--json');
    expect(code).toBe(0);
    const [a, b] = ['base-1', 'eager-1'].map(resultOf);
    const [pods] = rows(out, 'pods.mean');
    expect(pods).toMatchObject({ a: a.pods.mean, b: b.pods.mean, pairs: 1, low: null, high: null, significant: null });
    expect(pods.difference).toBeCloseTo(b.pods.mean - a.pods.mean, 12);
    expect(pods.relative).toBeCloseTo(b.pods.mean / a.pods.mean - 1, 12);
    expect(JSON.parse(out)).toMatchObject({
      runs: ['sale/base-1', 'sale/eager-1'],
      settings: [{ path: 'workloads.web.scaling.metrics[0].cpu', a: '60%', b: '30%' }],
      warnings: [],
    });
  });

  test('several seeds: pairs, means and intervals; the variants of one folder against each other', async () => {
    const byFolder = await compare('sale', '--json');
    const byName = await compare('sale/base', 'sale/eager', '--json');
    expect(byFolder.out).toBe(byName.out);
    const [hours] = rows(byName.out, 'pods.hours');
    expect(hours).toMatchObject({ pairs: 3, significant: true, better: null });
    expect(hours.low).toBeGreaterThan(0);
    expect(hours.low).toBeLessThan(hours.difference);
    expect(hours.high).toBeGreaterThan(hours.difference);
    const [offered] = rows(byName.out, 'requests.offered');
    expect(offered).toMatchObject({ difference: 0, significant: false });
  });

  test('on the terminal and in Markdown only certain differences are stressed', async () => {
    const table = await compare('sale/base', 'sale/eager');
    expect(table.out).toMatch(
      /│ Pod-hours +│ +[\d.]+ h │ +[\d.]+ h │ +\+[\d.]+ h \* │ +\+[\d.]+% │ .* to .* │ differs \* +│/,
    );
    expect(table.out).toContain('No difference in: Requests offered');
    const markdown = await compare('sale/base', 'sale/eager', '--markdown');
    expect(markdown.out).toMatch(/^\| Pod-hours \| .* \| \*\*\+[\d.]+ h\*\* \| .* \| \*\*differs\*\* \|$/m);
    expect(markdown.out).toContain('Means over 3 pairs of the same seed');
    const pair = await compare('sale/base-1', 'sale/eager-1', '--markdown');
    expect(pair.out).not.toContain('**');
    expect(pair.out).toContain('One pair of runs');
  });

  test('more than two runs: a column each, all against the first', async () => {
    const { out } = await compare('sale/base-1', 'sale/eager-1', 'sale/base-2');
    expect(out).toMatch(/│ +│ sale\/base-1 │ +sale\/eager-1 │ +sale\/base-2 │/);
    const json = await compare('sale/base-1', 'sale/eager-1', 'sale/base-1', '--json');
    const found = rows(json.out, 'pods.mean');
    expect(found.map(({ run }) => run)).toEqual(['sale/eager-1', 'sale/base-1 (2)']);
    expect(found[1]).toMatchObject({ difference: 0, relative: 0 });
  });

  test('says where worlds are not comparable', async () => {
    const { out } = await compare('sale/base-1', 'longer');
    expect(out).toContain('longer ran for 720 s, the first for 600 s');
    expect(out).toContain('longer has seed 9, the first 1');
    expect(out).toContain('longer is another world, not only another choice: duration differs.');
  });

  test.each([
    [['sale/base', 'sale/eagr'], /^sale\/eagr: must be a finished run[^]*Did you mean sale\/eager\?/],
    [['sale/base', 'longer'], /^longer: must share a seed with sale\/base, had none in common/],
    [['longer'], /nothing to compare it with/],
    [['sale', '--json', '--markdown'], /two forms of one output/],
    [['longer', 'small.yaml'], /small\.yaml: must be JSON/],
    [['longer', 'old.json'], /must be a result that version \S+ can read, was written by 0\.0\.1 with other fields/],
    [['longer', 'other.json'], /must be the result of a run, was another JSON document/],
    [['longer', 'reports'], /^reports: must be the folder of a report, had no result\.json/],
  ])('%j is refused', async (words, says) => {
    writeFileSync(join(folder, 'old.json'), '{"identity":{"version":"0.0.1"}}');
    writeFileSync(join(folder, 'other.json'), '[1]');
    const { code, out, err } = await compare(...words);
    expect(err).toMatch(says);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('a document of several runs is as many choices as it has variants', async () => {
    const runs = ['base', 'eager'].flatMap((variant) =>
      ['1', '2'].map((seed) => ({
        ...resultOf(`${variant}-${seed}`),
        variant,
      })),
    );
    writeFileSync(join(folder, 'all.json'), JSON.stringify({ runs }));
    const { out } = await compare('all.json', '--json');
    expect(JSON.parse(out).runs).toEqual(['all.json/base', 'all.json/eager']);
    expect(rows(out, 'pods.mean')).toMatchObject([{ pairs: 2 }]);
  });
});
