import { describe, expect, test } from 'vitest';
import { jobCase } from './job-case.js';
import { judgeCase } from './judge-case.js';
import { judgeRows } from './judge-rows.js';
import type { OracleCase } from './oracle-case.js';
import { oracleCases } from './oracle-cases.js';
import { resultLine } from './result-line.js';
import { multiServerSojourn, shortForms } from './short-forms.js';
import { tandemCase } from './tandem-case.js';

/** A twentieth of the requests of the whole oracle: the intervals hold as well, and most are still narrow enough at once. */
function short(one: OracleCase): OracleCase {
  return { ...one, requests: one.requests / 20 };
}

/** The same with other expected values. */
function wrong(one: OracleCase, factor: number): OracleCase {
  return { ...one, judged: one.judged.map((judged) => ({ ...judged, expected: judged.expected * factor })) };
}

/** The same where every pod takes more jobs than it has workers. */
function withPrefetch(make: OracleCase['world'], prefetch: number): OracleCase['world'] {
  return (seed, endMicros) => {
    const world = make(seed, endMicros);
    const workloads = world.workloads.map((one) => ({
      ...one,
      consumes: one.consumes && { ...one.consumes, prefetch },
    }));
    return { ...world, workloads };
  };
}

describe('simulated queues against closed forms', () => {
  const cases = oracleCases(shortForms).map((one, index) => {
    const named = Object.values(one.parameters).join(' ');
    return { name: `${one.family} ${named}: ${one.judged.map(({ quantity }) => quantity).join(', ')}`, one, index };
  });

  test.each(cases)('$name', ({ one, index }) => {
    const { results } = judgeCase(short(one), 1_000 + index);
    expect(results.filter(({ pass }) => !pass).map(resultLine)).toEqual([]);
    expect(results).toHaveLength(one.judged.length);
  });

  test('two queues in tandem are as if alone (Jackson)', () => {
    const [result] = judgeCase(tandemCase(), 2_000).results;
    expect(result.expected).toBeCloseTo(multiServerSojourn(2, 1.2) + multiServerSojourn(3, 1.2), 12);
    expect(resultLine(result)).toMatch(/^pass/);
  });

  test.each([
    [3, 1, 0.7],
    [2, 4, 0.8],
  ])('jobs in a central queue of %i pods with %i workers at load %d are M/M/c', (pods, workers, rho) => {
    const { results } = judgeCase(short(jobCase(pods, workers, rho)), 2_100 + pods);
    expect(results.filter(({ pass }) => !pass).map(resultLine)).toEqual([]);
    expect(results).toHaveLength(2);
  });

  test('jobs that each pod hoards are not', () => {
    const hoarding = jobCase(3, 1, 0.7);
    const { results } = judgeCase(short({ ...hoarding, world: withPrefetch(hoarding.world, 4) }), 2_110);
    expect(results[0]).toMatchObject({ quantity: 'W', pass: false, attempt: 2 });
    expect(results[0].relativeError).toBeGreaterThan(0.02);
  });

  test('a closed form that is off by twice the tolerance fails, on both seeds', () => {
    const [one] = oracleCases({ mmc: shortForms.mmc });
    const { results } = judgeCase(wrong({ ...one, requests: one.requests / 8 }, 1.02), 3_000);
    expect(results.map(({ quantity, pass, attempt }) => [quantity, pass, attempt])).toEqual([
      ['W', false, 2],
      ['Wq_p99', false, 2],
    ]);
  });

  test('a system other than the one that is named fails', () => {
    const [three, four] = oracleCases({ mmc: [shortForms.mmc[1], { ...shortForms.mmc[1], c: 4 }] });
    const mean = short({ ...three, world: four.world, judged: three.judged.slice(0, 1) });
    expect(judgeCase(mean, 3_001).results).toMatchObject([{ quantity: 'W', pass: false, attempt: 2 }]);
  });

  test('draws that are off fail the rows that rest on them', () => {
    const verdict = judgeCase(short(oracleCases({ mmck: shortForms.mmck })[0]), 3_002);
    expect(judgeRows([verdict])).toMatchObject({ passed: 1, failed: 0 });
    const draws = verdict.draws.map((draw) => ({ ...draw, mean: draw.mean + 6 * draw.standardError }));
    expect(judgeRows([{ ...verdict, draws }])).toMatchObject({ passed: 0, failed: 1 });
  });
});
