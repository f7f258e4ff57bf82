import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketQuantile } from '../../../../src/engine/collect/query/bucket-quantile.js';
import { evaluated, every } from './series.js';

const counts = fc.array(fc.nat(1000), { minLength: 2, maxLength: 12 });

/** Buckets at 1, 2, 3, ... and infinity of observations by bucket. */
function bucketsOf(observations: readonly number[]) {
  let total = 0;
  return observations.map((count, i) => {
    total += count;
    return { upperBound: i === observations.length - 1 ? Infinity : i + 1, count: total };
  });
}

test('whatever a counter does, no rate over it is negative', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1e6), { minLength: 1, maxLength: 30 }), fc.nat(600), (values, second) => {
      const series = [every(15, 'requests_total', values)];
      for (const of of ['rate', 'increase', 'irate']) {
        for (const [, value] of evaluated(`${of}(requests_total[2m])`, series, second)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(value)).toBe(true);
        }
      }
    }),
  );
});

test('the increase of a counter that never restarts is no less than between its first and last sample', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100), { minLength: 5, maxLength: 20 }), (steps) => {
      let value = 50;
      const values = steps.map((step) => (value += step));
      const end = (values.length - 1) * 15;
      const [[, increase]] = evaluated('increase(requests_total[5m])', [every(15, 'requests_total', values)], end);
      expect(increase).toBeGreaterThanOrEqual(values[values.length - 1] - values[0] - 1e-9);
    }),
  );
});

test('a quantile lies in the bucket that its rank falls into', () => {
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), (observations, q) => {
      const total = observations.reduce((sum, count) => sum + count, 0);
      const buckets = bucketsOf(observations);
      const found = bucketQuantile(q, buckets);
      if (total === 0) {
        expect(found).toBeNaN();
        return;
      }
      const bucket = buckets.findIndex(({ count }) => count >= q * total);
      if (bucket === buckets.length - 1) expect(found).toBe(buckets.length - 1);
      else {
        expect(found).toBeGreaterThanOrEqual(bucket - 1e-9);
        expect(found).toBeLessThanOrEqual(bucket + 1 + 1e-9);
      }
    }),
  );
});

test('a larger quantile is no smaller', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(counts, share, share, (observations, a, b) => {
      fc.pre(observations.some((count) => count > 0));
      const buckets = bucketsOf(observations);
      expect(bucketQuantile(Math.max(a, b), buckets)).toBeGreaterThanOrEqual(
        bucketQuantile(Math.min(a, b), buckets) - 1e-9,
      );
    }),
  );
});
