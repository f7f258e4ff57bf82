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
import { explainDecision } from '../../../src/report/explain/explain-decision.js';
import { formatClock } from '../../../src/report/format/clock.js';

interface Parts {
  readonly budget?: string;
  /** A pool of m5.xlarge, but for its count and policy. */
  readonly nodes?: string;
  readonly more?: string;
  readonly pod?: string;
  /** Among the fields of `low`. */
  readonly extra?: string;
}

const ELASTIC = 'count: { initial: 2, min: 1, max: 9 }, boot: 1m, provisioning: 10s';

/** `high` asks for 3 pods, and for 8 from minute 10 on; `low` for 6 throughout; of a core and 3 GiB each, at least 1. */
async function load({
  budget = '$1',
  nodes = ELASTIC,
  more = '',
  pod = 'cpu: { request: 950m }, memory: { request: 3Gi }',
  extra = '',
}: Parts): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'b.yaml');
  writeFileSync(
    file,
    `start: 2026-01-05T00:00:00Z
duration: 40m
warmUp: 1m
traffic: [{ to: high, generate: { constant: 1/s } }, { to: low, generate: { constant: 1/s } }]
budget: { perHour: ${budget} }
workloads:
  high:
    priority: 10
    pod: { ${pod}, start: 5s }
    serve: { cpu: 20ms }
    replicas: { initial: 3, min: 1, max: 20 }
    scaling: { policy: scheduled, schedule: [{ at: "23:00", replicas: 3 }, { at: "00:10", replicas: 8 }] }
  low:
    pod: { ${pod}, start: 5s }
    serve: { cpu: 20ms }
    replicas: { initial: 6, min: 1, max: 20 }
    scaling: { policy: scheduled, schedule: [{ at: "23:00", replicas: 6 }] }
    ${extra}
${nodes === '' ? '' : `nodes: [{ type: aws/m5.xlarge, ${nodes} }]`}
${more}`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

async function run(parts: Parts): Promise<RunReport> {
  const scenario = await load(parts);
  return summariseRun(scenario, await runScenario(scenario, { registries: builtIn }));
}

function desiredAt({ decisions }: RunReport, name: string, second: number): number | undefined {
  return decisions.find(({ workload, at }) => workload === name && at === second * 1e6)?.desired;
}

function told({ decisions }: RunReport, name: string, second: number): string {
  const decision = decisions.find(({ workload, at }) => workload === name && at === second * 1e6);
  return decision === undefined ? '' : explainDecision(decision, formatClock);
}

/** The most nodes that were asked for, and the most that were paid for at once. */
function nodesOf({ series, decisions }: RunReport): { readonly asked: number; readonly paid: number } {
  const asked = decisions.flatMap(({ counts, desired }) => (counts === 'nodes' ? [desired] : []));
  const pool = series.tables.find(({ kind }) => kind === 'pool');
  return { asked: Math.max(...asked), paid: Math.max(...(pool?.columns.nodes ?? [])) };
}

describe('a budget in the world', () => {
  // A pod costs what OpenCost's rates make of its requests, scaled to $0.192 for the 3.92 cores and 14.66 GiB of a node: $0.0437 an hour.
  const AUTOSCALERS = ['cluster-autoscaler', 'karpenter'] as const;

  test.each(AUTOSCALERS)(
    '%s: the lower priority is cut when the higher one grows, and no node too many is bought',
    async (policy) => {
      const report = await run({ budget: '$0.5', more: `nodeAutoscaler: { policy: ${policy} }` });
      expect([desiredAt(report, 'high', 300), desiredAt(report, 'low', 300)]).toEqual([3, 6]);
      // 11 pods are paid for: 8 of the higher one, 3 of the lower one.
      expect([desiredAt(report, 'high', 1200), desiredAt(report, 'low', 1200)]).toEqual([8, 3]);
      expect(nodesOf(report)).toEqual({ asked: 2, paid: 2 });
      expect(report.result.cost.budget?.perHour).toBe(0.5);
      expect(report.result.cost.budget?.peakPerHour).toBeCloseTo(2 * 0.192);
      const said = told(report, 'low', 1200);
      expect(said).toContain('The budget of $0.5 an hour lowered 6 to 3: one costs $0.0437 an hour');
      expect(said).toContain('priorities above 0 take $0.35 an hour; it would have cost $0.131 an hour more.');
      expect(told(report, 'aws/m5.xlarge', 1200)).toContain('a node costs $0.192 an hour and $0.116 an hour is left');
    },
  );

  test('a pool of its own policy buys no more either, but is never short of its minimum', async () => {
    const scaling = ', scaling: { policy: pending-pods }';
    const report = await run({ budget: '$0.5', nodes: `${ELASTIC}${scaling}` });
    expect(nodesOf(report)).toEqual({ asked: 2, paid: 2 });
    expect(report.decisions.some(({ counts, reason }) => counts === 'nodes' && reason === 'budget')).toBe(true);
    expect(nodesOf(await run({ budget: '$1', nodes: `${ELASTIC}${scaling}` })).asked).toBe(4);
    const scheduled = 'scaling: { policy: scheduled, schedule: [{ at: "23:00", nodes: 8 }] }';
    const least = await run({ budget: '$0.3', nodes: `count: { initial: 3, min: 3, max: 9 }, boot: 1m, ${scheduled}` });
    expect(nodesOf(least).asked).toBe(3);
  });

  test('money that is enough for all changes nothing', async () => {
    const more = 'nodeAutoscaler: { policy: cluster-autoscaler }';
    const report = await run({ budget: '$5', more });
    expect(desiredAt(report, 'low', 1200)).toBe(6);
    expect(report.decisions.some(({ rules }) => rules.some(({ rule }) => rule.includes('budget')))).toBe(false);
  });

  test('minima that cost more than there is are kept, and every decision says so', async () => {
    const report = await run({ budget: '$0.05', nodes: 'count: 4' });
    expect([desiredAt(report, 'high', 1200), desiredAt(report, 'low', 1200)]).toEqual([1, 1]);
    for (const name of ['high', 'low']) {
      expect(told(report, name, 1200)).toContain(
        'The minima of all workloads alone cost $0.0875 an hour, more than the budget of $0.05 an hour.',
      );
    }
  });

  test('what cut a workload short of what it needed is named as the bottleneck', async () => {
    const report = await run({
      budget: '$0.4',
      nodes: 'count: 4',
      more: 'slo: { latency: 30ms }\nfaults: [{ at: 20m, loseCapacity: { of: low, share: 95% }, for: 5m }]',
    });
    expect(report.result.bottleneck).toMatchObject({ kind: 'budget', name: 'low' });
    expect(report.result.bottleneck.why).toMatch(/^the budget allowed \d+ pods of 6 from/);
  });
});

describe('what things cost under a budget', () => {
  test('all that a node can give costs what the node does, by the rates of the dearest pool', async () => {
    const { engine, world } = await load({ nodes: 'count: 3' });
    const { budget } = engine;
    if (budget === undefined) throw new Error('there is a budget');
    const [{ cpuMillis, memoryMiB }] = world.nodePools;
    expect((cpuMillis / 1000) * budget.corePerHour + (memoryMiB / 1024) * budget.gibPerHour).toBeCloseTo(0.192, 12);
    expect(budget.corePerHour / budget.gibPerHour).toBeCloseTo(0.031611 / 0.004237, 9);
    expect(budget).toMatchObject({
      perHour: 1,
      fixedNodesPerHour: 3 * 0.192,
      standingPerHour: 0,
      podPerHour: 0,
      machines: {},
    });
  });

  test('machines that are replicas cost their price, and those that wait in a warm pool are paid beforehand', async () => {
    const group = 'group: { type: aws/m5.large, boot: 1m, warmPool: { size: 2, state: running, start: 10s } }';
    const { engine } = await load({ pod: 'cpu: { request: 950m }', extra: group });
    expect(engine.budget?.machines).toEqual({ 'aws/m5.xlarge': 0.192, 'low-vms': 0.096 });
    expect(engine.budget?.standingPerHour).toBeCloseTo(2 * 0.096);
  });

  test('where pods are billed each costs that, and nodes cost nothing', async () => {
    const { engine } = await load({ nodes: '', more: 'billing: { perPodHour: $0.1/h }', budget: '12 USD' });
    expect(engine.budget).toMatchObject({ perHour: 12, podPerHour: 0.1, corePerHour: 0, gibPerHour: 0, machines: {} });
  });

  test('pods must request something that has a price, and the amount must be money', async () => {
    await expect(load({ pod: 'cpu: { request: 0 }, memory: { request: 0Mi }' })).rejects.toThrow(
      /workloads\.high\.pod must request CPU or memory under a budget/,
    );
    await expect(load({ budget: '12 EUR' })).rejects.toThrow('must be money an hour in USD, as $12 or 12 USD');
    await expect(load({ budget: '$0' })).rejects.toThrow('must be above $0');
  });
});
