import { expect, test } from 'vitest';
import { metricTarget } from '../../../../src/engine/policy/kpa/metric-target.js';

test.each([
  [{ metric: 'concurrency', target: null, utilization: 0.7, containerConcurrency: 0 }, 70, 100],
  [{ metric: 'concurrency', target: null, utilization: 0.7, containerConcurrency: 10 }, 7, 10],
  [{ metric: 'concurrency', target: 50, utilization: 0.5, containerConcurrency: 10 }, 5, 10],
  [{ metric: 'concurrency', target: 4, utilization: 1, containerConcurrency: 10 }, 4, 4],
  [{ metric: 'concurrency', target: 0.01, utilization: 0.1, containerConcurrency: 0 }, 0.01, 0.01],
  [{ metric: 'rps', target: null, utilization: 0.7, containerConcurrency: 10 }, 140, 200],
  [{ metric: 'rps', target: 30, utilization: 0.5, containerConcurrency: 10 }, 15, 30],
] as const)('%o is kept at %d of %d', (written, target, total) => {
  const resolved = metricTarget(written);
  expect(resolved.target).toBeCloseTo(target, 12);
  expect(resolved.total).toBe(total);
});
