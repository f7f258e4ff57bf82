import { ZONE_LABEL } from '../../../../src/domain/scheduling/labels.js';
import type { PlanPod } from '../../../../src/domain/scheduling/plan-pod.js';
import type { ScalableNode, ScalablePool, ScalingInput } from '../../../../src/engine/ports/scaling-input.js';
import type { ScalingProposal } from '../../../../src/engine/ports/scaling-proposal.js';
import { micros, seconds } from '../../../../src/kernel/micros.js';
import { shape } from '../../../domain/scheduling/fixture.js';

/** A pool of nodes of so many cores, with 4 GiB for each. */
export function pool(name: string, cores: number, more: Partial<ScalablePool> = {}): ScalablePool {
  return {
    name,
    owned: true,
    minNodes: 0,
    maxNodes: 20,
    specNodes: 0,
    shape: shape(cores * 1000, cores * 4096, { labels: { [ZONE_LABEL]: 'a' } }),
    instanceType: `type-${cores}`,
    capacityType: 'on-demand',
    pricePerHour: cores * 0.05,
    nodePool: 'default',
    ...more,
  };
}

/** A node that has been up from the beginning. */
export function node(
  name: string,
  poolName: string,
  pods: readonly PlanPod[] = [],
  more: Partial<ScalableNode> = {},
): ScalableNode {
  return {
    name,
    pool: poolName,
    launchedAt: micros(0),
    readyAt: micros(0),
    unhealthySince: null,
    leaving: false,
    pods,
    ...more,
  };
}

/** A tick; pools without a number of their own ask for the nodes there are. */
export function at(
  second: number,
  pools: readonly ScalablePool[],
  nodes: readonly ScalableNode[],
  more: Partial<ScalingInput> = {},
): ScalingInput {
  const counted = pools.map((found) => {
    const there = nodes.filter((one) => one.pool === found.name && !one.leaving).length;
    return { ...found, specNodes: Math.max(found.specNodes, there) };
  });
  return {
    now: seconds(second),
    originEpochMicros: 0,
    pools: counted,
    nodes,
    pending: [],
    budgets: [],
    failures: [],
    ...more,
  };
}

/** What is to become of one pool. */
export function of(proposal: ScalingProposal, name: string) {
  const found = proposal.pools.find((one) => one.pool === name);
  if (found === undefined) throw new Error(`no proposal for ${name}`);
  return found;
}
