import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StationBoard } from '../../../src/sim/requests/station-board.js';
import { StationIndex } from '../../../src/sim/requests/station-index.js';

describe('StationIndex', () => {
  test('names the member whose completion comes first, of equals the one with the lowest index', () => {
    const change = fc.record({
      station: fc.nat({ max: 149 }),
      at: fc.oneof(fc.nat({ max: 40 }), fc.constant(Infinity)),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat({ max: 149 }), { minLength: 1, maxLength: 150 }),
        fc.array(change, { maxLength: 300 }),
        (members, changes) => {
          const board = new StationBoard();
          for (let i = 0; i < 150; i += 1) board.enter();
          const index = new StationIndex(board);
          expect(index.due[0]).toBe(Infinity);
          for (const member of members) index.add(member);
          for (const { station, at } of changes) {
            board.nextAt[station] = at;
            index.update(station);
            const first = Math.min(...members.map((member) => board.nextAt[member]));
            expect(index.due[0]).toBe(first);
            if (first < Infinity) {
              expect(index.first).toBe(Math.min(...members.filter((member) => board.nextAt[member] === first)));
            }
          }
        },
      ),
      { seed: 42, numRuns: 100 },
    );
  });
});
