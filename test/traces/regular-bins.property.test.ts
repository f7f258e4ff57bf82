import fc from 'fast-check';
import { expect, it } from 'vitest';
import { regularBins } from '../../src/traces/regular-bins.js';

const steps = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 });

it('keeps every request however rows fall into bins, and fills gaps with what the policy says', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 700 }), (distances, binMicros) => {
      const times = Float64Array.from([0, ...distances]);
      for (let i = 1; i < times.length; i += 1) times[i] += times[i - 1];
      const values = times.map((_, i) => i + 1);
      const total = values.reduce((sum, value) => sum + value, 0);
      const zero = regularBins({ times, values }, binMicros, 'zero', 'requests');
      expect(zero.values.reduce((sum, value) => sum + value, 0)).toBe(total);
      expect(zero.values.length).toBe(times.length - zero.merged + zero.repaired);
      const held = regularBins({ times, values }, binMicros, 'hold', 'requests');
      expect(held.values.every((value) => value > 0)).toBe(true);
      const line = regularBins({ times, values }, binMicros, 'interpolate', 'requests');
      expect(line.values.every((value, i) => zero.values[i] === 0 || value === zero.values[i])).toBe(true);
      expect(Math.max(...line.values)).toBe(Math.max(...zero.values));
    }),
    { seed: 3, numRuns: 300 },
  );
});
