import { describe, expect, test } from 'vitest';
import { micros } from '../../../src/kernel/micros.js';
import { Node } from '../../../src/sim/nodes/node.js';
import { deletionOrder } from '../../../src/sim/pods/deletion-order.js';
import { Pod } from '../../../src/sim/pods/pod.js';
import { podForm } from '../../../src/sim/pods/pod-form.js';
import { plainPod, pool } from '../sim-run.js';

const nodes = Array.from({ length: 3 }, (_, i) => new Node(pool(), i));

interface State {
  readonly node?: number;
  readonly created?: number;
  readonly started?: boolean;
  readonly readySince?: number | null;
  readonly restarts?: number;
}

/** A node for one pod alone. */
function lone(ordinal: number): Node {
  return new Node(pool(), 100 + ordinal);
}

/** A running pod on the first node, created at 0 and ready since 10, but for what is given. */
function pod(ordinal: number, state: State = {}): Pod {
  const { node = 0, created = 0, started = true, readySince = 10, restarts = 0 } = state;
  const made = new Pod('web', ordinal, podForm(plainPod), micros(created));
  made.restarts = restarts;
  if (node < 0) return made;
  made.node = nodes[node];
  made.scheduledAt = micros(created);
  if (!started) return made;
  made.startedAt = micros(created);
  made.readySince = readySince === null ? null : micros(readySince);
  return made;
}

describe('the order of deletion, rule by rule', () => {
  test.each<[string, State, State]>([
    ['unscheduled before scheduled', { node: -1 }, { started: false, created: 5 }],
    ['not started before started', { started: false }, { readySince: null, created: 5 }],
    ['not ready before ready', { readySince: null }, { readySince: 20, created: 5, restarts: 3 }],
    ['most recently ready before longer ready', { readySince: 20 }, { readySince: 10, restarts: 3 }],
    ['more restarts before fewer', { restarts: 2 }, { restarts: 1, created: 5 }],
    ['created later before created earlier', { created: 5 }, { created: 4 }],
  ])('%s', (_, sooner, later) => {
    expect(deletionOrder([pod(1, later), pod(0, sooner)]).map(({ ordinal }) => ordinal)).toEqual([0, 1]);
    expect(deletionOrder([pod(0, sooner), pod(1, later)]).map(({ ordinal }) => ordinal)).toEqual([0, 1]);
  });

  test('pods that share a node with more of their kind go first, however long they have been ready', () => {
    const pods = [pod(0, { node: 0, readySince: 90 }), pod(1, { node: 1 }), pod(2, { node: 1 }), pod(3, { node: 2 })];
    expect(deletionOrder(pods).map(({ ordinal }) => ordinal)).toEqual([2, 1, 0, 3]);
  });

  test('readiness goes before company on the node', () => {
    const pods = [pod(0, { node: 1 }), pod(1, { node: 1 }), pod(2, { node: 0, readySince: null })];
    expect(deletionOrder(pods)[0].ordinal).toBe(2);
  });

  test('cheaper ones go first, before company on the node counts', () => {
    const pods = [pod(0, { node: 1 }), pod(1, { node: 1 }), pod(2, { node: 0 })];
    const costOf = ({ ordinal }: Pod): number => [2, 2, 1][ordinal];
    expect(deletionOrder(pods, { costOf }).map(({ ordinal }) => ordinal)).toEqual([2, 1, 0]);
  });

  test('company counts all pods of the workload, of whatever revision', () => {
    const [a, b, other] = [pod(0, { node: 0 }), pod(1, { node: 1 }), pod(2, { node: 0 })];
    expect(deletionOrder([a, b], { related: [a, b, other] })[0]).toBe(a);
  });

  test('ages are compared by their order of magnitude, and ties by a number that is nobody’s choice', () => {
    const at = (second: number): number => second * 1e6;
    const now = micros(at(1000));
    // Ready for 600, 550, 300 and 20 s: 2^39 ns are 549.8 s, so the first two are equals.
    const pods = [600, 550, 300, 20].map((age, i) => pod(i, { node: i % 3, readySince: at(1000 - age) }));
    const apart = pods.map((one, i) => Object.assign(one, { node: lone(i) }));
    const uidOf = ({ ordinal }: Pod): number => [0.1, 0.9, 0.5, 0.5][ordinal];
    const order = deletionOrder(apart, { logarithmic: { now, uidOf } }).map(({ ordinal }) => ordinal);
    expect(order).toEqual([3, 2, 0, 1]);
    expect(deletionOrder(apart).map(({ ordinal }) => ordinal)).toEqual([3, 2, 1, 0]);
  });

  test('equals go in the order of their names, the newest first', () => {
    expect(deletionOrder([pod(0), pod(1), pod(2)]).map(({ ordinal }) => ordinal)).toEqual([2, 1, 0]);
  });
});
