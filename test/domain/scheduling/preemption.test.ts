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
