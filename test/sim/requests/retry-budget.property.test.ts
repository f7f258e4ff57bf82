import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RetryBudget } from '../../../src/sim/requests/retry-budget.js';

/** How many retries a budget grants at once. */
function drain(budget: RetryBudget): number {
  let granted = 0;
  while (budget.spend()) granted += 1;
  return granted;
}

describe('RetryBudget', () => {
  test('starts with its burst, and holds no more', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.nat({ max: 100 }), (burst, firstAttempts) => {
        const budget = new RetryBudget(0.5, burst);
        for (let i = 0; i < firstAttempts; i += 1) budget.deposit();
        expect(drain(budget)).toBe(burst);
      }),
      { seed: 48, numRuns: 100 },
    );
  });

  test('counts as a list of deposits does, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 16 }),
        fc.nat({ max: 8 }),
        fc.array(fc.boolean(), { maxLength: 200 }),
        (sixteenths, burst, all) => {
          const budget = new RetryBudget(sixteenths / 16, burst);
          let tokens = burst * 16;
          for (const asks of all) {
            if (asks) {
              const granted = tokens >= 16;
              expect(budget.spend()).toBe(granted);
              if (granted) tokens -= 16;
            } else {
              budget.deposit();
              tokens = Math.min(burst * 16, tokens + sixteenths);
            }
          }
        },
      ),
      { seed: 49, numRuns: 200 },
    );
  });

  test('without a share there is no limit, and a share of zero grants the burst alone', () => {
    const free = new RetryBudget(null, 0);
    expect(Array.from({ length: 100 }, () => free.spend())).not.toContain(false);
    const none = new RetryBudget(0, 3);
    for (let i = 0; i < 100; i += 1) none.deposit();
    expect(drain(none)).toBe(3);
    none.deposit();
    expect(none.spend()).toBe(false);
  });
});
