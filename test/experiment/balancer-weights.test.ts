import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../src/engine/registries.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { loadScenario } from '../../src/experiment/scenario/load-scenario.js';

/** One pod on a plain node and one on a node three times as fast. */
function scenario(balancer: string): string {
  return `duration: 10m
warmUp: 0s
traffic:
  - to: web
    generate: { constant: 20/s }
    arrivals: uniform
workloads:
  web:
    pod: { cpu: { request: "3" } }
    serve: { cpu: 30ms }
    replicas: 2
    balancer: { ${balancer} }
nodes:
  - { type: aws/m5.xlarge, count: 1, cpuSpeed: 1x }
  - { type: aws/m5.xlarge, count: 1, cpuSpeed: 3x }
`;
}

/** CPU seconds that the last scrape shows for either pod. */
async function cpuSeconds(balancer: string): Promise<readonly number[]> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(file, scenario(balancer));
  const options = { registries: builtIn, dataDirectory: null, version: '0' };
  let last: readonly number[] = [];
  await runScenario(await loadScenario(file, options), {
    registries: builtIn,
    journalSink: (line) => {
      const match = /"type":"podsScraped".*"cpuMicros":\[([\d,]+)\]/.exec(line);
      if (match !== null) last = match[1].split(',').map((micros) => Number(micros) / 1e6);
    },
  });
  return last.toSorted((a, b) => a - b);
}

describe('weights of a balancer', () => {
  test.each(['round-robin', 'random'])(
    '%s: equal shares leave the fast node idle, shares by CPU speed keep both as busy',
    async (policy) => {
      // Half of the requests each, which the fast node serves in a third of the time.
      const [fast, slow] = await cpuSeconds(`policy: ${policy}`);
      expect(slow / fast).toBeGreaterThan(2.8);
      expect(slow / fast).toBeLessThan(3.2);
      // Three quarters for the fast node, one for the other: the same CPU time for both.
      const [less, more] = await cpuSeconds(`policy: ${policy}, weights: cpu-speed`);
      expect(more / less).toBeLessThan(1.07);
    },
  );
});
