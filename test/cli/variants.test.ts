import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { emptyFolder, hindcast, type Outcome } from './captured-io.js';

const scenario = `name: sale
duration: 10m
warmUp: 1m
traffic:
  - to: web
    generate: { step: { from: 5/s, to: 30/s, at: 2m } }
workloads:
  web:
    pod: { discipline: processor-sharing, cpu: { request: "1", limit: "1" }, start: 8s }
    serve: { cpu: { exponential: 30ms } }
    replicas: { initial: 2, min: 1, max: 8 }
    scaling: { policy: hpa, metrics: [{ cpu: 60% }] }
variants:
  eager: { workloads.web.scaling.metrics: [{ cpu: 30% }] }
`;

const files = ['index.html', 'journal.jsonl.gz', 'report.md', 'result.json', 'scenario.yaml', 'series.parquet'];

const zRun = z.looseObject({
  variant: z.string(),
  seed: z.number(),
  requests: z.looseObject({ offered: z.number() }),
  journal: z.looseObject({ hash: z.string() }),
  performance: z.looseObject({ peakRssMiB: z.number().nullable() }),
  thresholds: z.array(z.looseObject({ met: z.boolean() })),
});

/** The runs of a document, `runs.json` or what --json prints. */
function runsOf(text: string): z.output<typeof zRun>[] {
  return z.strictObject({ runs: z.array(zRun) }).parse(JSON.parse(text)).runs;
}

function scenarioIn(folder: string): string {
  const file = join(folder, 'sale.yaml');
  writeFileSync(file, scenario);
  return file;
}

describe('a scenario with variants', () => {
  const folder = emptyFolder();
  const reports = join(folder, 'reports/sale');
  let ran: Outcome;

  beforeAll(async () => {
    ran = await hindcast(['run', scenarioIn(folder)], folder);
  }, 60_000);

  test('every run has a whole report in a folder of its own, and the overview links them', () => {
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/\n {2}eager/);
    expect(ran.out.trimEnd()).toMatch(/Reports: reports\/sale\/index\.html$/);
    expect(readdirSync(reports).sort()).toEqual(['base', 'eager', 'index.html', 'report.md', 'runs.json']);
    for (const run of ['base', 'eager']) expect(readdirSync(join(reports, run)).sort()).toEqual(files);
    expect(readFileSync(join(reports, 'index.html'), 'utf8')).toContain('href="eager/index.html"');
  });

  test('--json is one document with a result, a variant and a seed a run, and writes nothing', async () => {
    const elsewhere = emptyFolder();
    const { code, out } = await hindcast(['run', join(folder, 'sale.yaml'), '--json', '--seeds', '2'], elsewhere);
    expect(code).toBe(0);
    const runs = runsOf(out);
    expect(runs.map(({ variant, seed }) => [variant, seed])).toEqual([
      ['base', 1],
      ['base', 2],
      ['eager', 1],
      ['eager', 2],
    ]);
    const written = z.looseObject({}).parse(JSON.parse(readFileSync(join(reports, 'eager/result.json'), 'utf8')));
    expect(runs[2]).toMatchObject({ ...written, performance: expect.anything() as unknown });
    // The memory of a process cannot be told apart by runs.
    expect(runs.map(({ performance }) => typeof performance.peakRssMiB)).toEqual([
      'number',
      'object',
      'object',
      'object',
    ]);
    // Another choice in the same world: the same requests arrive.
    expect(runs[2].requests.offered).toBe(runs[0].requests.offered);
    expect(runs[2].journal.hash).not.toBe(runs[0].journal.hash);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('one variant alone is one run: one document, one summary, its own folder', async () => {
    const words = ['run', join(folder, 'sale.yaml'), '--variant', 'eager'];
    const { out } = await hindcast([...words, '--json'], folder);
    expect(JSON.parse(out).identity.scenario).toBe('sale/eager');
    expect((await hindcast([...words, '--quiet'], folder)).out).toBe('reports/sale/eager/index.html\n');
    expect(readFileSync(join(reports, 'eager/report.md'), 'utf8')).toContain('--variant eager --seed 1');
  });

  test('explain and replay take NAME/VARIANT, and say so of NAME alone', async () => {
    const explained = await hindcast(['explain', 'sale/eager'], folder);
    expect(explained.out).toMatch(/against a target of 30%/);
    expect((await hindcast(['replay', 'sale/base'], folder)).out).toMatch(/decisions are identical/);
    expect(await hindcast(['explain', 'sale'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name one of them: sale/base, sale/eager.') as unknown,
    });
    expect((await hindcast(['explain', 'sale/eagre'], folder)).err).toContain('Did you mean sale/eager?');
  });

  test('of several seeds the lowest is explained, or the one that is named', async () => {
    await hindcast(
      ['run', join(folder, 'sale.yaml'), '--seed', '9', '--seeds', '2', '--out', 'reports/seeded'],
      folder,
    );
    const journal = async (run: string) => (await hindcast(['replay', run], folder)).out.split('Journal ')[1];
    expect(await journal('seeded/eager')).toBe(await journal('seeded/eager-9'));
    expect(await journal('seeded/eager-10')).not.toBe(await journal('seeded/eager-9'));
  });

  test('check names the runs; a threshold that one of them crosses is exit code 99', async () => {
    const checked = await hindcast(['check', join(folder, 'sale.yaml'), '--set', 'seeds=2'], folder);
    expect(checked.out).toMatch(/variants +base, eager\n +seeds +1, 2, 4 runs in all/);
    const crossed = ['--set', 'thresholds=["pods.max < 3"]', '--json'];
    const { code, out } = await hindcast(['run', join(folder, 'sale.yaml'), ...crossed], folder);
    expect(runsOf(out).map(({ thresholds }) => thresholds[0].met)).toEqual([true, false]);
    expect(code).toBe(99);
  });

  test.each([
    [['--variant', 'eagre'], /--variant: must be a variant of the scenario, was "eagre"\n.*Did you mean eager\?/],
    [['--seeds', '0'], /--seeds: must be a whole number of at least 1, was "0"/],
    [['--set', 'workloads.web.replicas.min=90'], /--set .*max must be at least min \(90\), was 8|max must be at least/],
  ])('%j is refused before anything runs', async (words, says) => {
    const elsewhere = emptyFolder();
    const { code, err } = await hindcast(['run', join(folder, 'sale.yaml'), ...words], elsewhere);
    expect(err).toMatch(says);
    expect(code).toBe(2);
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});

describe('a run of several that does not come to its end', () => {
  test('an interruption keeps the finished runs whole, and nothing of the others', async () => {
    const folder = emptyFolder();
    const file = scenarioIn(folder);
    const interruption = new AbortController();
    const running = hindcast(['run', file, '--seeds', '40'], folder, interruption.signal);
    const reports = join(folder, 'reports/sale');
    for (let waited = 0; waited < 30_000; waited += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (readable(join(reports, 'runs.json')) !== null) break;
    }
    interruption.abort(new Error('interrupted'));
    const { code, out, err } = await running;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    const runs = runsOf(readable(join(reports, 'runs.json')) ?? '');
    expect(err).toBe(`Interrupted; ${runs.length} of 80 runs are finished and stay in reports/sale.\n`);
    const kept = readdirSync(reports).filter((name) => !/\./.test(name));
    expect(kept).toHaveLength(runs.length);
    for (const run of kept) expect(readdirSync(join(reports, run)).sort()).toEqual(files);
    expect(readdirSync(reports).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(readFileSync(join(reports, 'index.html'), 'utf8')).toContain('of 80 runs are finished');
  }, 60_000);

  test('a file in the place of the last folder stops it before the first run', async () => {
    const folder = emptyFolder();
    const file = scenarioIn(folder);
    mkdirSync(join(folder, 'reports/sale'), { recursive: true });
    writeFileSync(join(folder, 'reports/sale/eager'), 'mine');
    const { code, err } = await hindcast(['run', file], folder);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('must be a folder for the report') });
    expect(readdirSync(join(folder, 'reports/sale'))).toEqual(['eager']);
  });

  test('the report of an earlier single run does not speak for the new ones', async () => {
    const folder = emptyFolder();
    const file = scenarioIn(folder);
    await hindcast(['run', file, '--set', 'variants={}'], folder);
    expect(readdirSync(join(folder, 'reports/sale'))).toContain('journal.jsonl.gz');
    await hindcast(['run', file], folder);
    expect(readdirSync(join(folder, 'reports/sale')).sort()).toEqual([
      'base',
      'eager',
      'index.html',
      'report.md',
      'runs.json',
      // It may be the user's own by now, and is never taken away.
      'scenario.yaml',
    ]);
  });
});

function readable(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
