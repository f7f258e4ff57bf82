import type { HostOfProcess } from '../data-plane.js';
import type { Node } from '../nodes/node.js';

/** A node as the host of processes; a platform without nodes is as fast as CPU times are written for. */
export function hostOf(node: Node | null): HostOfProcess {
  if (node === null) return { speed: 1 };
  const { pool, cpu } = node;
  return { speed: pool.cpuSpeed, place: pool, ...(cpu === null ? {} : { cpu }) };
}

/** Name of the place of pods on a platform without nodes. */
export const NO_NODE = 'serverless';
