import type { PodSpec, ServingSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { micros } from '../../src/kernel/micros.js';
import { planeWorld, podWorkload } from '../sim/requests/plane-world.js';
import type { PathResize } from './compare-paths.js';
import { bounded, client, end, jittered, MEAN, PODS, traffic } from './path-worlds.js';
import type { PathWorld } from './path-world.js';

/** From one resize to the next: neither a multiple nor a part of a period. */
const EVERY = 17_317;

/** CPU limits that pods get one after the other, in cores; null is none. */
const LIMITS = [1, 3, null, 2.5, 0.7, 2, null, 1.5] as const;

function servingWith(serving: ServingSpec, limit: number | null): ServingSpec {
  if (serving.discipline === 'processor-sharing') return { ...serving, cpuCores: limit ?? 4 };
  const { quota, ...rest } = serving;
  if (limit === null) return rest;
  return { ...rest, quota: { cores: limit, periodMicros: quota?.periodMicros ?? micros(MEAN * 2.5) } };
}

function resizes({ workloads: [{ pod }], durationMicros }: WorldSpec): readonly PathResize[] {
  return Array.from({ length: Math.floor(durationMicros / EVERY) }, (_, i): PathResize => {
    const spec: PodSpec = { ...pod, serving: servingWith(pod.serving, LIMITS[i % LIMITS.length]) };
    return { at: micros((i + 1) * EVERY), pod: i % PODS, spec };
  });
}

/** A world, and how its pods are resized. */
interface ResizingWorld extends PathWorld {
  readonly resizes: (world: WorldSpec) => readonly PathResize[];
}

/** Pods whose CPU limit changes while they serve, in the midst of periods, throttled or not. */
export const resizingWorlds: readonly ResizingWorld[] = (['processor-sharing', 'cfs'] as const).map((discipline) => ({
  name: `resized in place, ${discipline}, power-of-two, time-outs`,
  resizes,
  make: (requests) => {
    const parts = { client: client(MEAN * 6, true, jittered(MEAN)), mean: MEAN };
    const source = traffic(requests, { ...parts, places: 2.9 });
    const app = podWorkload('app', { count: PODS, policy: 'power-of-two' }, bounded[discipline]);
    return planeWorld({ seed: 16, endMicros: end(source), traffic: [source], workloads: [app] });
  },
}));
