import type { WorldSpec } from '../../src/domain/world-spec.js';
import type { PathComparison, PathOptions, PathResize } from './compare-paths.js';
import { comparePaths } from './compare-paths.js';
import type { EndpointChange } from './naive-pods.js';

/** A world to run both simulators through. */
export interface PathWorld {
  readonly name: string;
  readonly make: (requests: number) => WorldSpec;
  /** Pods that come and go in it; absent where they stay. */
  readonly changes?: (world: WorldSpec) => readonly EndpointChange[];
  /** Pods that get other resources in it; absent where they keep theirs. */
  readonly resizes?: (world: WorldSpec) => readonly PathResize[];
}

/** Runs both simulators through a world of about so many requests. */
export function compareWorld(
  { make, changes, resizes }: PathWorld,
  requests: number,
  options: PathOptions = {},
): PathComparison {
  const world = make(requests);
  return comparePaths(world, { ...options, changes: changes?.(world), resizes: resizes?.(world) });
}
