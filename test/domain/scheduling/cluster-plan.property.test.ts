import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClusterPlan } from '../../../src/domain/scheduling/cluster-plan.js';
import { HOSTNAME_LABEL, ZONE_LABEL } from '../../../src/domain/scheduling/labels.js';
import type { NodePlan } from '../../../src/domain/scheduling/node-plan.js';
import type { PlanPod } from '../../../src/domain/scheduling/plan-pod.js';
import { needs, pod, shape, spread } from './fixture.js';

const kinds = [
  needs(100, 10),
  needs(100, 10, { spread: [spread(ZONE_LABEL, 1), spread(HOSTNAME_LABEL, 2, { minDomains: 3 })] }),
  needs(50, 10, { affinity: [{ selector: { matchLabels: { app: 'web' } }, topologyKey: ZONE_LABEL }] }),
  needs(50, 10, { antiAffinity: [{ selector: {}, topologyKey: HOSTNAME_LABEL }], labels: { app: 'loner' } }),
  needs(10, 10, { hostPorts: [{ protocol: 'TCP', port: 80 }] }),
];

const zoneB = { labels: { [ZONE_LABEL]: 'b' } };

type Step =
  | { readonly what: 'node'; readonly zone: string }
  | { readonly what: 'pod'; readonly kind: number; readonly at: number }
  | { readonly what: 'take' | 'close' | 'ask' | 'reshape'; readonly at: number }
  | { readonly what: 'fork' | 'revert' | 'keep' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ what: fc.constant('node' as const), zone: fc.constantFrom('a', 'b', 'c') }),
  fc.record({ what: fc.constant('pod' as const), kind: fc.nat(kinds.length - 1), at: fc.nat(30) }),
  fc.record({
    what: fc.constantFrom('take' as const, 'close' as const, 'ask' as const, 'reshape' as const),
    at: fc.nat(30),
  }),
  fc.record({ what: fc.constantFrom('fork' as const, 'revert' as const, 'keep' as const) }),
);

/** Everything that a plan answers, from what it holds. */
function answers(plan: ClusterPlan): unknown {
  const probes: PlanPod[] = kinds.map((kind, i) => pod(`probe-${i}`, kind));
  return [...plan.nodes()].map((node) => ({
    name: node.name,
    open: node.open,
    pods: node.pods.map(({ name }) => name),
    cpu: node.usedCpuMillis,
    refusals: probes.map((probe) => plan.refusal(probe, node)),
  }));
}

/** The same nodes and pods, put together at once. */
function copy(plan: ClusterPlan): ClusterPlan {
  const made = new ClusterPlan();
  for (const { name, pool, shape: size, pods, open } of plan.nodes()) {
    const node = made.addNode({ name, pool, shape: size });
    for (const there of pods) made.place(there, node);
    if (!open) made.close(node);
  }
  return made;
}

/** Does one thing to a node. */
function change(plan: ClusterPlan, node: NodePlan, move: Extract<Step, { at: number }>, made: number): void {
  const some = node.pods.at(move.at % Math.max(1, node.pods.length));
  if (move.what === 'pod') plan.place(pod(`p${made}`, kinds[move.kind]), node);
  else if (move.what === 'take' && some !== undefined) plan.take(some, node);
  else if (move.what === 'close') plan.close(node);
  else if (move.what === 'reshape' && node.pods.length === 0) plan.reshape(node, 'other', shape(500, 64, zoneB));
  else answers(plan);
}

test('however it came about, a plan answers as one put together at once; what is reverted leaves no trace', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const plan = new ClusterPlan();
      const forks: unknown[] = [];
      let made = 0;
      const nodeAt = (at: number) => [...plan.nodes()].at(at % Math.max(1, [...plan.nodes()].length));
      for (const move of steps) {
        made += 1;
        if (move.what === 'node') {
          plan.addNode({
            name: `n${made}`,
            pool: null,
            shape: shape(1000, 1024, { labels: { [ZONE_LABEL]: move.zone } }),
          });
        } else if (move.what === 'fork') {
          forks.push(answers(plan));
          plan.fork();
        } else if (move.what === 'revert' || move.what === 'keep') {
          if (forks.length === 0) continue;
          const before = forks.pop();
          plan[move.what]();
          if (move.what === 'revert') expect(answers(plan)).toEqual(before);
        } else if ('at' in move) {
          const node = nodeAt(move.at);
          if (node === undefined) continue;
          change(plan, node, move, made);
        }
      }
      expect(answers(plan)).toEqual(answers(copy(plan)));
    }),
    { seed: 7, numRuns: 200 },
  );
});
