import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClusterPlan } from '../../../src/domain/scheduling/cluster-plan.js';
import { RemainingBudgets } from '../../../src/domain/scheduling/disruption-budget.js';
import { ZONE_LABEL } from '../../../src/domain/scheduling/labels.js';
import { bestNode, scoreNodes } from '../../../src/domain/scheduling/node-score.js';
import { findPreemption } from '../../../src/domain/scheduling/preemption.js';
import { micros } from '../../../src/kernel/micros.js';
import { needs, pod, pods, shape, spread } from './fixture.js';

const important = pod('important', needs(600, 0, { priority: 100 }));

function planWith(
  nodes: Readonly<Record<string, readonly (readonly [name: string, cpu: number, priority: number])[]>>,
) {
  const plan = new ClusterPlan();
  for (const [name, members] of Object.entries(nodes)) {
    const node = plan.addNode({ name, pool: null, shape: shape(1000) });
    members.forEach(([podName, cpu, priority], i) => {
      plan.place(pod(podName, needs(cpu, 0, { priority }), { startedAt: micros(i) }), node);
    });
  }
  return plan;
}

describe('preemption', () => {
  test('as few as possible go, the least important of them', () => {
    const plan = planWith({
      n: [
        ['low', 300, 1],
        ['middle', 300, 5],
        ['large', 400, 3],
      ],
    });
    const found = findPreemption(plan, important, []);
    expect(found?.victims.map(({ name }) => name)).toEqual(['large', 'low']);
    expect(plan.node('n')?.pods.map(({ name }) => name)).toEqual(['low', 'middle', 'large']);
  });

  test('the node where it hurts least: budgets before priority before numbers', () => {
    const plan = planWith({
      kept: [['guarded', 900, 0]],
      high: [['h', 900, 9]],
      low: [
        ['l1', 500, 2],
        ['l2', 500, 2],
      ],
    });
    const guard = { name: 'guard', selector: { matchLabels: { guard: 'yes' } }, allowed: 0 };
    expect(findPreemption(plan, important, [guard])?.node.name).toBe('kept');
    const everyone = { name: 'all', selector: {}, allowed: 1 };
    expect(findPreemption(plan, important, [everyone])?.node.name).toBe('kept');
    const none = planWith({
      high: [['h', 900, 9]],
      low: [
        ['l1', 500, 2],
        ['l2', 500, 2],
      ],
    });
    expect(findPreemption(none, important, [])?.node.name).toBe('low');
    expect(findPreemption(none, important, [everyone])?.node.name).toBe('high');
  });

  test('equals and betters stay, and whoever may not drive others out does not', () => {
    const plan = planWith({ n: [['same', 600, 100]] });
    expect(findPreemption(plan, important, [])).toBeNull();
    const low = planWith({ n: [['low', 600, 1]] });
    expect(findPreemption(low, pod('shy', { ...important.requirements, preempts: false }), [])).toBeNull();
    expect(findPreemption(low, pod('huge', needs(2000, 0, { priority: 100 })), [])).toBeNull();
  });

  describe('of many nodes', () => {
    const many = (count: number, priorityOf: (i: number) => number): ClusterPlan =>
      planWith(Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, [[`p${i}`, 900, priorityOf(i)]]])));
    const at = (name: string): number => Number(name.slice(1));

    test('up to a hundred are all looked at', () => {
      for (const best of [0, 57, 99]) {
        const plan = many(100, (i) => (i === best ? 1 : 5));
        expect(findPreemption(plan, important, [])?.node.name).toBe(`n${best}`);
      }
    });

    test('a hundred of a thousand are, from one on that is drawn by the name of the pod, round and round', () => {
      // The later a node, the less important its pod: the last of those looked at wins, wherever the first was.
      const plan = many(1000, (i) => 99 - Math.floor(i / 11));
      const nodeFor = (name: string): number => {
        const found = findPreemption(plan, pod(name, important.requirements), []);
        return found === null ? NaN : at(found.node.name);
      };
      const names = Array.from({ length: 60 }, (_, i) => `web-${i}`);
      const found = names.map(nodeFor);
      expect(names.map(nodeFor)).toEqual(found);
      expect(new Set(found).size).toBeGreaterThan(30);
      // Every stretch of a hundred nodes that does not wrap around ends within eleven nodes of its best.
      expect(Math.min(...found)).toBeGreaterThanOrEqual(89);
      expect(found.filter((node) => node < 900).length).toBeGreaterThan(30);
    });

    test('a tenth is where there are more than a thousand', () => {
      let asked = 0;
      const plan = many(3000, () => 1);
      findPreemption(plan, important, [], (one, node) => {
        asked += 1;
        return plan.refusal(one, node);
      });
      // Once each to find out where room could be made; then, of three hundred, without and with the pod that is there.
      expect(asked).toBe(3000 + 2 * 300);
    });

    test('the search goes on as long as a budget would be broken', () => {
      const plan = new ClusterPlan();
      for (let i = 0; i < 400; i += 1) {
        const node = plan.addNode({ name: `n${i}`, pool: null, shape: shape(1000) });
        const labels = { guard: i === 333 ? 'no' : 'yes' };
        plan.place(pod(`p${i}`, needs(900, 0, { priority: 1, labels })), node);
      }
      const guard = { name: 'guard', selector: { matchLabels: { guard: 'yes' } }, allowed: 0 };
      for (const name of ['a', 'b', 'c']) {
        const found = findPreemption(plan, pod(name, important.requirements), [guard]);
        expect(found).toMatchObject({ node: { name: 'n333' }, violations: 0 });
      }
    });
  });

  test('whoever stays leaves room for the pod, and nobody could have stayed besides', () => {
    const member = fc.tuple(fc.integer({ min: 50, max: 400 }), fc.integer({ min: 0, max: 120 }));
    fc.assert(
      fc.property(fc.array(member, { maxLength: 6 }), (members) => {
        const plan = planWith({ n: members.map(([cpu, priority], i) => [`p${i}`, cpu, priority] as const) });
        const found = findPreemption(plan, important, []);
        const node = plan.node('n');
        if (found === null || node === null) return;
        for (const victim of found.victims) plan.take(victim, node);
        expect(plan.refusal(important, node)).toBeNull();
        for (const victim of found.victims) {
          expect(victim.requirements.priority).toBeLessThan(100);
          plan.place(victim, node);
          expect(plan.refusal(important, node)).not.toBeNull();
          plan.take(victim, node);
        }
      }),
      { seed: 3 },
    );
  });
});

describe('disruption budgets', () => {
  test('one that allows none blocks, one that allows fewer makes it take turns', () => {
    const budgets = new RemainingBudgets([{ name: 'web', selector: { matchLabels: { app: 'web' } }, allowed: 2 }]);
    const members = pods(3, needs(1));
    expect(budgets.judge(members.slice(0, 2))).toEqual({ blockedBy: null, atOnce: true });
    expect(budgets.judge(members)).toEqual({ blockedBy: null, atOnce: false });
    budgets.evict(members.slice(0, 2));
    expect(budgets.judge(members.slice(2))).toEqual({ blockedBy: 'web', atOnce: false });
    expect(budgets.judge([pod('other', needs(1, 0, { labels: {} }))])).toEqual({ blockedBy: null, atOnce: true });
  });
});

describe('scores', () => {
  const plan = new ClusterPlan();
  const zone = (name: string) => ({ labels: { [ZONE_LABEL]: name } });
  const full = plan.addNode({ name: 'full', pool: null, shape: shape(1000, 1000, zone('a')) });
  const empty = plan.addNode({ name: 'empty', pool: null, shape: shape(1000, 1000, zone('b')) });
  const slow = { key: 'slow', value: '', effect: 'PreferNoSchedule' } as const;
  const shunned = plan.addNode({ name: 'shunned', pool: null, shape: shape(1000, 1000, { taints: [slow] }) });
  for (const other of pods(4, needs(100, 100))) plan.place(other, full);

  test('room or fullness decide, advice against a node more', () => {
    const plain = pod('p', needs(100, 100));
    expect(bestNode(plan, plain, [full, empty], 'least-allocated')?.name).toBe('empty');
    expect(bestNode(plan, plain, [full, empty], 'most-allocated')?.name).toBe('full');
    expect(bestNode(plan, plain, [shunned, full], 'least-allocated')?.name).toBe('full');
    // Taints 3 x 100, balance 100, fit 90 and 50: (100 of 1000), (500 of 1000).
    expect(scoreNodes(plan, plain, [empty, full], 'least-allocated')).toEqual([490, 450]);
  });

  test('preferred labels and soft spread pull', () => {
    const term = [{ key: ZONE_LABEL, operator: 'In', values: ['a'] }] as const;
    const toA = pod('p', needs(100, 100, { preferredNodes: [{ weight: 50, term }] }));
    expect(bestNode(plan, toA, [empty, full], 'least-allocated')?.name).toBe('full');
    const soft = spread(ZONE_LABEL, 1, { whenUnsatisfiable: 'ScheduleAnyway' });
    const evenly = pod('p', needs(100, 100, { spread: [soft] }));
    expect(plan.refusal(evenly, full)).toBeNull();
    expect(bestNode(plan, evenly, [full, empty], 'most-allocated')?.name).toBe('empty');
    expect(bestNode(plan, evenly, [], 'most-allocated')).toBeNull();
  });
});
