import { expect, test } from 'vitest';
import type { NodeRecord } from '../../../src/domain/measurement.js';
import { paidSpans, runningSpans } from '../../../src/experiment/results/paid-spans.js';
import { type Micros, seconds } from '../../../src/kernel/micros.js';

function node(changes: Partial<NodeRecord>): NodeRecord {
  return {
    node: 'a-0',
    pool: 'a',
    instanceType: 'aws/m5.large',
    pricePerHour: 0.096,
    paidFrom: seconds(100),
    readyAt: null,
    removedAt: null,
    reason: '',
    outages: [],
    ...changes,
  };
}

/** [from, to] in seconds, M for the machine and D for its disk. */
function bill(changes: Partial<NodeRecord>): string[] {
  return paidSpans(node(changes)).map(
    ({ start, end, of }) => `${of === 'machine' ? 'M' : 'D'} ${start / 1e6}-${end === null ? '' : end / 1e6}`,
  );
}

const at = (second: number): Micros => seconds(second);

test('a machine is paid for since it runs, by the started second and for a minute at least', () => {
  expect(bill({ paidFrom: null })).toEqual([]);
  expect(bill({})).toEqual(['M 100-']);
  expect(bill({ removedAt: at(112.3) })).toEqual(['M 100-160']);
  expect(bill({ removedAt: at(160) })).toEqual(['M 100-160']);
  expect(bill({ removedAt: at(175.2) })).toEqual(['M 100-176']);
  expect(bill({ paidFrom: at(100.5), removedAt: at(200.6) })).toEqual(['M 100.5-201.5']);
});

test('a stopped machine costs its disk, and each of its runs is paid for by itself', () => {
  const stops = {
    times: [
      { from: at(190), to: at(400) },
      { from: at(410), to: null },
    ],
    pricePerHour: 0.003,
  };
  expect(bill({ stops })).toEqual(['M 100-190', 'M 400-460', 'D 190-400', 'D 410-']);
  expect(bill({ stops, removedAt: at(900) })).toEqual(['M 100-190', 'M 400-460', 'D 190-400', 'D 410-900']);
  expect(runningSpans(node({ stops })).map(({ start, end }) => [start / 1e6, (end ?? 0) / 1e6])).toEqual([
    [100, 190],
    [400, 410],
  ]);
});

test('a machine that is stopped when the run begins has not run before', () => {
  const stops = { times: [{ from: at(100), to: at(200) }], pricePerHour: 0.003 };
  expect(bill({ stops })).toEqual(['M 200-', 'D 100-200']);
});
