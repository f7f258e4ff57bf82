import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { changes, decisionsOf } from './aws-facts.js';

const half = { cpu: '50%', warmUp: '2m' };

describe('target tracking', () => {
  test('scales out in proportion after three datapoints above the target', () => {
    // 4 pods at 400m of 500m are 80%: 4 x 80 / 50 = 6.4, so 7. The first minute has no rate for its first tick; it still has a mean.
    const decisions = decisionsOf('target-tracking', half, 4, [{ until: 300, cores: 0.4 }]);
    expect(changes(decisions)[0]).toEqual([180, 7]);
    expect(decisions.find(({ at }) => at === 180e6)).toMatchObject({
      reason: 'scaled-up',
      winner: 'cpu',
      rawDesired: 7,
    });
  });

  test('does not answer the same breach twice while what it brought is still warming up', () => {
    expect(changes(decisionsOf('target-tracking', half, 4, [{ until: 900, cores: 0.4 }]))).toEqual([[180, 7]]);
  });

  test('goes on when the load grows beyond what is on the way', () => {
    const spans = [
      { until: 240, cores: 0.4 },
      { until: 600, cores: 0.5 },
    ];
    expect(changes(decisionsOf('target-tracking', half, 4, spans))).toEqual([
      [180, 7],
      [300, 8],
    ]);
  });

  test('scales in after fifteen datapoints below nine tenths of it, and never to nothing', () => {
    expect(changes(decisionsOf('target-tracking', half, 10, [{ until: 930, cores: 0.1 }]))).toEqual([[900, 4]]);
    expect(changes(decisionsOf('target-tracking', half, 10, [{ until: 2000, cores: 0.23 }]))).toEqual([]);
    expect(changes(decisionsOf('target-tracking', half, 2, [{ until: 1000, cores: 0 }]))).toEqual([[900, 1]]);
  });

  test('does not scale in while pods warm up, nor during the cool-down, nor when told not to', () => {
    const joins = [
      { until: 840, cores: 0.1 },
      { until: 1500, cores: 0.1, join: ['web-10'], replicas: 11 },
    ];
    const warm = decisionsOf('target-tracking', half, 10, joins);
    expect(warm.find(({ at }) => at === 900e6)?.reason).toBe('warming-up');
    expect(changes(warm)[0]).toEqual([960, 5]);
    const never = decisionsOf('target-tracking', { ...half, scaleIn: false }, 10, [{ until: 1000, cores: 0.1 }]);
    expect(changes(never)).toEqual([]);
    const slow = { ...half, scaleInCooldown: '10m', inAfter: 1 };
    const steps = changes(
      decisionsOf('target-tracking', slow, 10, [
        { until: 240, cores: 0.1 },
        { until: 1000, cores: 0.05 },
      ]),
    );
    expect(steps[1][0] - steps[0][0]).toBeGreaterThanOrEqual(600);
  });

  test('does nothing on datapoints that are missing', () => {
    const spans = [
      { until: 30, cores: 0.4 },
      { until: 600, cores: null },
    ];
    const decisions = decisionsOf('target-tracking', half, 4, spans);
    expect(changes(decisions)).toEqual([]);
    expect(decisions[decisions.length - 1].reason).toBe('insufficient-data');
  });

  test('works with ticks farther apart than datapoints, each standing for the time since the one before', () => {
    const decisions = decisionsOf('target-tracking', half, 4, [{ until: 1200, cores: 0.4 }], 120);
    expect(changes(decisions)).toEqual([[360, 7]]);
  });

  test('knows nothing until the next datapoint, and leaves the choice to whoever does', () => {
    const both = {
      combine: 'priority',
      policies: [
        { policy: 'target-tracking', ...half },
        { policy: 'fixed', replicas: 7 },
      ],
    };
    const decisions = decisionsOf('composite', both, 4, [{ until: 400, cores: null }]);
    expect(decisions.slice(4).map(({ desired }) => desired)).toEqual(decisions.slice(4).map(() => 7));
  });

  test('leaves a steady load alone for ever', () => {
    expect(changes(decisionsOf('target-tracking', half, 10, [{ until: 20_000, cores: 0.24 }]))).toEqual([]);
  });

  test.each([
    [{}, 'must have one of'],
    [{ cpu: '50%', requestsPerPod: '5/s' }, 'must have one of'],
    [{ metric: 'queue_length' }, 'must have either value or perPod'],
    [{ metric: 'queue_length', value: 3, perPod: 4 }, 'must have either value or perPod'],
    [{ cpu: '50%', value: 3 }, 'must have metric beside'],
  ])('refuses %j', (section, expected) => {
    expect(builtIn.policies['target-tracking'].schema.safeParse(section).error?.issues[0].message).toContain(expected);
  });
});
