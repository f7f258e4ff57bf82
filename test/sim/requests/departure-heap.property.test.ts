import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DepartureHeap } from '../../../src/sim/requests/departure-heap.js';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), key: fc.integer({ min: 0, max: 30 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pop' as const), key: fc.constant(0) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), key: fc.nat({ max: 200 }) }) },
);

describe('DepartureHeap', () => {
  test('holds what a list holds and has the smallest key in front', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const heap = new DepartureHeap();
        const list = new Map<number, number>();
        const takeFirst = (): void => {
          const visit = heap.minVisit;
          expect(list.get(visit)).toBe(heap.minKey);
          list.delete(visit);
        };
        steps.forEach(({ kind, key }, visit) => {
          if (kind === 'remove') {
            heap.remove(key);
            list.delete(key);
          } else if (kind === 'push') {
            heap.push(key, visit);
            list.set(visit, key);
          } else if (list.size > 0) {
            takeFirst();
            heap.pop();
          }
          expect(heap.size).toBe(list.size);
          expect(heap.minKey).toBe(Math.min(Infinity, ...list.values()));
        });
        const held = Array.from({ length: heap.size }, (_, i) => heap.visitAt(i)).sort((a, b) => a - b);
        expect(held).toEqual([...list.keys()].sort((a, b) => a - b));
        heap.clear();
        expect([heap.size, heap.minKey]).toEqual([0, Infinity]);
      }),
      { seed: 40, numRuns: 300 },
    );
  });
});
