import { describe, expect, test } from 'vitest';
import type { SlowStartSpec } from '../../../src/domain/balancing-spec.js';
import type { BalancerPolicy } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import { SlowStart } from '../../../src/sim/balancing/slow-start.js';
import { makeBalancer } from '../../../src/sim/requests/balancer.js';
import { StationBoard } from '../../../src/sim/requests/station-board.js';

const OLD = 4;
const window: SlowStartSpec = { windowMicros: seconds(30), minWeight: 0.1, aggression: 1 };

/** Four endpoints from before the run, and one that is routed to from time zero on; `load` is on board of each. */
function started(policy: BalancerPolicy, spec: SlowStartSpec = window, load: readonly number[] = [0, 0, 0, 0, 0]) {
  const board = new StationBoard();
  for (let i = 0; i <= OLD; i += 1) board.enter();
  load.forEach((count, station) => (board.inFlight[station] = count));
  const random = new Streams(3).stream('balance', 'web');
  const inner = makeBalancer(policy, random, { board, stations: [], lazy: false, bank: null });
  const balancer = new SlowStart(spec, inner, board.clock);
  const all = Array.from({ length: OLD + 1 }, (_, station) => ({ station, weight: 1 }));
  balancer.route(all.slice(0, OLD));
  board.clock[0] = 0;
  balancer.route(all);
  /** Share of the new endpoint in so many choices evenly spread from one second to another. */
  const share = (from: number, to: number, choices: number): number => {
    let hits = 0;
    for (let i = 0; i < choices; i += 1) {
      board.clock[0] = (from + ((to - from) * i) / choices) * 1e6;
      if (balancer.pick(from * 1e6 + i, 0) === OLD) hits += 1;
    }
    return hits / choices;
  };
  return { board, balancer, all, share };
}

describe('the share of a new endpoint beside four others', () => {
  test.each(['round-robin', 'random', 'power-of-two'] as const)('%s: closed form over the window', (policy) => {
    const { share } = started(policy);
    const spread = policy === 'round-robin' ? 0.001 : 0.006;
    // At a tenth of its weight for 3 s: 0.1 / 4.1. Then w / (4 + w), whose mean from a to b is 1 - 4 ln((4 + b) / (4 + a)) / (b - a).
    const mean = (a: number, b: number): number => 1 - (4 * Math.log((4 + b) / (4 + a))) / (b - a);
    expect(Math.abs(share(0, 3, 40_000) - 0.1 / 4.1)).toBeLessThan(spread);
    expect(Math.abs(share(3, 15, 40_000) - mean(0.1, 0.5))).toBeLessThan(spread + 0.001);
    expect(Math.abs(share(15, 30, 40_000) - mean(0.5, 1))).toBeLessThan(spread + 0.001);
    expect(Math.abs(share(30, 60, 40_000) - 1 / 5)).toBeLessThan(spread);
  });

  test('round-robin at one request a second is not starved by weights that are renewed all the time', () => {
    const { share } = started('round-robin', { ...window, windowMicros: seconds(3000) });
    expect(share(0, 300, 300) * 300).toBeCloseTo((300 * 0.1) / 4.1, -1);
  });

  test('grows faster at first with an aggression of 2: (7.5 s / 30 s)^(1/2) is half of its weight', () => {
    const { share } = started('round-robin', { ...window, aggression: 2 });
    expect(share(7.5, 7.6, 900)).toBeCloseTo(0.5 / 4.5, 2);
  });

  test('least-connections counts its requests tenfold: with 9 on board of each other, none or 0.9 is its fill', () => {
    const idle = started('least-connections', window, [9, 9, 9, 9, 0]);
    expect(idle.balancer.pick(0, 0)).toBe(OLD);
    const held = started('least-connections', window, [9, 9, 9, 9, 1]);
    expect(held.balancer.pick(0, 0)).not.toBe(OLD);
    held.board.clock[0] = 15e6;
    // Half of its weight by now: 1 / 0.5 = 2 is less than 9.
    expect(held.balancer.pick(1, 0)).toBe(OLD);
  });
});

test('what was routed to before the run began is warm, and an endpoint that comes back is new', () => {
  const { board, balancer, all, share } = started('round-robin');
  board.clock[0] = 100e6;
  balancer.route(all.slice(0, OLD));
  balancer.route(all);
  expect(share(100, 103, 40_000)).toBeCloseTo(0.1 / 4.1, 2);
  const even = started('round-robin');
  even.balancer.route(even.all.slice(0, OLD));
  expect([0, 1, 2, 3].map((i) => even.balancer.pick(i, 0)).sort()).toEqual([0, 1, 2, 3]);
});
