import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../src/engine/registries.js';
import { arrivalSensitivity } from '../../src/experiment/arrival-sensitivity.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { loadScenario } from '../../src/experiment/scenario/load-scenario.js';

/** One pod of one worker at 60% load for an hour. */
async function load(traffic: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(
    file,
    `duration: 1h
warmUp: 1m
traffic: [{ to: web, ${traffic} }]
workloads:
  web: { replicas: 1, serve: { cpu: { exponential: 20ms } }, pod: { concurrency: 1 } }
`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

async function check(traffic: string) {
  const scenario = await load(traffic);
  const run = await runScenario(scenario, { registries: builtIn });
  return { run, sensitivity: await arrivalSensitivity(scenario, run, { registries: builtIn }) };
}

describe('how much of the tail is a guess about the bins', () => {
  test('clumped arrivals have a longer tail than those of the run, whose own numbers stand beside them', async () => {
    const { run, sensitivity } = await check('generate: { constant: 30/s }');
    const { own, p99Ms, violatedShare } = sensitivity!;
    expect(own).toBe('poisson');
    expect(Object.keys(p99Ms)).toHaveLength(3);
    expect(Object.keys(violatedShare)).toEqual(Object.keys(p99Ms));
    const { latencyMs, requests, violated } = run.measurement.totals;
    expect(p99Ms[own]).toBe(latencyMs.p99);
    expect(violatedShare[own]).toBe(violated / requests.offered);
    const clumped = Object.keys(p99Ms).find((model) => model.includes('gamma'))!;
    // A gamma process of variation 2 has batches: its queue of one worker at 60% is some (1 + 4) / (1 + 1) times as long.
    expect(p99Ms[clumped]! / p99Ms[own]!).toBeGreaterThan(1.5);
    expect(p99Ms[clumped]! / p99Ms[own]!).toBeLessThan(4);
  });

  test('the model of the run is not run a second time', async () => {
    const { sensitivity } = await check('generate: { constant: 30/s }, arrivals: exact-count');
    expect(sensitivity!.own).toBe('exact-count');
    expect(Object.keys(sensitivity!.p99Ms)).toHaveLength(2);
  });

  test('users who wait lie in no bin: there is nothing to compare', async () => {
    const { sensitivity } = await check('users: 20, thinkTime: 1s');
    expect(sensitivity).toBeNull();
  });
});
