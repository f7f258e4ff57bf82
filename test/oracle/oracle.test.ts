import { describe, expect, test } from 'vitest';
import { batchInterval, controlledInterval } from './interval.js';
import { judgeCase } from './judge-case.js';
import { oracleCases } from './oracle-cases.js';
import { resultLine } from './result-line.js';
import { multiServerSojourn, shortForms } from './short-forms.js';
import { studentQuantile } from './student.js';
import { tandemCase } from './tandem-case.js';

describe('simulated queues against closed forms', () => {
  const cases = oracleCases(shortForms).map((one, index) => {
    const named = Object.values(one.parameters).join(' ');
    return { name: `${one.family} ${named}: ${one.judged.map(({ quantity }) => quantity).join(', ')}`, one, index };
  });

  test.each(cases)('$name', ({ one, index }) => {
    const results = judgeCase(one, 1_000 + index);
    expect(results.filter(({ pass }) => !pass).map(resultLine)).toEqual([]);
    expect(results).toHaveLength(one.judged.length);
  });

  test('two queues in tandem are as if alone (Jackson)', () => {
    const [result] = judgeCase(tandemCase(), 2_000);
    expect(result.expected).toBeCloseTo(multiServerSojourn(2, 1.2) + multiServerSojourn(3, 1.2), 12);
    expect(resultLine(result)).toMatch(/^pass/);
  });

  test('a wrong closed form fails', () => {
    const [one] = oracleCases({ mmck: shortForms.mmck.slice(0, 1) });
    const wrong = { ...one, judged: one.judged.map((judged) => ({ ...judged, expected: judged.expected * 1.02 })) };
    expect(judgeCase(wrong, 3_000).map(({ pass, attempt }) => [pass, attempt])).toEqual([[false, 2]]);
  });
});

describe('intervals', () => {
  test("Student's quantiles agree with the tables", () => {
    expect(studentQuantile(0.95, 10)).toBeCloseTo(2.2281, 4);
    expect(studentQuantile(0.99, 1)).toBeCloseTo(63.657, 3);
    expect(studentQuantile(0.999, 30)).toBeCloseTo(3.646, 3);
  });

  test('an interval is worked by hand', () => {
    const { estimate, halfWidth } = batchInterval([1, 2, 3, 4, 5]);
    expect(estimate).toBe(3);
    expect(halfWidth).toBeCloseTo(studentQuantile(0.9999, 4) * Math.sqrt(2.5 / 5), 10);
  });

  test('a control that explains everything leaves its own expectation, one that explains nothing leaves the mean', () => {
    const explained = controlledInterval([3, 5, 7, 9], [1, 2, 3, 4], 2);
    expect(explained.estimate).toBeCloseTo(5, 12);
    expect(explained.halfWidth).toBeCloseTo(0, 6);
    const unrelated = controlledInterval([1, 2, 2, 1], [1, 2, 1, 2], 1.5);
    expect(unrelated.estimate).toBeCloseTo(1.5, 12);
  });
});
