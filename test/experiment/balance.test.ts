import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/domain/run-result.js';
import { builtIn } from '../../src/engine/registries.js';
import { summariseRun } from '../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { loadScenario } from '../../src/experiment/scenario/load-scenario.js';

const options = { registries: builtIn, dataDirectory: null, version: '0' };

async function load(text: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(file, text);
  return loadScenario(file, options);
}

async function run(text: string): Promise<RunReport> {
  const scenario = await load(text);
  return summariseRun(scenario, await runScenario(scenario, { registries: builtIn }));
}

/** Four pods, two of them on machines of half the speed. */
function twoSpeeds(balance: string): string {
  return `duration: 20m
warmUp: 5m
slo: { latency: 200ms, target: 99% }
traffic: [{ to: web, generate: { constant: 90/s } }]
workloads:
  web:
    pod: { cpu: { request: 900m, limit: 900m }, discipline: processor-sharing }
    serve: { cpu: { exponential: 20ms } }
    replicas: 4
    balancer: { policy: round-robin }
    ${balance}
nodes:
  - { type: aws/m5.xlarge, count: 1, cpuSpeed: 1x, maxPods: 2 }
  - { type: aws/m5.xlarge, count: 1, cpuSpeed: 0.5x, maxPods: 2 }
`;
}

describe('shares that the engine commands', () => {
  test('by latency take requests from the slow pods, come to rest, and fewer requests are late', async () => {
    const alone = await run(twoSpeeds(''));
    const { result, decisions } = await run(twoSpeeds('balance: { policy: weights-by-latency }'));
    expect(result.slo.violatedShare).toBeLessThan(alone.result.slo.violatedShare / 2);
    const splits = decisions.flatMap(({ balance }) =>
      balance?.split?.to.by === 'pod' ? [balance.split.to.weights] : [],
    );
    const last = splits[splits.length - 1];
    const sorted = Object.values(last).toSorted((a, b) => a - b);
    expect(sorted[1]).toBeLessThan(0.8);
    expect(sorted[2]).toBeGreaterThan(1.1);
    // Noise moves weights a little; none of them swings between much and little.
    for (const name of Object.keys(last)) {
      const settled = decisions.flatMap(({ at, balance }) =>
        at > 600e6 && balance?.split?.to.by === 'pod' ? [balance.split.to.weights[name]] : [],
      );
      expect(Math.max(...settled, last[name]) / Math.min(...settled, last[name])).toBeLessThan(1.4);
    }
  });

  test('by capacity are there at the first tick and stay', async () => {
    const { decisions } = await run(twoSpeeds('balance: { policy: weights-by-capacity }'));
    const changes = decisions.filter(({ balance }) => balance?.split !== undefined);
    expect(changes).toHaveLength(1);
    const split = changes[0].balance?.split?.to;
    expect(split?.by === 'pod' && Object.values(split.weights).toSorted()).toEqual([0.6667, 0.6667, 1.3333, 1.3333]);
  });

  test('by zone cut the traffic between zones', async () => {
    const zones = (balance: string): string => `duration: 5m
warmUp: 1m
traffic: [{ to: web, generate: { constant: 40/s } }]
workloads:
  web:
    serve: { cpu: 2ms, calls: [{ to: store, request: 1KiB, response: 10KiB }] }
    replicas: 6
  store:
    serve: { cpu: 2ms }
    replicas: 6
    ${balance}
nodes:
  - { type: aws/m5.xlarge, name: a, zone: us-east-1a, count: 2, maxPods: 3 }
  - { type: aws/m5.xlarge, name: b, zone: us-east-1b, count: 2, maxPods: 3 }
network: { sameZone: 0.2ms, crossZone: 1ms, clients: 10ms, prices: {} }
`;
    const alone = (await run(zones(''))).result.network?.gigabytes.crossZone ?? 0;
    const hinted = (await run(zones('balance: { policy: weights-by-zone }'))).result.network?.gigabytes.crossZone ?? 0;
    expect(alone).toBeGreaterThan(0.02);
    // Not to nothing: a zone with fewer endpoints than its share of the CPU borrows one of the other.
    expect(hinted).toBeLessThan(alone / 4);
  });

  test('settings are commanded once, at the first tick, and what they do is done', async () => {
    const { result, decisions } = await run(`${twoSpeeds(
      'balance: { outlierEjection: { consecutiveErrors: 3 }, slowStart: 30s, health: {}, drain: { deadline: 20s } }',
    )}faults: [{ at: 5m, errors: { pods: 1, of: web, share: 100% }, for: 5m }]
`);
    const set = decisions.filter(({ balance }) => balance?.settings !== undefined);
    expect(set).toHaveLength(1);
    expect(set[0].at).toBe(-285e6);
    expect(Object.keys(set[0].balance?.settings ?? {})).toEqual(['health', 'slowStart', 'outlierEjection']);
    expect(result.workloads.web.balancer?.ejections).toBeGreaterThan(0);
  });

  test('by a canary send each revision its share', async () => {
    const { result } = await run(
      twoSpeeds(
        'balance: { policy: canary, steps: [{ setWeight: 20% }, { pause: 5m }, { setWeight: 50% }, { pause: 5m }], minReady: 0s }\n    rollouts: [{ at: 1m }]',
      ).replaceAll('maxPods: 2', 'maxPods: 4'),
    );
    const [before, after] = result.workloads.web.revisions ?? [];
    expect(result.rollouts?.[0].tookSeconds).not.toBeNull();
    // All for a minute and more, 80% for five minutes, 50% for five; then nothing.
    expect(before.sent / (before.sent + after.sent)).toBeGreaterThan(0.38);
    expect(before.sent / (before.sent + after.sent)).toBeLessThan(0.5);
  });
});

describe('a balance section that makes no sense', () => {
  test.each([
    ['balance: { policy: canary }', 'must stand where there are rollouts'],
    [
      'balance: { policy: canary }\n    rollouts: [{ at: 1m }]\n    strategy: { type: Recreate }',
      'must be left out where balance (canary)',
    ],
    ['balance: { policy: weights-by-latency }\n    # \n', ''],
    ['balance: { slowStart: 10s }', ''],
    ['balance: { policy: weights-by-luck }', 'weights-by-l'],
    ['balance: { policy: weights-by-latency, halflife: 3s }', 'halfLife'],
  ])('%s', async (section, problem) => {
    const loaded = load(twoSpeeds(section));
    if (problem === '') await expect(loaded).resolves.toBeDefined();
    else await expect(loaded).rejects.toThrow(problem);
  });

  test('what the balancer has already, and what a balancer per connection cannot see', async () => {
    const text = twoSpeeds('balance: { slowStart: 10s }');
    await expect(load(text.replace('policy: round-robin', 'policy: round-robin, slowStart: 5s'))).rejects.toThrow(
      'must not be given together with balancer.slowStart',
    );
    await expect(
      load(twoSpeeds('balance: { policy: weights-by-latency }').replace('policy: round-robin', 'per: connection')),
    ).rejects.toThrow('must not go by latency');
  });
});
