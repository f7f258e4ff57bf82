import { describe, expect, test } from 'vitest';
import { CALL_FIELDS, Calls } from '../../../src/sim/requests/calls.js';
import { StationBoard } from '../../../src/sim/requests/station-board.js';
import { StationIndex } from '../../../src/sim/requests/station-index.js';
import { TimeoutLanes } from '../../../src/sim/requests/timeout-lanes.js';
import { FIELDS, STRIDE, Visits } from '../../../src/sim/requests/visits.js';

describe('columns', () => {
  test('of visits and calls stay the same while a usual number is on board, and lose nothing when they grow', () => {
    const visits = new Visits();
    const calls = new Calls(visits);
    const first = visits.reals;
    const handles = Array.from({ length: 10_000 }, (_, i) => {
      const handle = i % 2 === 0 ? visits.take() : calls.begin(i, i, i, -1);
      if (i === 5_000) expect(visits.reals).toBe(first);
      visits.reals[handle + (i % 2 === 0 ? FIELDS.CPU : CALL_FIELDS.REQUEST)] = i;
      return handle;
    });
    expect(visits.reals).not.toBe(first);
    expect(new Set(handles).size).toBe(10_000);
    expect(visits.end).toBe(10_000 * STRIDE);
    handles.forEach((handle, i) => {
      expect(visits.reals[handle + (i % 2 === 0 ? FIELDS.CPU : CALL_FIELDS.REQUEST)]).toBe(i);
      if (i % 2 === 1) expect(visits.ints[2 * handle + CALL_FIELDS.SITE]).toBe(i);
    });
  });

  test('of stations stay the same up to a thousand, and their index finds the first of any number', () => {
    const board = new StationBoard();
    const index = new StationIndex(board);
    const { nextAt } = board;
    for (let i = 0; i < 5_000; i += 1) {
      const station = board.enter();
      board.nextAt[station] = (i * 7919) % 10_007;
      index.add(station);
      if (i === 999) expect(board.nextAt).toBe(nextAt);
      if (![7, 8, 63, 64, 511, 512, 4_095, 4_096, 4_999].includes(i)) continue;
      const least = Math.min(...board.nextAt.subarray(0, i + 1));
      expect(index.due[0]).toBe(least);
      expect(index.first).toBe(board.nextAt.indexOf(least));
    }
    expect(board.nextAt).not.toBe(nextAt);
  });

  test('of time-outs lose nothing when they grow', () => {
    const calls = new Calls(new Visits());
    const lanes = new TimeoutLanes(calls);
    const waiting = Array.from({ length: 9_000 }, (_, i) => {
      const call = calls.begin(0, i, 0, -1);
      lanes.push(100, i, call);
      return call;
    });
    expect(waiting.map(() => lanes.shift())).toEqual(waiting);
    expect(lanes.due[0]).toBe(Infinity);
  });
});
