import type { PodSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';

/** A pod has nothing left to give when its workers, or its cores, were busy for this share of a step. */
const SATURATED = 0.95;

/** How busy the pods of a workload were in a step that were ready from its beginning to its end. */
export interface Saturation {
  /** Of their workers or cores, over all of them; NaN where there were none. */
  readonly busyShare: number;
  /** How many of them were saturated. */
  readonly saturated: number;
  /** Of those, how many stood in each zone. */
  readonly byZone: ReadonlyMap<string, number>;
}

/** Ends a step of the given length for the pods of a workload, and starts the next. */
export function takeSaturation(pods: Iterable<Pod>, now: Micros, lengthMicros: number): Saturation {
  const byZone = new Map<string, number>();
  let [busy, room, saturated] = [0, 0, 0];
  for (const pod of pods) {
    const places = placesOf(pod.spec);
    const more = servedSince(pod);
    if (!(more >= 0) || (pod.readySince ?? Infinity) > now - lengthMicros) continue;
    busy += more;
    room += places * lengthMicros;
    if (more < SATURATED * places * lengthMicros) continue;
    saturated += 1;
    const zone = pod.node?.pool.zone;
    if (zone !== undefined) byZone.set(zone, (byZone.get(zone) ?? 0) + 1);
  }
  return { busyShare: busy / room, saturated, byZone };
}

/** What a pod's process has served since it was asked last, in microseconds; NaN where it was not there then. */
function servedSince(pod: Pod): number {
  const served = pod.running && pod.process !== null ? pod.process.servedMicros() : NaN;
  const before = pod.servedBefore;
  pod.servedBefore = served;
  return served - before;
}

/** Workers, or cores that its requests may share. */
function placesOf({ serving }: PodSpec): number {
  if (serving.discipline === 'fcfs' || serving.discipline === 'per-request') return serving.concurrency;
  return Math.min(serving.cpuCores, serving.discipline === 'cfs' ? (serving.quota?.cores ?? Infinity) : Infinity);
}
