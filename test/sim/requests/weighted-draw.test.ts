import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WeightedDraw } from '../../../src/sim/requests/weighted-draw.js';

describe('WeightedDraw', () => {
  test('bits spread evenly give each position its share, in order', () => {
    const weights = fc.array(fc.oneof(fc.nat({ max: 5 }), fc.double({ min: 0, max: 5, noNaN: true })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(
        weights.filter((all) => all.some((weight) => weight > 0.01)),
        (all) => {
          const draw = new WeightedDraw(all);
          const sum = all.reduce((total, weight) => total + weight, 0);
          const counts = all.map(() => 0);
          let last = 0;
          for (let i = 0; i < 4096; i += 1) {
            const position = draw.index(i * 2 ** 20);
            expect(position).toBeGreaterThanOrEqual(last);
            counts[position] += 1;
            last = position;
          }
          counts.forEach((count, i) => {
            expect(Math.abs(count - (4096 * all[i]) / sum)).toBeLessThan(1 + 1e-9);
            if (all[i] === 0) expect(count).toBe(0);
          });
        },
      ),
      { seed: 47, numRuns: 100 },
    );
  });

  test('the largest and the smallest bits stay inside', () => {
    for (const weights of [[1], [1, 1, 1], [0, 2, 1], [0.1, 0.2, 0.7]]) {
      const draw = new WeightedDraw(weights);
      expect(draw.index(0)).toBe(weights[0] === 0 ? 1 : 0);
      expect(draw.index(2 ** 32 - 1)).toBe(weights.length - 1);
    }
  });
});
