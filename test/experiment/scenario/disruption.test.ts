import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { summariseRun } from '../../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../../src/experiment/run-scenario.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';

async function load(web: readonly string[], more = ''): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  const text = `duration: 20m
warmUp: 1m
traffic: [{ to: web, generate: { constant: 50/s } }]
workloads:
  web:
    serve: { cpu: 20ms }
    replicas: 4
${web.map((line) => `    ${line}\n`).join('')}${more}`;
  writeFileSync(file, text);
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

describe('rollouts of a scenario', () => {
  test('say what changes, and leave the rest', async () => {
    const { world, assumptions } = await load([
      'pod: { cpu: { request: 500m, limit: "1" }, memory: { limit: 512Mi }, image: { size: 100Mi } }',
      'strategy: { maxSurge: 1, maxUnavailable: 0%, minReady: 15s }',
      'rollouts:',
      '  - { at: 5m, cpuFactor: 1.5x, image: { size: 120Mi } }',
      '  - { at: 9m, cpu: { limit: "2" }, start: 3s }',
    ]);
    const [{ strategy, rollouts = [] }] = world.workloads;
    expect(strategy).toEqual({
      type: 'RollingUpdate',
      maxSurge: { count: 1 },
      maxUnavailable: { share: 0 },
      minReadyMicros: 15e6,
      progressDeadlineMicros: 600e6,
    });
    expect(rollouts.map(({ at, demandFactor }) => [at, demandFactor])).toEqual([
      [300e6, 1.5],
      [540e6, 1],
    ]);
    const [first, second] = rollouts.map(({ pod }) => pod);
    expect([first.image?.name, first.image?.sizeMiB, first.cpuLimitMillis]).toEqual(['web:1', 120, 1000]);
    expect([second.image?.name, second.cpuLimitMillis, second.memoryLimitMiB]).toEqual(['web:1', 2000, 512]);
    expect([first.serving.concurrency, second.serving.concurrency]).toEqual([1, 2]);
    expect(second.start).toEqual({ kind: 'constant', value: 3e6 });
    expect(assumptions.join('\n')).toContain('The Deployment controller of web');
  });

  test.each<[string, string[], string]>([
    ['outside the run', ['rollouts: [{ at: 30m }]'], 'must be after the one before and within the run (20m), was 30m'],
    [
      'with less limit than request',
      ['rollouts: [{ at: 5m, memory: { request: 8Gi, limit: 1Gi } }]'],
      'rollouts[0].memory must leave the limit at or above the request, was 1024Mi against 8192Mi',
    ],
    ['out of order', ['rollouts: [{ at: 9m }, { at: 5m }]'], 'must be after the one before'],
    ['on machines', ['group: { type: aws/m5.large, boot: 1m }', 'rollouts: [{ at: 5m }]'], 'machines of its own'],
    [
      'on machines',
      ['group: { type: aws/m5.large, boot: 1m }', 'vertical: { policy: vpa }'],
      'must not be given where a workload runs on machines',
    ],
  ])('that make no sense are refused: %s', async (_, web, message) => {
    await expect(load(web)).rejects.toThrow(message);
  });

  test('are reported, with what they lose and how long they take', async () => {
    const loaded = await load([
      'pod: { start: 5s, readiness: { period: 5s }, termination: { preStop: 10s } }',
      'rollouts: [{ at: 5m }]',
    ]);
    const { result } = summariseRun(loaded, await runScenario(loaded, { registries: builtIn }));
    expect(result.rollouts).toEqual([
      { workload: 'web', revision: 1, startSeconds: 300, tookSeconds: 10, stuck: false },
    ]);
    expect(result.availability.lostToRollout).toEqual({ refused: 0, cutOff: 0, total: 0, share: 0 });
    const hasty = await load(['pod: { start: 5s, readiness: { period: 5s } }', 'rollouts: [{ at: 5m }]']);
    const lost = summariseRun(hasty, await runScenario(hasty, { registries: builtIn })).result;
    expect(lost.availability.lostToRollout?.refused).toBeGreaterThan(10);
    expect(lost.availability.lostToScaling.total).toBe(0);
    expect(lost.requests.failed).toBe(lost.availability.lostToRollout?.total);
  });

  test('with a demand factor take so much more CPU afterwards', async () => {
    const loaded = await load(['pod: { start: 5s }', 'rollouts: [{ at: 10m, cpuFactor: 2x }]']);
    const { workloads } = summariseRun(loaded, await runScenario(loaded, { registries: builtIn })).result;
    // 50/s of 20 ms are one core; half of the time two. Asked for: four pods of half a core.
    expect(workloads.web.requested.cpuUsedShare).toBeCloseTo(1.5 / 2, 1);
    expect(workloads.web.requested.cpuCoreHours).toBeCloseTo(2 / 3, 1);
  });
});

describe('a disruption budget and a deletion cost of a scenario', () => {
  test('reach the world', async () => {
    const { world } = await load(['pdb: { maxUnavailable: 25% }', 'deletionCost: in-flight']);
    expect(world.workloads[0].disruptionBudget).toEqual({ bound: { maxUnavailable: { share: 0.25 } } });
    expect(world.workloads[0].deletionCost).toBe('in-flight');
  });

  test('must say one thing', async () => {
    await expect(load(['pdb: { minAvailable: 1, maxUnavailable: 1 }'])).rejects.toThrow(
      'must have minAvailable or maxUnavailable, and not both',
    );
  });
});

describe('a limit range', () => {
  test('fills up what a pod leaves out', async () => {
    const more = 'limitRange: { cpu: { default: "1", defaultRequest: 250m }, memory: { max: 1Gi } }\n';
    const [{ pod }] = (await load(['pod: { memory: { limit: 512Mi } }'], more)).world.workloads;
    expect([pod.cpuRequestMillis, pod.cpuLimitMillis]).toEqual([250, 1000]);
    expect([pod.memoryRequestMiB, pod.memoryLimitMiB]).toEqual([512, 512]);
  });

  test('refuses what is beyond it', async () => {
    const more = 'limitRange: { cpu: { max: 500m } }\n';
    await expect(load(['pod: { cpu: { request: 400m, limit: "1" } }'], more)).rejects.toThrow(
      'maximum cpu usage per container is 500m, but limit is 1000m',
    );
  });
});
