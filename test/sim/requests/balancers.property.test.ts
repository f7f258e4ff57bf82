import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Streams } from '../../../src/kernel/streams.js';
import { LeastConnections } from '../../../src/sim/requests/least-connections.js';
import { RandomChoice } from '../../../src/sim/requests/random-choice.js';
import { RoundRobin } from '../../../src/sim/requests/round-robin.js';
import { StationBoard } from '../../../src/sim/requests/station-board.js';

function boardOf(stations: number): StationBoard {
  const board = new StationBoard();
  for (let i = 0; i < stations; i += 1) board.enter();
  return board;
}

function equal(stations: readonly number[]) {
  return stations.map((station) => ({ station, weight: 1 }));
}

describe('LeastConnections', () => {
  /** A choice, the end of a visit, or new endpoints. */
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('pick' as const),
        n: fc.constant(0),
        routed: fc.constant<number[]>([]),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('end' as const), n: fc.nat(), routed: fc.constant<number[]>([]) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('route' as const),
        n: fc.constant(0),
        routed: fc.uniqueArray(fc.nat({ max: 11 }), { maxLength: 12 }),
      }),
    },
  );

  test('chooses as a look at all endpoints does, also after endpoints have come and gone', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const board = boardOf(12);
        const balancer = new LeastConnections(board);
        let routed: number[] = [0, 1, 2, 3, 4];
        balancer.route(equal(routed));
        /** Turn in which each was last chosen; those never chosen are missing, and come first in the order of the list. */
        let lastChosen = new Map<number, number>();
        let turn = 0;
        for (const { kind, n, routed: next } of steps) {
          if (kind === 'route') {
            lastChosen = new Map([...lastChosen].filter(([station]) => next.includes(station)));
            routed = next;
            balancer.route(equal(routed));
          } else if (kind === 'pick') {
            turn += 1;
            const order = [...routed].sort(
              (a, b) => board.inFlight[a] - board.inFlight[b] || (lastChosen.get(a) ?? 0) - (lastChosen.get(b) ?? 0),
            );
            const chosen = balancer.pick();
            expect(chosen).toBe(order[0] ?? -1);
            if (chosen < 0) continue;
            lastChosen.set(chosen, turn);
            board.inFlight[chosen] += 1;
            balancer.loadChanged(chosen);
          } else {
            const busy = Array.from({ length: 12 }, (_, i) => i).filter((station) => board.inFlight[station] > 0);
            if (busy.length === 0) continue;
            const ended = busy[n % busy.length];
            board.inFlight[ended] -= 1;
            balancer.loadChanged(ended);
          }
        }
      }),
      { seed: 46, numRuns: 200 },
    );
  });

  test('weighs loads: twice the weight carries twice the visits', () => {
    const board = boardOf(3);
    const balancer = new LeastConnections(board);
    balancer.route([
      { station: 0, weight: 2 },
      { station: 1, weight: 1 },
      { station: 2, weight: 0 },
    ]);
    for (let i = 0; i < 300; i += 1) {
      const chosen = balancer.pick();
      board.inFlight[chosen] += 1;
      balancer.loadChanged(chosen);
    }
    expect([...board.inFlight.slice(0, 3)]).toEqual([200, 100, 0]);
  });
});

describe('RoundRobin', () => {
  test('takes equal endpoints in turn, and those of weight zero never', () => {
    const balancer = new RoundRobin();
    balancer.route([
      { station: 4, weight: 1 },
      { station: 7, weight: 0 },
      { station: 2, weight: 1 },
    ]);
    expect(Array.from({ length: 5 }, () => balancer.pick())).toEqual([4, 2, 4, 2, 4]);
    balancer.route([]);
    expect(balancer.pick()).toBe(-1);
  });

  test("spreads a heavy endpoint's turns as nginx does", () => {
    const balancer = new RoundRobin();
    balancer.route([
      { station: 0, weight: 5 },
      { station: 1, weight: 1 },
      { station: 2, weight: 1 },
    ]);
    expect(Array.from({ length: 7 }, () => balancer.pick())).toEqual([0, 0, 1, 0, 2, 0, 0]);
  });
});

describe('RandomChoice', () => {
  test('gives each endpoint its share by weight', () => {
    const balancer = new RandomChoice(new Streams(3).stream('balance', 'web'));
    balancer.route([
      { station: 0, weight: 1 },
      { station: 1, weight: 3 },
      { station: 2, weight: 0 },
    ]);
    const counts = [0, 0, 0];
    for (let i = 0; i < 40_000; i += 1) counts[balancer.pick(i, 1)] += 1;
    expect(counts[2]).toBe(0);
    expect(Math.abs(counts[0] - 10_000)).toBeLessThan(5 * Math.sqrt(7_500));
  });
});
