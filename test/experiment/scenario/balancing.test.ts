import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { summariseRun } from '../../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../../src/experiment/run-scenario.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';

interface Parts {
  readonly balancer?: string;
  readonly client?: string;
  readonly pod?: string;
  readonly more?: string;
}

/** Six pods at 60 requests a second of 20 ms for four minutes. */
function load({ balancer = '', client = '', pod = 'concurrency: 2', more = '' }: Parts): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(
    file,
    `duration: 4m
warmUp: 0s
traffic: [{ to: web, generate: { constant: 60/s }, arrivals: uniform, client: { ${client} } }]
workloads:
  web:
    pod: { ${pod} }
    serve: { cpu: 20ms }
    replicas: 6
    balancer: { ${balancer} }
${more}`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

async function resultOf(parts: Parts) {
  const loaded = await load(parts);
  return summariseRun(loaded, await runScenario(loaded, { registries: builtIn })).result;
}

describe('what a balancer does beyond choosing', () => {
  test('is nothing unless it is asked for', async () => {
    const { world, assumptions } = await load({});
    expect(Object.keys(world.workloads[0].balancer).sort()).toEqual([
      ...['endpointLagMicros', 'health', 'policy', 'weights'],
    ]);
    expect(assumptions.join('\n')).not.toMatch(/slowly|held against|circuit|by chance/);
    expect((await resultOf({})).workloads.web.balancer).toBeUndefined();
  });

  test('ejects one of six by default, and none where one may not always be out, as with the defaults of Envoy since 1.31', async () => {
    const more = 'faults: [{ at: 1m, errors: { pods: 1, of: web }, for: 3m }]';
    const of = async (fields: string) => {
      const { workloads, requests } = await resultOf({ balancer: `outlierEjection: { ${fields} }`, more });
      return { ejections: workloads.web.balancer?.ejections, failed: requests.failed };
    };
    const [usual, never] = [await of(''), await of('alwaysEjectOne: false')];
    expect(usual.ejections).toBeGreaterThanOrEqual(3);
    expect(usual.failed).toBeLessThan(30);
    // A sixth of 60 a second for three minutes.
    expect(never).toEqual({ ejections: 0, failed: 1800 });
  });

  test("has Envoy's defaults, and slowStart may be a length of time alone", async () => {
    const balancer =
      'instances: 3, slowStart: 30s, outlierEjection: {}, circuitBreaker: { maxRequests: 100, maxRetries: 3 }';
    const { world, assumptions } = await load({ balancer });
    expect(world.workloads[0].balancer).toMatchObject({
      instances: 3,
      slowStart: { windowMicros: 30e6, minWeight: 0.1, aggression: 1 },
      outlierEjection: {
        consecutiveErrors: 5,
        intervalMicros: 10e6,
        baseEjectionMicros: 30e6,
        maxEjectionMicros: 300e6,
        maxEjected: 0.1,
        panicThreshold: 0.5,
      },
      circuitBreaker: { maxRequests: 100, maxRetries: 3 },
    });
    expect(assumptions.join('\n')).toContain('one of 3 balancers by chance');
    const long = await load({ balancer: 'slowStart: { window: 1m, aggression: 2 }' });
    expect(long.world.workloads[0].balancer.slowStart).toEqual({ windowMicros: 60e6, minWeight: 0.1, aggression: 2 });
  });

  test('makes no sense per connection, nor with a longest ejection below the first', async () => {
    await expect(load({ balancer: 'per: connection, outlierEjection: {}' })).rejects.toThrow(
      /own.yaml:9: workloads.web.balancer.outlierEjection must not be given where the balancer chooses once for every connection/,
    );
    await expect(load({ balancer: 'per: connection, circuitBreaker: { maxRequests: 5 }' })).rejects.toThrow(
      /own.yaml:9: workloads.web.balancer.circuitBreaker must not be given/,
    );
    await expect(load({ balancer: 'outlierEjection: { baseEjectionTime: 10m }' })).rejects.toThrow(
      /own.yaml:9: workloads.web.balancer.outlierEjection must have a maxEjectionTime of at least baseEjectionTime \(10m\), was 5m/,
    );
    await expect(load({ balancer: 'instances: 0' })).rejects.toThrow(/own.yaml:9: workloads.web.balancer.instances/);
    await expect(load({ balancer: 'outlierEjection: { maxEjected: 0% }' })).rejects.toThrow(/must be above 0%/);
  });

  test('is warned about where it can have no effect', async () => {
    const shed = await load({ pod: 'discipline: cfs, queue: { maxDelay: 50ms }' });
    expect(shed.warnings.join()).toContain('has a maxDelay but never a request in it');
    const kept = await load({
      balancer: 'per: connection',
      client: 'connections: { pool: 3 }, retries: { elsewhere: true }',
    });
    expect(kept.warnings.join()).toContain('retries elsewhere take whatever connection is next');
  });
});

describe('the fault of pods that answer errors', () => {
  const errors = 'faults: [{ at: 1m, errors: { pods: 1, of: web }, for: 2m }]';

  test('hits a sixth of the requests in turn, for as long as it lasts, and counts them', async () => {
    const { requests, workloads } = await resultOf({ more: errors });
    // 120 s at 60/s, one in six.
    expect(requests).toMatchObject({ offered: 14_400, failed: 1200, timedOut: 0, rejected: 0 });
    expect(workloads.web).toMatchObject({
      failed: 1200,
      balancer: { ejections: 0, maxEjected: 0, circuitOpen: 0, shed: 0, errored: 1200 },
    });
  });

  test('and half of them where its share is a half', async () => {
    const { requests } = await resultOf({ more: errors.replace('of: web', 'of: web, share: 50%') });
    expect(Math.abs(requests.failed - 600)).toBeLessThan(4 * Math.sqrt(1200 / 4));
  });

  test('is over when the container is started anew', async () => {
    const restart = errors.replace(']', ', { at: 2m, restart: { of: web } }]');
    const { workloads } = await resultOf({ more: `${restart}\ncluster: { restartDelay: 0s }` });
    expect(workloads.web.balancer?.errored).toBe(600);
  });

  test('ejection: at 60 s for 30 s, then for 60 s from the next look on; five errors each time', async () => {
    const { requests, workloads } = await resultOf({ balancer: 'outlierEjection: {}', more: errors });
    // Out from about 60.5 s to the look at 100 s, from 100.5 s to that at 170 s, and from 170.5 s to the end at 240 s.
    expect(requests.failed).toBe(15);
    expect(workloads.web.balancer).toMatchObject({ ejections: 3, maxEjected: 1, errored: 15 });
  });

  test('a retry elsewhere saves all of them', async () => {
    const client = 'retries: { max: 1, backoff: 0ms, elsewhere: true }';
    const { requests, attempts } = await resultOf({ client, more: errors });
    expect(requests.failed).toBe(0);
    expect(attempts.failed).toBe(attempts.offered - requests.offered);
  });

  test('needs a workload, a share and a time', async () => {
    await expect(load({ more: 'faults: [{ at: 1m, errors: { pods: 1, of: wob }, for: 2m }]' })).rejects.toThrow(
      /faults\[0\] must be of a workload of the scenario, was of "wob"/,
    );
    await expect(
      load({ more: 'faults: [{ at: 1m, errors: { pods: 1, of: web, share: 0% }, for: 2m }]' }),
    ).rejects.toThrow(/must be above 0%/);
  });
});
