import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeapSlab, leaveTop, rise, secondKey, slotsOf } from '../../../src/sim/requests/heap-slab.js';

/** A heap of the slab with its owner's account of size and room. */
interface Owned {
  offset: number;
  size: number;
  room: number;
  readonly list: { key: number; visit: number }[];
}

function push(slab: HeapSlab, heap: Owned, key: number, visit: number): void {
  if (heap.size === heap.room) {
    heap.offset = slab.move(heap.offset, heap.room, heap.room * 2);
    heap.room *= 2;
  }
  const visits = slotsOf(heap.offset, heap.room);
  slab.keys[heap.offset + heap.size] = key;
  slab.slots[visits + heap.size] = visit;
  rise(slab, heap.offset, visits, heap.size);
  heap.size += 1;
  heap.list.push({ key, visit });
}

function pop(slab: HeapSlab, heap: Owned): void {
  const visits = slotsOf(heap.offset, heap.room);
  const visit = slab.slots[visits];
  const key = slab.keys[heap.offset];
  const position = heap.list.findIndex((entry) => entry.visit === visit);
  expect(heap.list[position]?.key).toBe(key);
  expect(key).toBe(Math.min(...heap.list.map((entry) => entry.key)));
  heap.list.splice(position, 1);
  heap.size -= 1;
  expect(secondKey(slab.keys, heap.offset, heap.size)).toBe(Math.min(...heap.list.map((entry) => entry.key)));
  leaveTop(slab, heap.offset, visits, heap.size);
}

describe('HeapSlab', () => {
  test('keeps many heaps apart, each with its smallest key in front, while they grow and move', () => {
    const step = fc.record({ heap: fc.nat({ max: 5 }), key: fc.option(fc.nat({ max: 40 }), { nil: null, freq: 3 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const slab = new HeapSlab();
        const heaps = Array.from({ length: 6 }, (): Owned => ({ offset: slab.reserve(2), size: 0, room: 2, list: [] }));
        steps.forEach(({ heap, key }, visit) => {
          if (key !== null) push(slab, heaps[heap], key, visit);
          else if (heaps[heap].size > 0) pop(slab, heaps[heap]);
        });
        for (const { offset, size, room, list } of heaps) {
          const visits = slotsOf(offset, room);
          expect([...slab.slots.subarray(visits, visits + size)].sort((a, b) => a - b)).toEqual(
            list.map(({ visit }) => visit).sort((a, b) => a - b),
          );
        }
      }),
      { seed: 41, numRuns: 200 },
    );
  });
});
