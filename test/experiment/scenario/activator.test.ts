import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { summariseRun } from '../../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../../src/experiment/run-scenario.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';

const KPA = 'policy: kpa, targetBurstCapacity: 0';
const KEDA = 'policy: keda, pollingInterval: 5s, cooldownPeriod: 90s, triggers: [{ type: requests, target: 5 }]';

/** One request every ten minutes at a workload that has no pods while nobody comes; a pod takes three seconds to start. */
async function load(web: string, more = '', scaling = KPA): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(
    file,
    `duration: 1h
warmUp: 10m
tick: 5s
metrics: { scrape: 5s, lag: 0s }
traffic: [{ to: web, generate: { constant: 6/h }, arrivals: uniform }]
workloads:
  web:
    pod: { start: 3s, termination: { preStop: 5s } }
    serve: { cpu: 50ms }
    replicas: { initial: 0, min: 0, max: 3 }
    scaling: { ${scaling} }
${web}
${more}`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

describe('a workload with an activator', () => {
  test.each([KPA, KEDA])(
    'comes up for every request and goes again, and nobody is turned away: %s',
    async (scaling) => {
      const scenario = await load('    activator: {}', '', scaling);
      const { result } = summariseRun(scenario, await runScenario(scenario, { registries: builtIn }));
      expect(result.requests).toMatchObject({ offered: 6, served: 6, failed: 0 });
      // Seen at the next scrape and tick (5 s at most each), then a start of 3 s, then what the balancer and the probe take.
      expect(result.latencyMs.p50).toBeGreaterThan(3_000);
      expect(result.latencyMs.p99).toBeLessThan(25_000);
      expect(result.workloads.web.pods.hours).toBeGreaterThan(0.1);
      expect(result.workloads.web.pods.hours).toBeLessThan(0.5);
    },
  );

  test('without one the same requests are rejected', async () => {
    const scenario = await load('');
    const { result } = summariseRun(scenario, await runScenario(scenario, { registries: builtIn }));
    expect(result.requests).toMatchObject({ offered: 6, served: 0, rejected: 6 });
  });

  test.each([
    ['    activator: {}\n    balancer: { outlierEjection: {} }', ''],
    ['    activator: {}\n    balancer: { per: connection }', ''],
    ['    activator: {}', 'network: { prices: {} }'],
  ])('cannot stand before what it does not know: %s %s', async (web, more) => {
    await expect(load(web, more)).rejects.toThrow('activator must not stand before balancers that watch attempts');
  });

  test.each([
    ['capacity: 0', 'capacity'],
    ['timeout: 0s', 'timeout'],
    ['delay: 1s', 'delay is not a known key'],
  ])('%s is refused', async (written, message) => {
    await expect(load(`    activator: { ${written} }`)).rejects.toThrow(message);
  });
});
