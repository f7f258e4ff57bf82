import { expect, test } from 'vitest';
import { drainOrder } from '../../../src/engine/drain-order.js';
import { seconds } from '../../../src/kernel/micros.js';
import { pod } from './pods.js';

const pods = [
  pod('busy', { inFlight: 9 }),
  pod('idle', { inFlight: 1 }),
  pod('unknown'),
  pod('newer', { inFlight: 1 }),
  pod('gone', { inFlight: 0 }, { terminating: true }),
  pod('coming', { inFlight: 0 }, { ready: false }),
];

test('the least busy leave first, of equals the newest, and those without a sample last', () => {
  const { order, deadlineSeconds } = drainOrder({ order: 'fewest-in-flight' }, pods, 4);
  expect(order).toEqual(['newer', 'idle', 'busy', 'unknown']);
  expect(deadlineSeconds).toBeNull();
  expect(drainOrder({ order: 'fewest-in-flight' }, pods, 1).order).toEqual(['newer']);
});

test('the controller may keep its order, with a deadline', () => {
  expect(drainOrder({ order: 'controller', deadlineMicros: seconds(45) }, pods, 2)).toEqual({
    order: [],
    deadlineSeconds: 45,
  });
});
