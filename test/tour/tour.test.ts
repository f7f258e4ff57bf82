import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../src/engine/registries.js';
import { resultsOf, runPart } from './run-part.js';
import { DOCUMENT, tableIn } from './tour-document.js';
import { isPart, partNames, partTable, type TourPart } from './tour-tables.js';

/** Long enough for the slowest part on a busy machine. */
const PATIENCE = 600_000;

const text = readFileSync(DOCUMENT, 'utf8');

/** Policies that are run again here, every one of them somewhere; `npm run policies -- --check` runs all. */
const again: Readonly<Record<TourPart, readonly string[]>> = {
  crowd: [],
  'crowd-again': ['base', 'kpa'],
  day: ['keda', 'fixed'],
  sparse: ['base', 'scheduled', 'composite'],
  'steps-5s': ['base', 'kpa'],
  'steps-30s': ['kpa'],
  'steps-3m': ['kpa'],
  constant: ['kpa', 'predictive'],
};

function rowsOf(table: string): readonly string[] {
  return table.split('\n').slice(2);
}

describe('docs/policies.md', () => {
  test.each(partNames)(
    'its table of %s is what comes out',
    async (part) => {
      const table = tableIn(text, part);
      expect(table).not.toBeNull();
      const variants = again[part];
      const fresh = partTable(part, await runPart(part, variants.length === 0 ? {} : { variants }));
      const shown = rowsOf(table ?? '');
      for (const row of rowsOf(fresh)) expect(shown).toContain(row);
      expect((table ?? '').split('\n').slice(0, 2)).toEqual(fresh.split('\n').slice(0, 2));
      if (variants.length === 0) expect(shown).toEqual(rowsOf(fresh));
    },
    PATIENCE,
  );

  test('has no table that nothing makes, and every policy in the first', () => {
    const named = [...text.matchAll(/<!-- ([\w-]+) -->/g)].map(([, part]) => part);
    expect(named.filter((part) => !isPart(part))).toEqual([]);
    for (const policy of Object.keys(builtIn.policies)) {
      expect(tableIn(text, 'crowd')).toContain(`| ${policy} `);
      expect(text).toContain(`**${policy}**`);
    }
  });

  test('the README shows rows that stand there', () => {
    const shown = /<!-- policies -->([\s\S]*?)<!-- end of policies -->/.exec(readFileSync('README.md', 'utf8'));
    const rows = (shown?.[1] ?? '').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Policy'));
    const known = rowsOf(tableIn(text, 'crowd-again') ?? '');
    expect(rows.filter((row) => !row.startsWith('| ---')).length).toBeGreaterThanOrEqual(2);
    for (const row of rows) if (!row.startsWith('| ---')) expect(known).toContain(row);
  });
});

describe('from a step of the traffic until enough pods were asked for', () => {
  test.each(['steps-5s', 'steps-30s', 'steps-3m'])(
    'kpa takes less than 30 s in 19 of 20 steps of %s',
    async (part) => {
      const results = (await resultsOf(part, { variants: ['kpa'], seeds: 2 })).get('kpa') ?? [];
      expect(results).toHaveLength(2);
      for (const { scaling } of results) {
        expect(scaling.ups).toBeGreaterThanOrEqual(12);
        expect(scaling.engineDelaySeconds.p95).toBeLessThan(30);
        const { total = NaN, held = {}, ...parts } = scaling.engineDelayMeanSeconds ?? {};
        const sum = [...Object.values(parts), ...Object.values(held)].reduce((all, part) => all + part, 0);
        expect(sum).toBeCloseTo(total, 6);
      }
    },
    PATIENCE,
  );
});

describe('a constant load without noise', () => {
  test(
    'moves no policy, and lets none claim to be cheaper than the same number of pods',
    async () => {
      const overrides = ['traffic.0.arrivals=uniform', 'workloads.web.serve.cpu=200ms', 'warmUp=3h', 'duration=1h'];
      const results = await resultsOf('constant', { overrides });
      const policies = new Set(
        [...results.values()].flat().map(({ settings }) => settings['workloads.web.scaling.policy']),
      );
      for (const policy of Object.keys(builtIn.policies)) expect(policies).toContain(policy);
      for (const [policy, [{ scaling, cost, pods }]] of results) {
        expect({ policy, ...scaling }).toMatchObject({ policy, ups: 0, downs: 0, reversals: 0, replicaVariance: 0 });
        expect(pods.min).toBe(pods.max);
        expect(cost.total).toBeGreaterThanOrEqual(cost.baselines.fixedAtPeak);
        expect(cost.baselines.fixedAtMean).toBe(cost.baselines.fixedAtPeak);
      }
    },
    PATIENCE,
  );
});
