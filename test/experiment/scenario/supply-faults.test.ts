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
import { nodesChart } from '../../../src/report/charts/nodes-chart.js';
import { timeFrame } from '../../../src/report/charts/time-frame.js';
import { explainDecision } from '../../../src/report/explain/explain-decision.js';
import { formatClock } from '../../../src/report/format/clock.js';

const INFRASTRUCTURE = 'provisioning: 20s, boot: 40s, count: { initial: INITIAL, min: 0, max: 9 }';
const CLUSTER_AUTOSCALER = 'nodeAutoscaler: { policy: cluster-autoscaler }';

/** The group `first` is chosen as long as it may grow. */
const BY_PRIORITY = `nodeAutoscaler:
  policy: cluster-autoscaler
  expander: priority
  priorities: [{ priority: 10, pools: [first] }, { priority: 1, pools: [second] }]`;

interface Parts {
  readonly nodes: readonly string[];
  readonly faults: readonly string[];
  /** Beside the sections. */
  readonly more?: string;
  readonly web?: string;
  readonly generate?: string;
}

/** Three pods from the beginning, and six from minute 10 on, of two cores each: a node of four cores holds one, as system daemons take the rest. */
async function load({
  nodes,
  faults,
  more = '',
  web = '',
  generate = '{ constant: 1/s }',
}: Parts): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 's.yaml');
  writeFileSync(
    file,
    `start: 2026-01-05T00:00:00Z
duration: 100m
warmUp: 1m
traffic: [{ to: web, generate: ${generate}, client: { timeout: 1s } }]
workloads:
  web:
    pod: { cpu: { request: 2 }, memory: { request: 1Gi }, start: 5s }
    serve: { cpu: 20ms }
    replicas: { initial: 3, min: 1, max: 20 }
    scaling: { policy: scheduled, schedule: [{ at: "23:00", replicas: 3 }, { at: "00:10", replicas: 6 }] }
    ${web}
${nodes.length === 0 ? '' : `nodes:\n${nodes.map((pool) => `  - { ${pool} }`).join('\n')}`}
faults:
${faults.map((fault) => `  - ${fault}`).join('\n')}
${more}`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

function nodePool(name: string, type: string, initial: number, more = ''): string {
  return `name: ${name}, type: aws/${type}, ${INFRASTRUCTURE.replace('INITIAL', String(initial))}${more}`;
}

interface Done {
  readonly report: RunReport;
  /** `[minute, from, to, reason]` of the decisions about a pool that changed anything. */
  readonly changes: (pool: string) => readonly (readonly [number, number, number, string])[];
  /** What is said of a pool at a second. */
  readonly told: (pool: string, second: number) => string;
}

async function run(parts: Parts): Promise<Done> {
  const scenario = await load(parts);
  const report = summariseRun(scenario, await runScenario(scenario, { registries: builtIn }));
  const of = (pool: string) => report.decisions.filter(({ workload, at }) => workload === pool && at >= 0);
  return {
    report,
    changes: (pool) =>
      of(pool)
        .filter(({ direction }) => direction !== 'hold')
        .map(({ at, from, desired, reason }) => [at / 60e6, from, desired, reason]),
    told: (pool, second) => {
      const decision = of(pool).find(({ at }) => at === second * 1e6);
      return decision === undefined ? '' : explainDecision(decision, formatClock);
    },
  };
}

describe('the cluster autoscaler in a world that runs out of machines', () => {
  test('backs a group off twice as long each time, and comes back when there are machines again', async () => {
    const { changes, told, report } = await run({
      nodes: [nodePool('only', 'm5.xlarge', 3)],
      faults: ['{ at: 5m, capacityShortage: { type: aws/m5.xlarge }, for: 30m }'],
      more: CLUSTER_AUTOSCALER,
    });
    const asked = changes('only').filter(([, from, to]) => to > from);
    // Back-offs of 5, 10 and 20 minutes, each from the tick after the refusal; the last ends after the shortage.
    expect(asked.map(([minute]) => minute)).toEqual([10.25, 15.75, 26.25, 46.75]);
    expect(changes('only').filter(([, , , reason]) => reason === 'launch-failed')).toEqual([
      [10.5, 6, 3, 'launch-failed'],
      [16, 6, 3, 'launch-failed'],
      [26.5, 6, 3, 'launch-failed'],
    ]);
    expect(told('only', 12 * 60)).toContain(
      'Launches failed (InsufficientInstanceCapacity), and it is left alone until 00:15:30, for 3.5 min.',
    );
    expect(report.result.nodes.failedLaunches).toEqual({ refused: 9, neverUp: 0 });
    expect(report.result.decisions['backed-off']).toBeGreaterThan(100);
    expect(report.series.tables.find(({ entity }) => entity === 'web')?.columns.readyPods.at(-1)).toBe(6);
  });

  test('grows the next group of the expander instead', async () => {
    const { changes, report } = await run({
      nodes: [nodePool('first', 'm5.xlarge', 3), nodePool('second', 'm5.2xlarge', 0)],
      faults: ['{ at: 5m, capacityShortage: { pool: first }, for: 80m }'],
      more: BY_PRIORITY,
    });
    expect(changes('first').slice(0, 2)).toEqual([
      [10.25, 3, 6, 'pending-pods'],
      [10.5, 6, 3, 'launch-failed'],
    ]);
    expect(changes('second')).toEqual([[10.5, 0, 1, 'pending-pods']]);
    expect(report.result.nodes.failedLaunches?.refused).toBe(3);
  });

  test('gives up nodes that have not registered after its time-out, and backs their group off', async () => {
    const { changes, told, report } = await run({
      nodes: [nodePool('first', 'm5.xlarge', 3), nodePool('second', 'm5.2xlarge', 0)],
      faults: ['{ at: 5m, failedBoot: { pool: first }, for: 30m }'],
      more: BY_PRIORITY,
    });
    expect(changes('first').slice(0, 2)).toEqual([
      [10.25, 3, 6, 'pending-pods'],
      [25.5, 6, 3, 'provision-timeout'],
    ]);
    expect(changes('second')).toEqual([[25.5, 0, 1, 'pending-pods']]);
    expect(told('first', 26 * 60)).toContain(
      'Launches failed (provision-timeout), and it is left alone until 00:30:30',
    );
    expect(report.result.nodes.failedLaunches).toEqual({ refused: 0, neverUp: 3 });
    // Three machines that ran for fifteen minutes less their provisioning, besides three for the run and one from 25:35 on.
    expect(report.result.nodes.hours).toBeCloseTo(
      3 * (100 / 60) + 3 * ((15.25 * 60 - 20) / 3600) + (100 * 60 - 1550) / 3600,
      2,
    );
  });
});

test('Karpenter leaves an offer alone for three minutes and takes the next cheapest', async () => {
  const { changes, told } = await run({
    nodes: [
      'name: any, types: [aws/m5.xlarge, aws/m6i.xlarge], provisioning: 20s, boot: 40s, count: { initial: 3, min: 0, max: 9 }',
    ],
    faults: ['{ at: 5m, capacityShortage: { pool: any, type: aws/m5.xlarge }, for: 60m }'],
    more: 'nodeAutoscaler: { policy: karpenter, consolidateAfter: null }',
  });
  expect(changes('any/aws/m5.xlarge')).toEqual([
    [10.25, 3, 6, 'pending-pods'],
    [10.5, 6, 3, 'launch-failed'],
  ]);
  expect(changes('any/aws/m6i.xlarge')).toEqual([[10.5, 0, 3, 'pending-pods']]);
  expect(told('any/aws/m5.xlarge', 12 * 60)).toContain(
    'It could not be had (InsufficientInstanceCapacity), and is not asked for until 00:13:30, for 90 s.',
  );
});

test('Karpenter gives up a node that has not registered after 15 minutes', async () => {
  const { changes } = await run({
    nodes: [nodePool('any', 'm5.xlarge', 3)],
    faults: ['{ at: 5m, failedBoot: { pool: any }, for: 10m }'],
    more: 'nodeAutoscaler: { policy: karpenter, consolidateAfter: null }',
  });
  expect(changes('any')).toEqual([
    [10.25, 3, 6, 'pending-pods'],
    [25.5, 6, 3, 'provision-timeout'],
    [28.5, 3, 6, 'pending-pods'],
  ]);
});

describe('pools that pods that wait make grow', () => {
  const scaling = (more = '') => `, scaling: { policy: pending-pods${more} }`;

  test('leave the pods to the next pool while one has no machines, and let go of what nobody waits for', async () => {
    const { changes } = await run({
      nodes: [nodePool('first', 'm5.xlarge', 3, scaling()), nodePool('second', 'm5.2xlarge', 0, scaling())],
      faults: ['{ at: 5m, capacityShortage: { pool: first }, for: 80m }'],
    });
    expect(changes('first')).toEqual([
      [10.25, 3, 6, 'pending-pods'],
      [10.75, 6, 3, 'launch-failed'],
    ]);
    expect(changes('second')).toEqual([[10.5, 0, 1, 'pending-pods']]);
  });

  test('do the same by the rules of scheduling', async () => {
    const { changes } = await run({
      nodes: [nodePool('first', 'm5.xlarge', 3, scaling()), nodePool('second', 'm5.2xlarge', 0, scaling())],
      faults: ['{ at: 5m, capacityShortage: { pool: first }, for: 80m }'],
      web: 'topologySpread: [{ topologyKey: hostname, whenUnsatisfiable: ScheduleAnyway }]',
    });
    expect(changes('second')).toEqual([[10.5, 0, 1, 'pending-pods']]);
    expect(changes('first')[1]).toEqual([10.75, 6, 3, 'launch-failed']);
  });

  test('replace a node that has not come up in time where they are told to', async () => {
    const { changes, report, told } = await run({
      nodes: [nodePool('only', 'm5.xlarge', 3, scaling(', provisionTimeout: 10m'))],
      faults: ['{ at: 5m, failedBoot: { pool: only }, for: 10m }'],
    });
    expect(changes('only')).toEqual([[10.25, 3, 6, 'pending-pods']]);
    expect(told('only', 20.5 * 60)).toContain('A node had not come up after 10 min');
    expect(report.result.nodes).toMatchObject({ max: 6, failedLaunches: { refused: 0, neverUp: 3 } });
    expect(report.series.tables.find(({ entity }) => entity === 'web')?.columns.readyPods.at(-1)).toBe(6);
  });
});

test('a group of machines of a workload keeps trying, and what held it back is named', async () => {
  const { report } = await run({
    nodes: [],
    web: `group: { type: aws/m5.large, provisioning: 20s, boot: 40s }
    balancer: { policy: least-connections }`,
    faults: ['{ at: 5m, capacityShortage: { of: web }, for: 30m }'],
    generate:
      '{ constant: 100/s, flashCrowd: { at: 12m, ramp: 1m, magnitude: 6x, plateau: 10m, decay: 1m, shape: linear } }',
    more: 'slo: { latency: 100ms }',
  });
  // Three machines, asked for again every minute after a wait of two seconds.
  expect(report.result.nodes.failedLaunches?.refused).toBeGreaterThanOrEqual(3 * 24);
  expect(report.series.tables.find(({ entity }) => entity === 'web')?.columns.readyPods.at(-1)).toBe(6);
  expect(report.result.bottleneck).toMatchObject({ kind: 'nodes', name: '' });
  expect(report.result.bottleneck.why).toMatch(
    /the provider had no aws\/m5\.large \(\d+ launches failed from 00:10:02 on\)/,
  );
});

test('charts mark the launches that failed and shade the time', async () => {
  const { report } = await run({
    nodes: [nodePool('only', 'm5.xlarge', 3)],
    faults: ['{ at: 5m, capacityShortage: { type: aws/m5.xlarge }, for: 7m }'],
    more: CLUSTER_AUTOSCALER,
  });
  const pool = report.series.tables.find(({ kind }) => kind === 'pool');
  if (pool === undefined) throw new Error('there is a pool');
  expect(nodesChart(report, pool, 'nodes').events.filter(({ direction }) => direction === 'failed')).toEqual([
    { atSeconds: 617, direction: 'failed', text: '3 machines refused by the provider' },
  ]);
  expect(timeFrame(report, []).episodes).toContainEqual({
    fromSeconds: 300,
    toSeconds: 720,
    label: 'the provider has no machines for only',
  });
});

describe('a fault of the supply of machines', () => {
  const nodes = [nodePool('only', 'm5.xlarge', 3, ', zone: us-east-1a')];
  const problem = (fault: string) =>
    load({ nodes, faults: [`{ at: 5m, ${fault}, for: 1m }`], more: CLUSTER_AUTOSCALER });

  test('must say of which machines', async () => {
    await expect(problem('capacityShortage: {}')).rejects.toThrow('must say of which machines, as type: aws/m5.large');
  });

  test('must be about machines that there are', async () => {
    await expect(problem('capacityShortage: { type: aws/m5.large }')).rejects.toThrow(
      /s\.yaml:\d+: faults\[0\]\.capacityShortage must be about machines of the scenario, was about those of type "aws\/m5\.large".*Did you mean aws\/m5\.xlarge\?/s,
    );
    await expect(problem('failedBoot: { zone: us-east-1b }')).rejects.toThrow('Did you mean us-east-1a?');
    await expect(problem('failedBoot: { of: web }')).rejects.toThrow('The scenario has none.');
    await expect(problem('failedBoot: { pool: only, share: 0% }')).rejects.toThrow('must be above 0%');
  });

  test('finds the pools by all that is said, and says what it takes for granted', async () => {
    const { world, assumptions } = await load({
      nodes: [...nodes, nodePool('b', 'm5.xlarge', 0, ', zone: us-east-1b')],
      faults: ['{ at: 5m, capacityShortage: { type: aws/m5.xlarge, zone: us-east-1b }, for: 1m }'],
      more: CLUSTER_AUTOSCALER,
    });
    expect(world.faults).toMatchObject([
      { kind: 'capacityShortage', pools: ['b'], answerMicros: 2e6, retryMicros: 60e6 },
    ]);
    expect(assumptions.join('\n')).toContain('A provider that has run out has no machine at all');
  });
});
