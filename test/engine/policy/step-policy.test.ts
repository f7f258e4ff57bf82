import { describe, expect, test } from 'vitest';
import { adjusted, stepOf } from '../../../src/engine/policy/aws/step-adjustment.js';
import { builtIn } from '../../../src/engine/registries.js';
import { changes, decisionsOf } from './aws-facts.js';

const out = {
  cpu: '60%',
  when: 'above',
  steps: [
    { to: 10, by: 1 },
    { from: 10, to: 30, by: 3 },
    { from: 30, by: 5 },
  ],
};
const back = { cpu: '40%', when: 'below', after: 5, steps: [{ by: -1 }] };
const section = { alarms: [out, back], warmUp: '2m' };

describe('step scaling', () => {
  test.each([
    [0.34, 5],
    [0.36, 7],
    [0.46, 9],
  ])('at %d of half a core, four pods become %i', (cores, expected) => {
    expect(changes(decisionsOf('step', section, 4, [{ until: 130, cores }]))).toEqual([[120, expected]]);
  });

  test('counts what an earlier step has brought towards a larger one', () => {
    const spans = [
      { until: 130, cores: 0.34 },
      { until: 400, cores: 0.46 },
    ];
    const decisions = decisionsOf('step', section, 4, [spans[0], { ...spans[1], join: ['web-4'] }]);
    // One more at first, then three more than the four that carry, what is on its way being part of them; once that is warm, five more than five.
    expect(changes(decisions).slice(0, 3)).toEqual([
      [120, 5],
      [180, 7],
      [240, 10],
    ]);
  });

  test('takes one away after five minutes, and holds between the two alarms', () => {
    expect(changes(decisionsOf('step', section, 6, [{ until: 310, cores: 0.1 }]))).toEqual([[300, 5]]);
    expect(changes(decisionsOf('step', section, 6, [{ until: 5000, cores: 0.25 }]))).toEqual([]);
  });

  test('waits for the cool-down before it takes away again', () => {
    const slow = decisionsOf('step', { ...section, cooldown: '5m' }, 6, [{ until: 900, cores: 0.1 }]);
    expect(changes(slow)).toEqual([
      [300, 5],
      [600, 4],
      [900, 3],
    ]);
  });

  test('an alarm below its number that adds does not add again for what is on its way', () => {
    const low = { metric: 'in_flight', value: 100, when: 'below', steps: [{ by: 2 }] };
    expect(changes(decisionsOf('step', { alarms: [low] }, 4, [{ until: 600, cores: 0.1 }]))).toEqual([[120, 6]]);
  });

  test('the alarm that leaves more capacity wins', () => {
    const both = {
      warmUp: '0s',
      alarms: [
        { ...out, cpu: '20%' },
        { ...back, cpu: '90%', after: 2 },
      ],
    };
    expect(changes(decisionsOf('step', both, 4, [{ until: 130, cores: 0.3 }]))).toEqual([[120, 9]]);
  });

  test.each([
    [4, 50, 'percent', 1, 6],
    [5, 10, 'percent', 1, 6],
    [25, 10, 'percent', 1, 27],
    [25, 10, 'percent', 4, 29],
    [25, -10, 'percent', 1, 23],
    [3, -10, 'percent', 1, 2],
    [3, -5, 'change', 1, 0],
    [3, 12, 'exact', 1, 12],
  ] as const)('%i adjusted by %i (%s, at least %i) is %i', (capacity, by, adjustment, least, expected) => {
    expect(adjusted(capacity, by, adjustment, least)).toBe(expected);
  });

  test('a step has its lower bound and not its upper', () => {
    const steps = [
      { from: 0, to: 10, by: 1 },
      { from: 10, to: null, by: 2 },
    ];
    expect([0, 9.99, 10, 1000].map((breach) => stepOf(steps, breach)?.by)).toEqual([1, 1, 2, 2]);
    expect(stepOf([{ from: 5, to: 10, by: 1 }], 3)).toBeNull();
  });

  test.each([
    [
      [
        { to: 10, by: 1 },
        { from: 5, by: 2 },
      ],
      'must have steps that do not overlap',
    ],
    [[{ by: 1 }, { from: 5, by: 2 }], 'must have steps that do not overlap'],
    [[{ from: 5, to: 5, by: 2 }], 'must have steps whose to is above their from'],
    [[{ by: 1.5 }], 'must have whole numbers of pods'],
  ])('refuses %j', (steps, expected) => {
    const read = builtIn.policies.step.schema.safeParse({ alarms: [{ ...out, steps }] });
    expect(read.error?.issues[0].message).toBe(expected);
  });
});
