import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClusterPlan } from '../../../../src/domain/scheduling/cluster-plan.js';
import { HOSTNAME_LABEL } from '../../../../src/domain/scheduling/labels.js';
import type { PlanPod } from '../../../../src/domain/scheduling/plan-pod.js';
import { ClusterAutoscaler } from '../../../../src/engine/allocate/cluster-autoscaler/cluster-autoscaler.js';
import { zClusterAutoscaler } from '../../../../src/engine/allocate/cluster-autoscaler/settings.js';
import { Karpenter } from '../../../../src/engine/allocate/karpenter/karpenter.js';
import { zKarpenter } from '../../../../src/engine/allocate/karpenter/settings.js';
import type { ScalableNode, ScalingInput } from '../../../../src/engine/ports/scaling-input.js';
import type { NodeScaler, ScalingProposal } from '../../../../src/engine/ports/scaling-proposal.js';
import { seconds } from '../../../../src/kernel/micros.js';
import { needs, pod, spread } from '../../../domain/scheduling/fixture.js';
import { at, node, pool } from './fixture.js';

const kinds = [
  needs(300, 200),
  needs(900, 3000),
  needs(200, 200, { spread: [spread(HOSTNAME_LABEL, 2)] }),
  needs(400, 100, {
    antiAffinity: [{ selector: { matchLabels: { app: 'db' } }, topologyKey: HOSTNAME_LABEL }],
    labels: { app: 'db' },
  }),
  needs(3000, 6000),
];
const pools = [
  pool('small', 2, { maxNodes: 6 }),
  pool('middle', 4, { maxNodes: 4, minNodes: 1 }),
  pool('large', 8, { maxNodes: 2 }),
];
const scalers: Readonly<Record<string, () => NodeScaler>> = {
  'cluster autoscaler': () =>
    new ClusterAutoscaler(
      zClusterAutoscaler.parse({ scaleDownDelayAfterAdd: '1m', scaleDownUnneededTime: '1m', maxDrainParallelism: 3 }),
      1,
    ),
  Karpenter: () => new Karpenter(zKarpenter.parse({ budgets: [{ nodes: 2 }] })),
};

/** A world whose nodes take 30 seconds to come up, with pods that come and go. */
class World {
  nodes: ScalableNode[] = [node('m0', 'middle')];
  pending: PlanPod[] = [];
  private made = 0;

  arrive(kind: number): void {
    this.made += 1;
    this.pending.push(pod(`p${this.made}`, kinds[kind]));
  }

  depart(which: number): void {
    const target = this.nodes.at(which % Math.max(1, this.nodes.length));
    this.nodes = this.nodes.map((one) => (one === target ? { ...one, pods: one.pods.slice(1) } : one));
  }

  input(second: number): ScalingInput {
    this.nodes = this.nodes.map((one) => {
      return one.readyAt === null && seconds(second) - one.launchedAt >= 30e6
        ? { ...one, readyAt: seconds(second) }
        : one;
    });
    this.schedule();
    return at(second, pools, this.nodes, { pending: this.pending });
  }

  apply(second: number, { pools: proposals }: ScalingProposal): void {
    const gone = new Set(proposals.flatMap(({ remove }) => remove));
    this.pending.push(...this.nodes.filter(({ name }) => gone.has(name)).flatMap(({ pods }) => pods));
    this.nodes = this.nodes.filter(({ name }) => !gone.has(name));
    for (const { pool: name, desired } of proposals) {
      for (let there = this.nodes.filter((one) => one.pool === name).length; there < desired; there += 1) {
        this.made += 1;
        this.nodes.push(node(`n${this.made}`, name, [], { launchedAt: seconds(second), readyAt: null }));
      }
    }
  }

  /** First fit, by the predicates. */
  private schedule(): void {
    const plan = planOf(this.nodes.filter(({ readyAt }) => readyAt !== null));
    this.pending = this.pending.filter((waiting) => {
      const found = [...plan.nodes()].find((one) => plan.refusal(waiting, one) === null);
      if (found !== undefined) plan.place(waiting, found);
      return found === undefined;
    });
    this.nodes = this.nodes.map((one) => ({ ...one, pods: [...(plan.node(one.name)?.pods ?? one.pods)] }));
  }
}

function planOf(nodes: readonly ScalableNode[]): ClusterPlan {
  const plan = new ClusterPlan();
  for (const { name, pool: poolName, pods } of nodes) {
    const found = pools.find((one) => one.name === poolName);
    if (found === undefined) continue;
    const planned = plan.addNode({ name, pool: poolName, shape: found.shape });
    for (const there of pods) plan.place(there, planned);
  }
  return plan;
}

/** Every pod of the nodes that go has a place on those that are up and stay, all of them at once. */
function allMoveElsewhere({ nodes }: ScalingInput, gone: ReadonlySet<string>): boolean {
  const plan = planOf(nodes.filter(({ readyAt }) => readyAt !== null));
  const moving = [...plan.nodes()]
    .filter(({ name }) => gone.has(name))
    .flatMap((one) => {
      const pods = [...one.pods];
      for (const there of pods) plan.take(there, one);
      plan.close(one);
      return pods;
    });
  return moving
    .sort(
      (a, b) =>
        b.requirements.cpuMillis - a.requirements.cpuMillis || b.requirements.memoryMiB - a.requirements.memoryMiB,
    )
    .every((waiting) => {
      const found = [...plan.nodes()].find((one) => plan.refusal(waiting, one) === null);
      if (found !== undefined) plan.place(waiting, found);
      return found !== undefined;
    });
}

const cost = (nodes: readonly ScalableNode[]): number =>
  nodes.reduce((sum, one) => sum + (pools.find(({ name }) => name === one.pool)?.pricePerHour ?? 0), 0);

const event = fc.oneof(
  fc.record({ arrive: fc.nat(kinds.length - 1), times: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ depart: fc.nat(20), times: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ wait: fc.integer({ min: 5, max: 40 }) }),
);

describe.each(Object.keys(scalers))('%s', (name) => {
  test('keeps within bounds, repeats itself, bounds its churn and removes no node whose pods have no other place', () => {
    let drained = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 20, maxLength: 40 }), (events) => {
        const world = new World();
        const scaler = scalers[name]();
        let second = 0;
        for (const happening of events) {
          for (let i = 0; 'times' in happening && i < happening.times; i += 1) {
            if ('arrive' in happening) world.arrive(happening.arrive);
            else world.depart(happening.depart + i);
          }
          for (let tick = 0; tick < ('wait' in happening ? happening.wait : 1); tick += 1) {
            second += 10;
            const input = world.input(second);
            const proposal = scaler.decide(input);
            expect(scaler.decide(input)).toEqual(proposal);
            proposal.pools.forEach(({ desired, remove }, i) => {
              expect(desired).toBeGreaterThanOrEqual(pools[i].minNodes);
              expect(desired).toBeLessThanOrEqual(pools[i].maxNodes);
              expect(input.pools[i].specNodes - remove.length).toBeLessThanOrEqual(desired);
            });
            const gone = proposal.pools.flatMap(({ remove }) => remove);
            expect(new Set(gone).size).toBe(gone.length);
            if (name === 'Karpenter') expect(gone.length).toBeLessThanOrEqual(2);
            drained += input.nodes.filter((one) => gone.includes(one.name) && one.pods.length > 0).length;
            if (gone.length > 0) expect(allMoveElsewhere(input, new Set(gone))).toBe(true);
            world.apply(second, proposal);
          }
        }
      }),
      { seed: 11, numRuns: 15 },
    );
    // Worlds in which no node with pods is ever removed would prove little.
    expect(drained).toBeGreaterThan(10);
  });

  test('never asks for more than there is money for, and asks for what there is money for', () => {
    let held = 0;
    let bought = 0;
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 10, maxLength: 25 }),
        fc.double({ min: 0.1, max: 1.2, noNaN: true }),
        (events, budget) => {
          const world = new World();
          const scaler = scalers[name]();
          let second = 0;
          for (const happening of events) {
            for (let i = 0; 'times' in happening && i < happening.times; i += 1) {
              if ('arrive' in happening) world.arrive(happening.arrive);
              else world.depart(happening.depart + i);
            }
            for (let tick = 0; tick < ('wait' in happening ? happening.wait : 1); tick += 1) {
              second += 10;
              const before = cost(world.nodes);
              const input = { ...world.input(second), nodesPerHour: budget - before };
              const proposal = scaler.decide(input);
              world.apply(second, proposal);
              const after = cost(world.nodes);
              expect(after).toBeLessThanOrEqual(Math.max(budget, before) + 1e-6);
              held += proposal.pools.filter(({ rules }) => rules.some(({ rule }) => rule === 'budget')).length;
              if (after > before) bought += 1;
            }
          }
        },
      ),
      { seed: 13, numRuns: 20 },
    );
    expect(held).toBeGreaterThan(50);
    expect(bought).toBeGreaterThan(20);
  });

  test('left alone, every pod that some pool could hold gets a place, cost never rises again, and all comes to rest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(kinds.length - 1), { maxLength: 14 }), (arrivals) => {
        const world = new World();
        const scaler = scalers[name]();
        for (const kind of arrivals) world.arrive(kind);
        const costs: number[] = [];
        let last: ScalingProposal | null = null;
        for (let second = 10; second <= 12_000; second += 10) {
          last = scaler.decide(world.input(second));
          world.apply(second, last);
          costs.push(cost(world.nodes));
        }
        expect(world.pending).toEqual([]);
        expect(last?.pools.flatMap(({ remove }) => remove)).toEqual([]);
        expect(costs.slice(-300).every((one) => one === costs.at(-1))).toBe(true);
        const settled = costs[20];
        expect(costs.at(-1)).toBeLessThanOrEqual(settled + 1e-9);
      }),
      { seed: 12, numRuns: 10 },
    );
  });
});
