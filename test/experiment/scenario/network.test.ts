import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../../src/domain/run-result.js';
import { builtIn } from '../../../src/engine/registries.js';
import { summariseRun } from '../../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../../src/experiment/run-scenario.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';
import { resultTables } from '../../../src/report/result-tables.js';

/** web in zone a calls stock in two zones, pay on the internet and a database in zone b; 20 requests a second for ten minutes. */
async function load(more = '', web = ''): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(
    file,
    `duration: 10m
warmUp: 1m
traffic:
  - to: web
    generate: { constant: 20/s }
    arrivals: uniform
    classes: [{ name: page, share: 100%, request: 1kB, response: 50kB }]
workloads:
  web:
    replicas: 1
    serve: { cpu: 1ms, calls: [{ to: stock, request: 2kB, response: 40kB }, { to: pay, request: 3kB, response: 100kB }, { to: db, request: 1kB, response: 9kB }] }${web}
  stock: { replicas: 2, serve: { cpu: 1ms } }
dependencies:
  pay: { concurrency: 9, service: 1ms, internet: true }
  db: { concurrency: 9, service: 1ms, zone: us-east-1b }
nodes:
  - { type: aws/m5.large, count: 1, zone: us-east-1a, maxPods: 2 }
  - { type: aws/m5.large, count: 1, zone: us-east-1b, maxPods: 2 }
${more}`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

async function report(scenario: LoadedScenario): Promise<RunReport> {
  return summariseRun(scenario, await runScenario(scenario, { registries: builtIn }));
}

describe('traffic between places', () => {
  test('is counted and billed: both ends of what crosses zones, and what leaves to the internet', async () => {
    const { result, series } = await report(await load('network: { prices: {} }'));
    const requests = result.requests.offered;
    expect(requests).toBe(12_000);
    // Half of the calls of stock go to the other zone, and all of the database.
    const crossZone = (requests * 42) / 2 / 1e6 + (requests * 10) / 1e6;
    const internet = (requests * (50 + 3)) / 1e6;
    expect(result.network?.gigabytes.crossZone).toBeCloseTo(crossZone, 9);
    expect(result.network?.gigabytes.internet).toBeCloseTo(internet, 9);
    expect(result.network?.usd).toEqual({
      crossZone: expect.closeTo(crossZone * 0.01 * 2, 9) as number,
      crossRegion: 0,
      internet: expect.closeTo(internet * 0.09, 9) as number,
    });
    const egress = crossZone * 0.02 + internet * 0.09;
    const nodes = (2 * 0.096) / 6;
    expect(result.cost.byKind.egress).toBeCloseTo(egress, 9);
    expect(result.cost.byKind.onDemand).toBeCloseTo(nodes, 9);
    expect(result.cost.total).toBeCloseTo(nodes + egress, 9);
    expect(result.cost.baselines.fixedAtPeak).toBeGreaterThan(egress);
    const service = series.tables.find(({ kind }) => kind === 'service');
    const perHour = service?.columns.costPerHour.filter((_, i) => series.startSeconds[i] >= 0) ?? new Float64Array(0);
    expect(perHour.reduce((sum, value) => sum + value, 0) * (series.stepSeconds / 3600)).toBeCloseTo(nodes + egress, 6);
    const table = resultTables(result).find(({ caption }) => caption.startsWith('Traffic'));
    expect(table?.rows[0]).toEqual(['between zones', '0.372 GB', '$0.00744']);
  });

  test('stays in the zone where stock is called within it; only the database is still asked across', async () => {
    const zoned = await load('network: { prices: {} }');
    const world = {
      ...zoned.world,
      workloads: zoned.world.workloads.map((one) => ({
        ...one,
        balancer: { ...one.balancer, topology: 'prefer-zone' as const },
      })),
    };
    const { result } = await report({ ...zoned, world });
    expect(result.network?.gigabytes.crossZone).toBeCloseTo((12_000 * 10) / 1e6, 9);
  });

  test('of drawn sizes comes to their mean', async () => {
    const drawn = await load('network: { prices: { internet: $0.12/GiB } }');
    const [traffic] = drawn.world.traffic;
    const classes = [{ ...traffic.classes[0], responseBytes: { kind: 'exponential', mean: 50_000 } as const }];
    const { result } = await report({ ...drawn, world: { ...drawn.world, traffic: [{ ...traffic, classes }] } });
    const sent = result.network?.gigabytes.internet ?? 0;
    expect(sent / ((12_000 * 53) / 1e6)).toBeGreaterThan(0.97);
    expect(sent / ((12_000 * 53) / 1e6)).toBeLessThan(1.03);
    expect(result.network?.usd.internet).toBeCloseTo((sent * 1e9 * 0.12) / 2 ** 30, 9);
  });
});

describe('a network section', () => {
  test('that says nothing is none: the same journal, and nothing is counted', async () => {
    const [none, empty] = [await load(), await load('network: { clients: 0ms, loss: 0% }')];
    expect(empty.world.network).toBeUndefined();
    expect(none.assumptions.join(' ')).toContain('Network time is zero');
    const [before, after] = [await report(none), await report(empty)];
    expect(after.result.journal.hash).toBe(before.result.journal.hash);
    expect(after.result.latencyMs).toEqual(before.result.latencyMs);
    expect(before.result.network).toBeUndefined();
    expect(before.result.cost.byKind.egress).toBe(0);
  });

  test('makes users wait: 20 ms for clients, then the three calls, each by where it goes', async () => {
    const { result } = await report(
      await load('network: { sameZone: 0.2ms, crossZone: 1ms, clients: 20ms, internet: 30ms }'),
    );
    const own = 1 + 1 + 1 + 1;
    // Of the two pods of stock one is in the zone of web; the database is in the other zone.
    expect(result.latencyMs.mean).toBeCloseTo(own + 20 + 30 + (0.2 + 1) / 2 + 1, 2);
    expect(result.latencyMs.max).toBeCloseTo(own + 20 + 30 + 1 + 1, 6);
  });

  test('is told in assumptions and in what can be trusted', async () => {
    const { assumptions, trust } = await load('network: { clients: 20ms, prices: { internet: $0.12/GB } }');
    expect(assumptions.join(' ')).not.toContain('Network time is zero');
    expect(assumptions.join(' ')).toContain('half of its round trip each way');
    const told = (input: string) => trust.find((entry) => entry.input === input);
    expect(told('round trip clients')).toMatchObject({ status: 'guessed', detail: '20ms' });
    expect(told('round trip crossZone')).toMatchObject({ status: 'defaulted' });
    expect(told('price of traffic internet')).toMatchObject({ status: 'guessed', detail: '$0.12/GB' });
    expect(told('price of traffic crossZone')).toMatchObject({ status: 'defaulted', detail: '$0.01/GB' });
  });

  test('without any fault or price, a fault alone makes the network, and is named as the bottleneck', async () => {
    const faults = 'faults: [{ at: 2m, network: { between: [web, db], delay: 800ms, loss: 10% }, for: 5m }]';
    const { result } = await report(await load(faults));
    expect(result.latencyMs.max).toBeGreaterThan(804);
    expect(result.bottleneck).toEqual({
      kind: 'network',
      name: 'web and db',
      why: 'messages between web and db took 800 ms longer there and back and were lost 10% of the time',
    });
  });
});

describe('what makes no sense is refused', () => {
  const fault = (text: string): Promise<LoadedScenario> => load(`faults: [{ at: 2m, network: ${text}, for: 5m }]`);

  test.each([
    [
      '{ between: [web, bd], delay: 1ms }',
      /own\.yaml:19: faults\[0\]\.network must be between places of the scenario, was with "bd"\n.*Did you mean db\?/,
    ],
    ['{ from: us-east-1, to: web, loss: 1% }', /was with "us-east-1"\n.*Did you mean us-east-1a\?/],
    ['{ from: clients, loss: 1% }', /must say between which two places/],
    ['{ between: [web, db], from: web, loss: 1% }', /must say between which two places/],
    ['{ between: [web, db] }', /must have a delay or a loss/],
    ['{ between: [web, db], loss: 101% }', /must be between 0% and 100%/],
    ['{ between: [web, db], dely: 1ms }', /dely is not a known key\n.*Did you mean delay\?/],
  ])('%s', async (text, message) => {
    await expect(fault(text)).rejects.toThrow(message);
  });

  test.each([
    ['network: { clients: 20 }', /network\.clients/],
    ['network: { loss: 100% }', /network\.loss must be below 100%/],
    ['network: { prices: { internet: 0.09 } }', /network\.prices\.internet/],
    ['network: { prices: { internet: $0.09/h } }', /must be a price of traffic in USD, as \$0\.01\/GB/],
    ['network: { crosszone: 1ms }', /Did you mean crossZone\?/],
  ])('%s', async (text, message) => {
    await expect(load(text)).rejects.toThrow(message);
  });

  test('balancers may watch attempts where messages take time', async () => {
    const watching = '\n    balancer: { outlierEjection: { consecutiveErrors: 5 } }';
    await expect(load('network: { clients: 20ms }', watching)).resolves.toBeDefined();
  });
});
