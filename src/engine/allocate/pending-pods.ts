import { z } from 'zod';
import type { Rule } from '../../domain/decision.js';
import { zDuration, zPositiveDuration } from '../../domain/quantity.js';
import type { PlanPod } from '../../domain/scheduling/plan-pod.js';
import type { Micros } from '../../kernel/micros.js';
import type { InThought, NodeInput, NodePolicyDefinition, NodeProposal, UnplacedPods } from '../ports.js';
import { FreeNodes } from './free-nodes.js';

const zLength = z.custom<Micros>((value) => typeof value === 'number' && value >= 0);
/** Journals of before have no time-out, and their nodes always came. */
const zSettings = z.object({ emptyAfterMicros: zLength, provisionTimeoutMicros: zLength.optional() });

const schema = z
  .strictObject({
    emptyAfter: zDuration.prefault('10m').describe('A node without pods for so long is removed.'),
    provisionTimeout: zPositiveDuration
      .optional()
      .describe('A node that has not come up for so long is replaced by another; never if left out.'),
  })
  .transform(({ emptyAfter, provisionTimeout }) => ({
    emptyAfterMicros: emptyAfter,
    ...(provisionTimeout === undefined ? {} : { provisionTimeoutMicros: provisionTimeout }),
  }))
  .pipe(zSettings);

/** Nodes for the pods that fit nowhere, filled one after the other; nodes that have been empty for long go. */
export const pendingPods: NodePolicyDefinition = {
  name: 'pending-pods',
  description: 'As many more nodes as the pods that fit nowhere need; nodes without pods go after a while.',
  schema,
  create(config) {
    const { emptyAfterMicros, provisionTimeoutMicros = Infinity } = zSettings.parse(config);
    return {
      decide: (input) =>
        replace(input, provisionTimeoutMicros) ??
        outOfStock(input) ??
        grow(input) ??
        shrink(input, emptyAfterMicros) ??
        hold(input),
    };
  },
};

function hold({ specNodes, unplaced }: NodeInput): NodeProposal {
  return { desired: specNodes, remove: [], unplaced, rules: [], reason: 'held' };
}

/** Null where every node on its way may still come. */
function replace(input: NodeInput, timeoutMicros: number): NodeProposal | null {
  const { now, nodes, specNodes } = input;
  const late = nodes.filter(({ readyAt, launchedAt }) => readyAt === null && now - launchedAt > timeoutMicros);
  if (late.length === 0) return null;
  const numbers = { nodes: late.length, afterSeconds: timeoutMicros / 1e6 };
  const rules: Rule[] = [{ rule: 'provision-timeout', before: specNodes, after: specNodes, numbers }];
  return { ...hold(input), retire: late.map(({ name }) => name), rules, reason: 'provision-timeout' };
}

/**
 * Whoever keeps the number of nodes tries again by itself, so nothing more is asked for, and the pods are left to other pools; when no pod
 * waits, the nodes that did not come are not wanted any more. Null where all came that were asked for.
 */
function outOfStock(input: NodeInput): NodeProposal | null {
  const { specNodes, refused = 0, pool, unplaced } = input;
  if (refused === 0) return null;
  const desired = unplaced.length > 0 ? specNodes : Math.max(pool.minNodes, specNodes - refused);
  if (unplaced.length === 0 && desired === specNodes) return null;
  const rules: Rule[] = [{ rule: 'launch-failed', before: specNodes, after: desired, numbers: { nodes: refused } }];
  return { ...hold(input), desired, rules, reason: 'launch-failed' };
}

/** Null where every pod has a place, or no node of this pool would give it one. */
function grow(input: NodeInput): NodeProposal | null {
  const { specNodes, pool, unplaced } = input;
  const most = Math.max(0, pool.maxNodes - specNodes);
  const { nodes, left, ...rest } =
    input.inThought === undefined ? nodesFor(input, most) : nodesInThought(input.inThought, input, most);
  const pods = count(unplaced) - count(left);
  if (nodes === 0) return pods === 0 && count(unplaced) > 0 ? full(input, most) : null;
  const desired = specNodes + nodes;
  const numbers = { pods, nodes };
  const rules: Rule[] = [{ rule: 'pending-pods', before: specNodes, after: desired, numbers }];
  return { desired, remove: [], unplaced: left, ...rest, rules, reason: 'pending-pods' };
}

function full(input: NodeInput, most: number): NodeProposal {
  if (most > 0) return { ...hold(input), reason: 'pods-too-large' };
  const { specNodes, pool, unplaced } = input;
  const rule = {
    rule: 'max',
    before: specNodes,
    after: specNodes,
    numbers: { max: pool.maxNodes, pods: count(unplaced) },
  };
  return { ...hold(input), rules: [rule], reason: 'at-maximum' };
}

interface NodesFor {
  readonly nodes: number;
  readonly left: readonly UnplacedPods[];
  readonly waiting?: readonly PlanPod[];
}

/** The same by the rules of scheduling: nodes that would take none of the pods, for their taints or labels, are not asked for. */
function nodesInThought({ plan, waiting }: InThought, { pool, unplaced }: NodeInput, most: number): NodesFor {
  const { cpuMillis, memoryMiB, maxPods, labels = {}, taints = [] } = pool;
  const shape = { cpuMillis, memoryMiB, maxPods, labels, taints };
  let left = waiting;
  let nodes = 0;
  while (nodes < most && left.length > 0) {
    plan.fork();
    const node = plan.addNode({ name: `${pool.name}/new-${nodes}`, pool: pool.name, shape });
    const rest = left.filter((pod) => {
      if (plan.refusal(pod, node) !== null) return true;
      plan.place(pod, node);
      return false;
    });
    if (rest.length === left.length) {
      plan.revert();
      break;
    }
    plan.keep();
    left = rest;
    nodes += 1;
  }
  const countLeft = (name: string): number => left.filter(({ owner }) => owner === name).length;
  const still = unplaced.map(({ workload }) => ({ workload, pods: countLeft(workload.name) }));
  return { nodes, left: still.filter(({ pods }) => pods > 0), waiting: left };
}

/** The new nodes that the pods fill, first fit, and the pods that are left when `most` nodes are full, or that are too large for one. */
function nodesFor({ pool, unplaced }: NodeInput, most: number): NodesFor {
  const fresh = { cpuMillis: pool.cpuMillis, memoryMiB: pool.memoryMiB, pods: pool.maxPods };
  let left = unplaced;
  let nodes = 0;
  while (nodes < most && left.length > 0) {
    const rest = new FreeNodes([fresh]).placeAll(left);
    if (count(rest) === count(left)) break;
    left = rest;
    nodes += 1;
  }
  return { nodes, left };
}

/** Null where no node has been empty for long enough, or pods wait for one. */
function shrink({ now, pool, specNodes, nodes, unplaced }: NodeInput, emptyAfterMicros: number): NodeProposal | null {
  if (unplaced.length > 0) return null;
  const empty = nodes.filter(({ emptySince }) => emptySince !== null && now - emptySince >= emptyAfterMicros);
  const remove = empty.slice(0, Math.max(0, specNodes - pool.minNodes)).map(({ name }) => name);
  if (remove.length === 0) return null;
  const desired = specNodes - remove.length;
  const numbers = { empty: empty.length, afterSeconds: emptyAfterMicros / 1e6 };
  const rules: Rule[] = [{ rule: 'empty-nodes', before: specNodes, after: desired, numbers }];
  return { desired, remove, unplaced, rules, reason: 'empty-nodes' };
}

function count(unplaced: readonly UnplacedPods[]): number {
  return unplaced.reduce((sum, { pods }) => sum + pods, 0);
}
