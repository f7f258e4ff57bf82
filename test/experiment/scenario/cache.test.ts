import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';

/** A scenario of one workload that calls a database as given. */
async function load(calls: string): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'cached.yaml');
  writeFileSync(
    file,
    `duration: 1h
traffic: [{ to: web, generate: { constant: 50/s } }]
workloads:
  web: { serve: { cpu: 5ms, calls: ${calls} } }
dependencies: { db: { concurrency: 4, service: 2ms } }
`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

describe('a cache in front of a call', () => {
  test('has a hit ratio, and warms up over ten thousand lookups in every pod if nothing else is said', async () => {
    const { world, assumptions } = await load('[db, { to: db, cache: { hitRatio: 90% }, timeout: 1s }]');
    expect(world.traffic[0].classes[0].calls.flat().map(({ cache }) => cache)).toEqual([
      undefined,
      { hitRatio: 0.9, warmLookups: 10_000, shared: false },
    ]);
    expect(assumptions.filter((text) => text.includes('ache'))).toEqual([
      'Each pod has caches of its own for calls of db by web, cold when its container starts, whoever its requests come from.',
      expect.stringContaining('A cache answers at once'),
    ]);
  });

  test('may be shared by all pods', async () => {
    const { world, assumptions } = await load('[{ to: db, cache: { hitRatio: 50%, warm: 300, shared: true } }]');
    expect(world.traffic[0].classes[0].calls[0][0].cache).toEqual({ hitRatio: 0.5, warmLookups: 300, shared: true });
    expect(assumptions.join('\n')).toContain('are spread evenly over the pods that listen');
  });

  test('is nothing that a run without one speaks of', async () => {
    expect((await load('[db]')).assumptions.join('\n')).not.toContain('ache');
  });

  test.each([
    ['[{ to: db, cache: {} }]', 'cached.yaml:4: workloads.web.serve.calls[0].cache.hitRatio must be given'],
    [
      '[{ to: db, cache: { hitRatio: 120% } }]',
      'cached.yaml:4: workloads.web.serve.calls[0].cache.hitRatio must be between',
    ],
    [
      '[{ to: db, cache: { hitRatio: 90%, warm: 0 } }]',
      'cached.yaml:4: workloads.web.serve.calls[0].cache.warm must be at least 1',
    ],
  ])('%s is told where it is wrong', async (calls, message) => {
    await expect(load(calls)).rejects.toThrow(message);
  });
});
