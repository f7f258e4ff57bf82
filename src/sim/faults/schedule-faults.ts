import type { FaultSpec, KillNode, ZoneOutage } from '../../domain/fault-spec.js';
import { micros } from '../../kernel/micros.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import type { Node } from '../nodes/node.js';
import { failNode } from '../nodes/fail-node.js';
import { returnNode } from '../nodes/return-node.js';
import { ActiveFactors } from './active-factors.js';
import { chooseVictims } from './choose-victims.js';
import { during, type FaultTargets, once } from './fault-targets.js';
import { noisyNeighbour } from './noisy-neighbour.js';
import { scheduleWorkloadFault, type WorkloadFault } from './schedule-workload-fault.js';

/**
 * Puts all faults on the agenda, in the world phase of their instants.
 *
 * Draws are keyed by the fault's kind, its target and its position among the faults of that kind and target, not by its time: another fault
 * elsewhere in the list, or the same one at another time, meets the same pods.
 */
export function scheduleFaults(targets: FaultTargets, faults: readonly FaultSpec[], streams: Streams): void {
  const slowed = new Map<string, ActiveFactors>();
  const counts = new Map<string, number>();
  for (const fault of faults) {
    const target = `${fault.kind}/${targetOf(fault)}`;
    const position = counts.get(target) ?? 0;
    counts.set(target, position + 1);
    const random = streams.stream('fault', `${target}#${position}`);
    if ('workload' in fault) scheduleWorkloadFault(targets, fault, random);
    else scheduleOther(targets, fault, random, slowed);
  }
}

function targetOf(fault: FaultSpec): string {
  if ('workload' in fault) return fault.workload;
  if ('zone' in fault) return fault.zone;
  return 'dependency' in fault ? fault.dependency : '';
}

function scheduleOther(
  targets: FaultTargets,
  fault: Exclude<FaultSpec, WorkloadFault>,
  random: KeyedRandom,
  slowed: Map<string, ActiveFactors>,
): void {
  switch (fault.kind) {
    case 'killNode':
      once(targets, fault.at, () => killNodes(targets, fault, random));
      break;
    case 'zoneOutage':
      once(targets, fault.at, () => failZone(targets, fault));
      break;
    case 'slowDependency': {
      const factors = slowed.get(fault.dependency) ?? new ActiveFactors();
      slowed.set(fault.dependency, factors);
      during(targets, fault, (by) => {
        factors.change(fault.factor, by);
        targets.dependency(fault.dependency).slow(factors.product);
      });
      break;
    }
    case 'network':
      break; // The request path knows it beforehand.
    case 'capacityShortage':
    case 'failedBoot':
      break; // The supply of machines knows it beforehand.
    case 'noisyNeighbour':
      noisyNeighbour(targets, fault, random);
      break;
    default:
      during(targets, fault, (by) => targets.metrics.change(fault.kind, by));
  }
}

function killNodes({ context, cluster, habits }: FaultTargets, fault: KillNode, random: KeyedRandom): void {
  const live = cluster.nodes.filter((node) => node.alive);
  const victims = chooseVictims(live, fault, random, (node) => cluster.nodes.indexOf(node));
  for (const node of victims) {
    node.removedAt = context.timeline.now;
    node.removalReason = 'lost';
    failNode(context, cluster, habits, node);
  }
}

/**
 * Nodes that have died otherwise stay dead when the zone comes back. Nodes on their way up are lost as well, and come up anew; those asked for
 * while the zone is away are refused: see MachineSupply.
 */
function failZone(targets: FaultTargets, { zone, durationMicros }: ZoneOutage): void {
  const { context, cluster, habits } = targets;
  const { now } = context.timeline;
  const inZone = cluster.nodes.filter((node) => node.pool.zone === zone);
  const victims = inZone.filter((node) => node.alive);
  const unborn = inZone.filter(({ state }) => UNBORN.has(state));
  for (const node of [...victims, ...unborn]) {
    if (durationMicros === null) {
      node.removedAt = now;
      node.removalReason = 'lost';
    } else node.outages.push({ from: now, to: null });
  }
  for (const node of victims) failNode(context, cluster, habits, node);
  for (const node of unborn) {
    node.state = 'absent';
    node.returns += 1;
    if (durationMicros === null) cluster.groupOf(node)?.lost(node, now);
  }
  if (durationMicros === null) return;
  once(targets, micros(now + durationMicros), (back) => {
    for (const { outages } of [...victims, ...unborn]) outages[outages.length - 1].to = back;
    for (const node of victims) if (node.state !== 'gone') returnNode(context, cluster, node);
    for (const node of unborn) if (node.state === 'absent') cluster.bringUp(node);
  });
}

/** Machines that take no pods yet. */
const UNBORN: ReadonlySet<Node['state']> = new Set(['provisioning', 'booting', 'warm']);
