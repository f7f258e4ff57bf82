import fc from 'fast-check';
import { expect, test } from 'vitest';
import { micros } from '../../src/kernel/micros.js';
import { TokenBucket } from '../../src/kernel/token-bucket.js';

test('a burst at once, then one for each interval', () => {
  const bucket = new TokenBucket(20, 3, micros(0));
  expect([0, 0, 0, 0, 0].map((now) => bucket.take(micros(now)))).toEqual([0, 0, 0, 50_000, 100_000]);
  expect(bucket.take(micros(1_000_000))).toBe(1_000_000);
});

test('in no stretch of time are there more permissions than burst and rate allow, and none is late without need', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 10 }), (waits, rate, burst) => {
      const bucket = new TokenBucket(rate, burst, micros(0));
      let now = 0;
      const asked = waits.map((wait) => (now += wait));
      const given = asked.map((at) => bucket.take(micros(at)));
      given.forEach((at, i) => {
        expect(at).toBeGreaterThanOrEqual(asked[i]);
        for (let first = 0; first <= i; first += 1) {
          expect(i - first + 1).toBeLessThanOrEqual(burst + ((at - given[first]) / 1e6) * rate + 1e-3);
        }
        if (at > asked[i]) expect(at - (given[i - 1] ?? 0)).toBeLessThanOrEqual(1e6 / rate + 1);
      });
    }),
    { seed: 1205, numRuns: 200 },
  );
});
