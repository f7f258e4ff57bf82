import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../src/domain/decision.js';
import { explainDecision, formatClock } from '../../../src/report/explain.js';
import { ruleSentence } from '../../../src/report/explain/rule-sentence.js';
import { decision } from './decisions.js';

describe('a decision as prose', () => {
  test('a scale-up that a rate policy limited', () => {
    const prose = explainDecision(
      decision({
        desired: 12,
        rawDesired: 13,
        direction: 'up',
        reason: 'rate-limited',
        metrics: [{ name: 'cpu', value: 92, target: 60, unit: '%', proposal: 13, invalid: null }],
        rules: [
          {
            rule: 'tolerance',
            before: 13,
            after: 13,
            numbers: { ratio: 92 / 60, tolerance: 0.1, usage: 92, target: 60 },
          },
          { rule: 'stabilization', before: 13, after: 13, numbers: { direction: 'up', windowSeconds: 0 } },
          {
            rule: 'rate-policy',
            before: 13,
            after: 12,
            numbers: { direction: 'up', limit: 12, policy: '4 pods', periodSeconds: 15, periodStart: 8 },
          },
          { rule: 'max', before: 12, after: 12, numbers: { max: 60 } },
        ],
      }),
      formatClock,
    );
    expect(prose).toBe(
      '12:03:15 web: 8 -> 12 pods (a rate policy limited the step). ' +
        'CPU was at 92% against a target of 60% (data 20 s old) and asked for 13 pods. ' +
        'The ratio of 1.53 to the target is outside the tolerance of 0.1. ' +
        'There is no scale-up stabilization window. ' +
        'The scale-up policy (4 pods) allowed at most 12 in 15 s, which began with 8, so 13 became 12. ' +
        '12 is not above the configured maximum of 60.',
    );
  });

  test('a scale-down that the window held, with a second metric', () => {
    const prose = explainDecision(
      decision({
        rawDesired: 5,
        reason: 'stabilized',
        metrics: [
          { name: 'cpu', value: 35, target: 60, unit: '%', proposal: 5, invalid: null },
          { name: 'external/queue_length', value: 30, target: 20, unit: '', proposal: 2, invalid: null },
        ],
        rules: [
          {
            rule: 'stabilization',
            before: 5,
            after: 8,
            numbers: { direction: 'down', windowSeconds: 300, recommendation: 8, ageSeconds: 45 },
          },
        ],
      }),
      formatClock,
    );
    expect(prose).toBe(
      '12:03:15 web: holds at 8 pods (a stabilization window held it). ' +
        'CPU was at 35% against a target of 60% (data 20 s old) and asked for 5 pods. ' +
        'External/queue_length was at 30 against a target of 20, which alone means 2 pods. ' +
        'The scale-down stabilization window of 5 min still held a recommendation of 8 from 45 s ago, so 5 became 8.',
    );
  });

  test('no valid metric, a forecaster that abstained and a stage that failed', () => {
    const prose = explainDecision(
      decision({
        rawDesired: null,
        winner: null,
        reason: 'stale-metrics',
        dataAgeSeconds: 190,
        metrics: [
          { name: 'cpu', value: null, target: 60, unit: '%', proposal: null, invalid: 'no sample since 11:59' },
        ],
        rules: [
          { rule: 'invalid-metrics', before: 8, after: 8, numbers: { invalid: 1, of: 1, first: 'cpu', why: 'x' } },
        ],
        forecast: { model: 'seasonal-naive', abstained: 'needs 2 days, has 1', confidence: null },
        stages: [{ stage: 'cost', status: 'failed', note: 'no price for zone b' }],
      }),
      formatClock,
    );
    expect(prose).toBe(
      '12:03:15 web: holds at 8 pods (the metrics were too old). ' +
        'CPU could not be used: no sample since 11:59. No metric decided (data 3.17 min old). ' +
        'No metric could be used, so 8 stay. ' +
        'The forecaster (seasonal-naive) abstained: needs 2 days, has 1. ' +
        'The cost stage failed and fell back to holding: no price for zone b.',
    );
  });
});

describe('rules as sentences', () => {
  const cases: readonly (readonly [Rule, string])[] = [
    [
      { rule: 'tolerance', before: 8, after: 8, numbers: { ratio: 1.02, tolerance: 0.1 } },
      'the ratio of 1.02 to the target is within the tolerance of 0.1, so 8 stay',
    ],
    [
      {
        rule: 'missing-pods',
        before: 5,
        after: 7,
        numbers: { missing: 2, fill: '100% of the request', ratio: 0.6, filledRatio: 0.85 },
      },
      'pods without a sample (2) counted as using 100% of the request, which took the ratio from 0.6 to 0.85 and 5 to 7',
    ],
    [
      { rule: 'quota', before: 12, after: 10, numbers: { resource: 'cpuMillis', limit: 5000, left: 100 } },
      'the quota shared by all workloads (5,000 millicores, 100 left) lowered 12 to 10',
    ],
    [
      {
        rule: 'capacity',
        before: 12,
        after: 12,
        numbers: { needed: 4, fits: 1, pending: 3, freeCpuMillis: 700, nodes: 2 },
      },
      'the nodes have too little room: of 4 more pods 1 fit and 3 stay pending until there is a place (free cpu 700 millicores, nodes 2)',
    ],
    [
      { rule: 'schedule', before: 8, after: 20, numbers: { entry: 'weekdays 08:00', sinceSeconds: 3600 } },
      'the schedule ("weekdays 08:00", in force for 60 min) moved 8 to 20',
    ],
    [{ rule: 'max', before: 70, after: 60, numbers: { max: 60 } }, 'the configured maximum of 60 lowered 70 to 60'],
    [
      {
        rule: 'rate-policy',
        before: 4,
        after: 6,
        numbers: { direction: 'down', limit: 6, policy: '2 pods', periodSeconds: 60, periodStart: 8 },
      },
      'the scale-down policy (2 pods) allowed no fewer than 6 in 60 s, which began with 8, so 4 became 6',
    ],
    [
      { rule: 'invalid-metrics', before: 5, after: 8, numbers: { invalid: 1, of: 2, first: 'cpu', why: 'gone' } },
      '1 of 2 metrics could not be used, and going down on part of the picture is refused, so 8 stay',
    ],
    [
      { rule: 'moon-phase', before: 8, after: 9, numbers: { waitSeconds: 90, 'kind-of-moon': 'full' } },
      'the rule "moon-phase" changed 8 to 9 (wait 90 s, kind of moon full)',
    ],
    [{ rule: 'toString', before: 8, after: 8, numbers: {} }, 'the rule "toString" was consulted and left 8'],
  ];

  test.each(cases)('%o', (rule, sentence) => {
    expect(ruleSentence(rule)).toBe(sentence);
  });
});
