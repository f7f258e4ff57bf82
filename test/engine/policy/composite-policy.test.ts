import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { config, listen, replicasSet, ticked, workload } from '../fixture.js';

function decided(combine: string, policies: readonly unknown[]) {
  const policy = { name: 'composite', config: builtIn.policies.composite.schema.parse({ combine, policies }) };
  const { engine, decisions } = listen(config([workload({ policy })]));
  engine.on(replicasSet(0, 4));
  engine.on(ticked(15));
  return decisions[0];
}

const three = { policy: 'fixed', replicas: 3 };
const six = { policy: 'fixed', replicas: 6 };
const atLeastSix = { policy: 'scheduled', schedule: [{ at: '00:00', min: 6 }] };
const atLeastTwo = { policy: 'scheduled', schedule: [{ at: '00:00', min: 2 }] };
/** It has no samples, so that it has no opinion. */
const blind = { policy: 'hpa', metrics: [{ cpu: '60%' }] };

describe('composite', () => {
  test.each([
    ['max', [three, six], 6],
    ['min', [six, three], 3],
    ['priority', [three, six], 3],
    ['max', [blind, three], 3],
    ['priority', [blind, six], 6],
    ['min', [blind, six], 6],
    // What is only a floor keeps nobody from going down to it, and is below nobody's answer.
    ['max', [atLeastTwo, three], 3],
    ['max', [atLeastSix, three], 6],
    ['min', [atLeastTwo, three, six], 3],
    ['min', [three, atLeastSix], 6],
    ['priority', [atLeastTwo, three], 3],
    ['priority', [atLeastSix, three], 6],
    ['max', [atLeastTwo, blind], 4],
    ['max', [atLeastSix, atLeastTwo], 6],
  ])('%s of %j asks for %i', (combine, policies, expected) => {
    expect(decided(combine, policies).desired).toBe(expected);
  });

  test('says what each wanted and who won', () => {
    const { rules } = decided('max', [three, six]);
    expect(rules.find(({ rule }) => rule === 'composite')).toEqual({
      rule: 'composite',
      before: 4,
      after: 6,
      numbers: { combine: 'max', winner: 'fixed-2', fixed: 3, 'fixed-2': 6 },
    });
  });

  test('judges its members where they stand', () => {
    const { schema, judge } = builtIn.policies.composite;
    const missing = { policy: 'hpa', metrics: [{ cpu: '60%', container: 'db' }] };
    const place = { workload: workload(), workloads: ['web'] };
    expect(judge?.(schema.parse({ policies: [six, missing] }), place)?.path.slice(0, 2)).toEqual(['policies', 1]);
    expect(schema.safeParse({ policies: [{ policy: 'nonsense' }, six] }).error?.issues[0].path).toEqual([
      'policies',
      0,
      'policy',
    ]);
    expect(schema.safeParse({ policies: [{ policy: 'fixed', replica: 3 }, six] }).success).toBe(false);
  });
});
