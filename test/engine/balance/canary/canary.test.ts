import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { approximateWeight } from '../../../../src/engine/balance/canary/approximate-weight.js';
import { basicCanary, type VersionPods } from '../../../../src/engine/balance/canary/basic-canary.js';
import { routedCanary } from '../../../../src/engine/balance/canary/routed-canary.js';
import { surgeLimits } from '../../../../src/engine/balance/canary/surge-limits.js';

describe('without a router', () => {
  test('neither version is without a pod at a weight between none and all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 50 }),
        fc.integer({ min: 1, max: 99 }),
        fc.nat(1),
        (replicas, weight, maxSurge) => {
          const { canary, stable } = approximateWeight({ replicas, weight, maxWeight: 100, maxSurge });
          expect(Math.min(canary, stable)).toBeGreaterThan(0);
          expect(canary + stable - replicas).toBeLessThanOrEqual(maxSurge);
        },
      ),
      { seed: 1 },
    );
  });

  test('step after step it arrives at its weight, within surge and unavailability all the way', () => {
    const share = fc.constantFrom<number | string>(0, 1, 3, '10%', '25%', '100%');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.nat(100),
        share,
        share,
        (replicas, weight, surge, unavailable) => {
          const limits = surgeLimits(surge, unavailable, replicas);
          let [canary, stable]: VersionPods[] = [pods(0), pods(replicas)];
          for (let step = 0; step < 4 * replicas + 4; step += 1) {
            const next = basicCanary({ replicas, weight, maxWeight: 100, canary, stable, olderReplicas: 0, ...limits });
            expect(next.canary + next.stable).toBeLessThanOrEqual(replicas + limits.maxSurge);
            expect(next.canary + next.stable).toBeGreaterThanOrEqual(replicas - limits.maxUnavailable);
            [canary, stable] = [pods(next.canary), pods(next.stable)];
          }
          expect({ canary: canary.spec, stable: stable.spec }).toEqual(
            approximateWeight({ replicas, weight, maxWeight: 100, maxSurge: limits.maxSurge }),
          );
        },
      ),
      { seed: 2 },
    );
  });

  test('a canary without a stable version besides it gets all replicas', () => {
    const rollout = { replicas: 10, weight: 10, maxWeight: 100, canary: pods(10), stable: null, olderReplicas: 0 };
    expect(basicCanary({ ...rollout, maxSurge: 0, maxUnavailable: 1 })).toEqual({ canary: 10, stable: 0 });
  });
});

// Expected figures: utils/replicaset/canary_test.go (argoproj/argo-rollouts, Apache-2.0).
describe('with a router', () => {
  test('the stable version keeps its pods, and the canary has pods for its weight, rounded up', () => {
    expect(routedCanary({ replicas: 10, weight: 10, maxWeight: 100 })).toEqual({ canary: 1, stable: 10 });
    expect(routedCanary({ replicas: 10, weight: 5, maxWeight: 100, minPods: 2 })).toEqual({ canary: 2, stable: 10 });
    expect(routedCanary({ replicas: 1, weight: 100, maxWeight: 100, minPods: 2 })).toEqual({ canary: 1, stable: 1 });
    expect(routedCanary({ replicas: 4, weight: 20, maxWeight: 100, canaryScale: 3 })).toEqual({ canary: 3, stable: 4 });
  });

  test('a dynamic stable version gives up pods as its traffic goes, not before', () => {
    const rollout = { replicas: 10, weight: 40, maxWeight: 100, dynamicStable: true };
    expect(routedCanary({ ...rollout, actual: { canary: 10, stable: 90 } })).toEqual({ canary: 4, stable: 9 });
    expect(routedCanary({ ...rollout, actual: { canary: 40, stable: 60 } })).toEqual({ canary: 4, stable: 6 });
    const aborted = { ...rollout, weight: 0, aborted: true };
    expect(routedCanary({ ...aborted, actual: { canary: 40, stable: 60 } })).toEqual({ canary: 4, stable: 10 });
  });
});

function pods(count: number): VersionPods {
  return { spec: count, available: count };
}
