import { requestsCanExceedMemory } from '../../domain/memory-use.js';
import { podsOf } from '../../domain/pods-of.js';
import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { PHASE } from '../../kernel/timeline.js';
import type { Pod } from '../pods/pod.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import type { SimContext } from '../sim-context.js';
import { firstInstant } from './first-instant.js';
import { containerMemoryMiB, podMemoryMiB } from './pod-memory.js';

/** A container whose idle memory is beyond its limit lives this long: what it loads takes a moment. */
const MOMENT = seconds(1);

/** Requests on board are let grow to so many, or to twice as many as there are, before memory is looked at again. */
const HEADROOM = 16;

/**
 * Kills the containers of a workload at the instant at which they use more memory than their limit, from the start on; a pod that was asked to
 * stop is gone with its container, any other has it started again. Where there is no limit nothing happens, and where there will be none
 * nothing is watched.
 *
 * Requests on board are watched by the request path, which stops at the first one too many; growth is known beforehand. A peak that begins
 * and ends within one microsecond kills nothing.
 */
export function watchLimits(context: SimContext, { spec, lifecycle }: SimWorkload): void {
  if (spec.resourcesChange !== true && podsOf(spec).every(({ memoryLimitMiB }) => memoryLimitMiB === undefined)) return;
  const kill = (pod: Pod, now: Micros): void => {
    const memoryMiB = Math.round(podMemoryMiB(pod, now) * 1000) / 1000;
    context.emit({ type: 'containerOomKilled', at: now, workload: pod.workload, pod: pod.name, memoryMiB });
    if (pod.active) lifecycle.exit(pod, 'OOMKilled', now);
    else lifecycle.remove(pod, 'OOMKilled', 'failure', now);
  };
  const watches = new WeakMap<Pod, MemoryWatch>();
  lifecycle.started.ask((pod, now) => {
    const watch = new MemoryWatch(context, pod, kill);
    watches.set(pod, watch);
    watch.begin(now);
  });
  lifecycle.resized.ask((pod, now) => watches.get(pod)?.look(now));
}

/** Watches one container from its start to its end. */
class MemoryWatch {
  private readonly process;
  private readonly startedAt;
  private limited = false;

  constructor(
    private readonly context: SimContext,
    private readonly pod: Pod,
    private readonly kill: (pod: Pod, now: Micros) => void,
  ) {
    this.process = pod.process;
    this.startedAt = pod.runningSince ?? context.timeline.now;
  }

  begin(now: Micros): void {
    if (this.exceeds(now, 0)) this.lookAt(micros(now + MOMENT));
    else this.look(now);
  }

  /** Kills the container if it has to be, or says until when nothing has to be looked at. */
  look(now: Micros): void {
    const { process, pod } = this;
    if (process === null || pod.process !== process || !pod.running) return;
    const inFlight = process.inFlight();
    if (this.exceeds(now, inFlight)) {
      this.kill(pod, now);
      return;
    }
    const counted = requestsCanExceedMemory(pod.spec);
    let most = inFlight;
    if (counted) most = this.most(now, Math.max(HEADROOM, 2 * inFlight));
    if (counted || this.limited) process.limitInFlight(counted ? most : Infinity, (at) => this.lookAt(at));
    this.limited = counted;
    const grownTooFar = firstInstant(now, (at) => this.exceeds(at, counted ? most : 0));
    if (grownTooFar !== null) this.lookAt(grownTooFar);
  }

  private lookAt(at: Micros): void {
    this.context.timeline.at(at, PHASE.world, (now) => this.look(now));
  }

  /** The most requests, at most `atMost`, that are within the limit. */
  private most(now: Micros, atMost: number): number {
    const { spec } = this.pod;
    const room = (spec.memoryLimitMiB ?? Infinity) - containerMemoryMiB(this.pod, now - this.startedAt, 0);
    let most = Math.min(atMost, Math.floor(room / spec.memoryPerRequestMiB) + 1);
    while (this.exceeds(now, most)) most -= 1;
    return most;
  }

  private exceeds(at: Micros, inFlight: number): boolean {
    const { spec } = this.pod;
    return containerMemoryMiB(this.pod, at - this.startedAt, inFlight) > (spec.memoryLimitMiB ?? Infinity);
  }
}
