import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LeastConnections } from '../../../src/sim/requests/least-connections.js';
import { StationBoard } from '../../../src/sim/requests/station-board.js';

const STATIONS = 9;

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'pick' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('load' as const),
      station: fc.nat({ max: STATIONS - 1 }),
      to: fc.nat({ max: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('route' as const),
      weights: fc.array(fc.constantFrom(0, 1, 1, 2, 4), { minLength: STATIONS, maxLength: STATIONS }),
    }),
  },
);

describe('LeastConnections', () => {
  test('takes the fewest visits for the weight, of equals the one not chosen for longest', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const board = new StationBoard();
        for (let i = 0; i < STATIONS; i += 1) board.enter();
        const balancer = new LeastConnections(board);
        let weights: readonly number[] = [];
        /** Stations chosen since they were last routed, the latest last. */
        let history: number[] = [];
        for (const one of steps) {
          if (one.kind === 'route') {
            weights = one.weights;
            balancer.route(weights.map((weight, station) => ({ station, weight })));
            history = history.filter((station) => weights[station] > 0);
          } else if (one.kind === 'load') {
            board.inFlight[one.station] = one.to;
            balancer.loadChanged(one.station);
          } else {
            const usable = weights.map((_, station) => station).filter((station) => weights[station] > 0);
            const load = (station: number): number => board.inFlight[station] / weights[station];
            const least = Math.min(...usable.map(load));
            const equals = usable.filter((station) => load(station) === least);
            const oldest = Math.min(...equals.map((station) => history.lastIndexOf(station)));
            const chosen = balancer.pick();
            expect(
              equals.filter((station) => history.lastIndexOf(station) === oldest).concat(usable.length === 0 ? -1 : []),
            ).toContain(chosen);
            if (chosen >= 0) history.push(chosen);
          }
        }
      }),
      { seed: 52, numRuns: 300 },
    );
  });
});
