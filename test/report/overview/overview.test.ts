import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestVariant } from '../../../src/report/overview/best-variant.js';
import { overviewMarkdown } from '../../../src/report/overview/overview-markdown.js';
import type { OverviewRun } from '../../../src/report/overview/overview-run.js';
import { overviewSentence } from '../../../src/report/overview/overview-sentence.js';
import { overviewText } from '../../../src/report/overview/overview-text.js';
import { variantSummaries } from '../../../src/report/overview/variant-summary.js';
import { overviewPage } from '../../../src/report/page/overview-page.js';
import { syntheticReport } from '../fixtures/synthetic-report.js';

const { result } = syntheticReport({ stepSeconds: 600 });

interface Outcome {
  readonly attained: number;
  readonly perHour: number;
  readonly crossed?: boolean;
}

/** A run of an hour with a target of 99%. */
function run(variant: string, seed: number, { attained, perHour, crossed }: Outcome): OverviewRun {
  return {
    variant,
    seed,
    folder: `${variant}-${seed}`,
    result: {
      ...result,
      durationSeconds: 3600,
      slo: { ...result.slo, target: 0.99, violatedShare: 1 - attained },
      cost: { ...result.cost, perHour },
      thresholds: crossed === true ? [{ threshold: 'cost.total < 1', value: 2, met: false }] : [],
    },
  };
}

const overview = (...runs: OverviewRun[]) => ({ name: 'sale', planned: runs.length, runs });

test('on the page verdicts and crossed thresholds stand left like words, numbers right', () => {
  const page = overviewPage(overview(run('a', 1, { attained: 0.9, perHour: 1, crossed: true })));
  const kind = (heading: string) => new RegExp(`<th scope="col" class="(\\w+)">${heading}</th>`).exec(page)?.[1];
  const runs = page.slice(page.indexOf('<h2>Runs</h2>'));
  expect([kind('Verdict'), kind('Thresholds crossed'), kind('p99')]).toEqual(['name', 'words', 'num']);
  expect(runs).not.toMatch(/class="num"[^<]*>\s*(Verdict|Thresholds crossed)/);
});

describe('which variant is best', () => {
  test('the cheapest that held, held against the base', () => {
    const sentence = overviewSentence(
      overview(
        run('base', 1, { attained: 0.95, perHour: 4 }),
        run('eager', 1, { attained: 0.995, perHour: 6 }),
        run('careful', 1, { attained: 0.999, perHour: 5 }),
        run('cheap', 1, { attained: 0.999, perHour: 3, crossed: true }),
      ),
    );
    expect(sentence).toMatch(/^careful is the cheapest of 2 variants that held: 99\.9% within .*for \$5\.00 an hour\./);
    expect(sentence).toMatch(/The base did not hold \(95%\) and costs 20% less\.$/);
  });

  test('of those that cost the same the one that served the most in time', () => {
    const [base, retried, dear] = [
      run('base', 1, { attained: 0.995, perHour: 4 }),
      run('retried', 1, { attained: 0.999, perHour: 4 }),
      run('dear', 1, { attained: 0.9999, perHour: 5 }),
    ];
    expect(overviewSentence(overview(base, retried))).toMatch(
      /^retried is the best of 2 variants that held and cost the same: 99\.9% .* The base held \(99\.5%\) and costs the same\.$/,
    );
    expect(overviewSentence(overview(base, retried, dear))).toContain(
      'the best of 2 variants that held and cost the same, less than the other 1: ',
    );
  });

  test('none held: the one that came closest; not all finished: it says so', () => {
    const runs = [run('base', 1, { attained: 0.95, perHour: 4 }), run('eager', 1, { attained: 0.97, perHour: 6 })];
    expect(overviewSentence({ ...overview(...runs), planned: 4 })).toMatch(
      /^None of 2 variants held\. eager came closest: 97% .* Only 2 of 4 runs are finished\.$/,
    );
  });

  test('a variant that loses with one seed has not held', () => {
    const runs = [
      run('base', 1, { attained: 0.999, perHour: 9 }),
      run('base', 2, { attained: 0.999, perHour: 9 }),
      run('lucky', 1, { attained: 0.999, perHour: 2 }),
      run('lucky', 2, { attained: 0.98, perHour: 2 }),
    ];
    expect(overviewSentence(overview(...runs))).toMatch(/^Only base held with every one of 2 seeds: 99\.9%/);
    const text = overviewText(overview(...runs));
    expect(text).toMatch(/base \(best\) +2 of 2 seeds/);
    expect(text).toMatch(/lucky +1 of 2 seeds +98\.9% \(98%\)/);
  });

  test('seeds alone: with how many the objective was met', () => {
    const runs = [run('base', 1, { attained: 0.999, perHour: 9 }), run('base', 2, { attained: 0.98, perHour: 9 })];
    expect(overviewSentence(overview(...runs))).toMatch(
      /^The objective was met with 1 of 2 seeds: 98% to 99\.9% within/,
    );
  });

  test('nothing that held is cheaper than the best, and nothing is chosen over one that held', () => {
    const outcome = fc.record({
      attained: fc.double({ min: 0.9, max: 1, noNaN: true }),
      perHour: fc.double({ min: 0.1, max: 50, noNaN: true }),
      crossed: fc.boolean(),
    });
    const outcomes = fc.array(fc.array(outcome, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(outcomes, (variants) => {
        const runs = variants.flatMap((seeds, v) => seeds.map((one, seed) => run(`v${v}`, seed, one)));
        const summaries = variantSummaries(runs);
        const best = bestVariant(summaries);
        const held = summaries.filter((one) => one.held === one.runs.length);
        if (held.length === 0) {
          const most = Math.max(...summaries.map(({ attained }) => attained.mean ?? 0));
          expect(best?.attained.mean).toBe(most);
        } else {
          expect(held).toContain(best);
          expect(best?.costPerHour.mean).toBe(Math.min(...held.map(({ costPerHour }) => costPerHour.mean ?? Infinity)));
        }
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe('pages of an overview', () => {
  const runs = [run('base', 1, { attained: 0.95, perHour: 4 }), run('eager', 2, { attained: 0.995, perHour: 6 })];
  const hostile = runs.map((one) => ({
    ...one,
    result: { ...one.result, question: '<script>alert(1)</script> | what?' },
  }));

  test('link every run, and nothing from a scenario is markup', () => {
    const page = overviewPage(overview(...hostile));
    expect(page).toContain('href="base-1/index.html"');
    expect(page).toContain('href="eager-2/index.html"');
    expect(page).not.toContain('<script>alert');
    const markdown = overviewMarkdown(overview(...hostile));
    expect(markdown).toContain('](eager-2/report.md)');
    expect(markdown).not.toContain('<script>');
    expect(markdown).not.toMatch(/[^\\]\| what/);
  });
});
