import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';
import { AbsentTraceError } from '../../../src/experiment/scenario/read-traces.js';
import { meanOf, scvOf } from '../../../src/kernel/distributions.js';

const options = { registries: builtIn, dataDirectory: null, version: '0' };

const tenLines = `duration: 1h
traffic:
  - to: web
    generate: { constant: 50/s }
workloads:
  web:
    serve: { cpu: 20ms }
    replicas: { max: 10 }
    scaling: { policy: hpa, metrics: [{ cpu: 60% }] }
`;

async function load(
  text: string,
  more: Partial<typeof options> & { overrides?: string[]; seed?: number } = {},
): Promise<LoadedScenario> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-'));
  writeFileSync(
    join(folder, 'trace.csv'),
    `time,value\n${Array.from({ length: 30 }, (_, i) => `${i * 60},${i}`).join('\n')}\n`,
  );
  writeFileSync(join(folder, 'own.yaml'), text);
  return loadScenario(join(folder, 'own.yaml'), { ...options, ...more });
}

describe('loading a scenario', () => {
  test('ten lines are enough, and everything else has a default', async () => {
    const { name, world, engine, warnings } = await load(tenLines);
    expect(name).toBe('own');
    expect(warnings).toEqual([]);
    expect(world).toMatchObject({
      seed: 1,
      durationMicros: 3.6e9,
      warmUpMicros: 6e8,
      tickMicros: 15e6,
      stepMicros: 5e6,
      nodePools: [],
    });
    expect(world.billing).toMatchObject({ kind: 'pods' });
    expect(world.traffic[0].classes).toMatchObject([
      { name: 'all', share: 1, cpu: { kind: 'constant', value: 20_000 } },
    ]);
    expect(engine.workloads[0]).toMatchObject({
      minReplicas: 1,
      maxReplicas: 10,
      cpuRequestMillis: 500,
      policy: { name: 'hpa' },
    });
  });

  test('the hash goes by meaning: order, units, comments and the seed leave it alone, values do not', async () => {
    const hash = async (text: string, seed?: number): Promise<string> =>
      (await load(text, seed === undefined ? {} : { seed })).identity.scenarioHash;
    const plain = await hash(tenLines);
    expect(await hash(`# a comment\n${tenLines.replace('1h', '60m').replace('cpu: 20ms', 'cpu: 0.02s')}`)).toBe(plain);
    expect(await hash(tenLines, 99)).toBe(plain);
    expect(await hash(tenLines.replace('50/s', '51/s'))).not.toBe(plain);
  });

  test('rates cover the warm-up, and times of a generator count from its end', async () => {
    const text = tenLines.replace('constant: 50/s', 'step: { from: 1/s, to: 9/s, at: 5m }');
    const { rates } = (await load(text)).world.traffic[0];
    expect([...rates.edgesMicros]).toEqual([-6e8, 3e8, 3.6e9]);
    expect([...rates.ratePerSecond]).toEqual([1, 9]);
  });

  test('a trace plays what it holds before its start as the warm-up, and holds the first rate where it holds nothing', async () => {
    const text = tenLines
      .replace('generate: { constant: 50/s }', 'trace: { file: trace.csv, unit: requests/s, from: 2m }')
      .replace('duration: 1h', 'duration: 10m\nwarmUp: 5m');
    const { rates } = (await load(text)).world.traffic[0];
    expect([...rates.edgesMicros.slice(0, 5)].map((edge) => edge / 6e7)).toEqual([-5, -2, -1, 0, 1]);
    expect([...rates.ratePerSecond.slice(0, 5)]).toEqual([0, 0, 1, 2, 3]);
    expect(rates.edgesMicros[rates.edgesMicros.length - 1]).toBe(6e8);
    expect(rates.edgesMicros).toHaveLength(rates.ratePerSecond.length + 1);
  });

  test('distributions are those that were written', async () => {
    const forms: [string, number, number][] = [
      ['{ exponential: 4ms }', 4000, 1],
      ['{ lognormal: { mean: 12ms, cv: 1.1 } }', 12_000, 1.21],
      ['{ erlang: { k: 4, mean: 10ms } }', 10_000, 0.25],
      ['{ hyperexponential: { mean: 10ms, scv: 4 } }', 10_000, 4],
    ];
    for (const [form, mean, scv] of forms) {
      const { cpu } = (await load(tenLines.replace('cpu: 20ms', `cpu: ${form}`))).world.traffic[0].classes[0];
      expect(meanOf(cpu)).toBeCloseTo(mean, 6);
      expect(scvOf(cpu)).toBeCloseTo(scv, 9);
    }
  });

  test('calls may be a name, a group, or a chance with a client of its own', async () => {
    const text = `${tenLines.replace('cpu: 20ms }', 'cpu: 20ms, calls: [db, { all: [db, { to: db, probability: 30%, timeout: 50ms }] }] }')}dependencies:\n  db: { concurrency: 4, service: 2ms }\n`;
    const { calls } = (await load(text)).world.traffic[0].classes[0];
    expect(
      calls.map((group) => group.map(({ target, probability, client }) => [target, probability, client.timeoutMicros])),
    ).toEqual([
      [['db', 1, null]],
      [
        ['db', 1, null],
        ['db', 0.3, 50_000],
      ],
    ]);
  });

  test('overrides reach into lists and sections that were left out, and keep the rest', async () => {
    const overrides = [
      'slo.latency=200ms',
      'traffic[0].generate.constant=7/s',
      'workloads.web.scaling.metrics.0.cpu=45%',
    ];
    const { world, engine } = await load(tenLines, { overrides });
    expect(world.slo).toEqual({ latencyMicros: 200_000, target: 0.99 });
    expect(world.traffic[0].rates.ratePerSecond[0]).toBe(7);
    expect(engine.workloads[0].policy.config).toMatchObject({ metrics: [{ target: { percent: 45 } }] });
  });

  test('inputs say where they came from', async () => {
    const text = tenLines
      .replace('generate: { constant: 50/s }', 'trace: { file: trace.csv, from: 0s }')
      .replace('1h', '20m');
    const { trust } = await load(`${text}nodes: [{ type: aws/m5.xlarge, count: 2 }]\n`);
    const status = Object.fromEntries(trust.map((entry) => [entry.input, entry.status]));
    expect(status).toMatchObject({
      'traffic of web': 'measured',
      'work of web/all': 'guessed',
      'start-up of web': 'defaulted',
      'price of aws/m5.xlarge': 'measured',
      'scrape interval': 'defaulted',
    });
  });

  test('a bin longer than the engine needs to react is a warning', async () => {
    const text = tenLines
      .replace('generate: { constant: 50/s }', 'trace: { file: trace.csv, from: 0s }')
      .replace('1h', '20m');
    expect((await load(text)).warnings).toEqual([
      expect.stringContaining('own.yaml:4: traffic[0].trace has bins of 1m, longer than'),
    ]);
  });
});

const data = process.env.HINDCAST_DATA ?? '../shared/data';

describe('the scenarios of the product', () => {
  const files = readdirSync('scenarios').filter((file) => file.endsWith('.yaml'));

  test.each(files)('%s loads, or names the trace that is not here', async (file) => {
    try {
      const scenario = await loadScenario(join('scenarios', file), { ...options, dataDirectory: data });
      expect(scenario.name).toBe(file.replace('.yaml', ''));
      expect(scenario.question).not.toBe('');
    } catch (error) {
      expect(error).toBeInstanceOf(AbsentTraceError);
      console.warn(`Skipped: ${String(error)}`);
    }
  });

  test.each(files)('%s names the schema for editors', (file) => {
    expect(readFileSync(join('scenarios', file), 'utf8').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=./scenario.schema.json',
    );
  });
});
