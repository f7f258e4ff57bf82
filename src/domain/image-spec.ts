import type { Micros } from '../kernel/micros.js';

/** The container image of a workload's pods. */
export interface ImageSpec {
  /** Images of one name are one image: a node that has pulled it for one workload has it for all. */
  readonly name: string;
  /** What a node that lacks it has to transfer. */
  readonly sizeMiB: number;
  /** `Always` asks the registry at every start of a container; what the node has already is not transferred again. */
  readonly policy: 'IfNotPresent' | 'Always';
  /** Every node has it from the beginning, as when it is baked into the node's own image. */
  readonly prepulled: boolean;
}

/** How nodes pull images. */
export interface ImagePullSpec {
  /** What one node transfers and unpacks per second, over all its pulls. */
  readonly nodeMiBPerSecond: number;
  /** What the registry serves per second, over all nodes; Infinity means no limit. */
  readonly registryMiBPerSecond: number;
  /** Pulls at once on one node: 1 is the kubelet's `serializeImagePulls`; Infinity means no limit. */
  readonly parallel: number;
  /** Time in which the registry answers what an image is, before anything is transferred. */
  readonly resolveMicros: Micros;
}
