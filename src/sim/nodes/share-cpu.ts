import { cpuWeight } from '../../domain/cpu-weight.js';
import type { NeighbourSpec } from '../../domain/world-spec.js';
import { micros } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { NodeCpuPort } from '../data-plane.js';
import type { Node } from './node.js';

/**
 * From now on the pods of a node share its cores by weight, with the neighbours of its pool, who come and go at their times. What a node
 * that is away would have given to neighbours shows nowhere.
 */
export function shareCpu(timeline: Timeline, node: Node, make: (cores: number) => NodeCpuPort): void {
  node.cpu = make(node.pool.cores ?? node.pool.cpuMillis / 1000);
  for (const neighbour of node.pool.neighbours ?? []) settleIn(timeline, node.cpu, neighbour);
}

function settleIn(timeline: Timeline, cpu: NodeCpuPort, neighbour: NeighbourSpec): void {
  const load = cpu.load(cpuWeight(neighbour.cpuRequestMillis));
  const from = micros(Math.max(timeline.now, neighbour.from ?? timeline.now));
  timeline.at(from, PHASE.world, () => load.use(neighbour.cores));
  if (neighbour.to !== null) timeline.at(micros(Math.max(from, neighbour.to)), PHASE.world, () => load.use(0));
}
