import { memoryUse, requestsCanExceedMemory } from '../../domain/memory-use.js';
import type { PodSpec } from '../../domain/world-spec.js';
import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { Pod } from '../pods/pod.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import { firstInstant } from './first-instant.js';

/** A container whose idle memory is beyond its limit lives this long: what it loads takes a moment. */
const MOMENT = seconds(1);

/** Requests on board are let grow to so many, or to twice as many as there are, before memory is looked at again. */
const HEADROOM = 16;

/**
 * Kills the containers of a workload at the instant at which they use more memory than their limit, from the start on; a pod that was asked to
 * stop is gone with its container, any other has it started again. Where there is no limit nothing happens, and nothing is watched.
 *
 * Requests on board are watched by the request path, which stops at the first one too many; growth is known beforehand. A peak that begins
 * and ends within one microsecond kills nothing.
 */
export function watchLimits(timeline: Timeline, { spec, lifecycle }: SimWorkload): void {
  const { memoryLimitMiB } = spec.pod;
  if (memoryLimitMiB === undefined) return;
  const kill = (pod: Pod, now: Micros): void => {
    if (pod.active) lifecycle.exit(pod, 'OOMKilled', now);
    else lifecycle.remove(pod, 'OOMKilled', 'failure', now);
  };
  lifecycle.whenStarted((pod, now) => new MemoryWatch(timeline, spec.pod, memoryLimitMiB, pod, kill).begin(now));
}

/** Watches one container from its start to its end. */
class MemoryWatch {
  private readonly process;
  private readonly startedAt;
  private readonly countsRequests;

  constructor(
    private readonly timeline: Timeline,
    private readonly spec: PodSpec,
    private readonly limitMiB: number,
    private readonly pod: Pod,
    private readonly kill: (pod: Pod, now: Micros) => void,
  ) {
    this.process = pod.process;
    this.startedAt = pod.runningSince ?? timeline.now;
    this.countsRequests = requestsCanExceedMemory(spec);
  }

  begin(now: Micros): void {
    if (this.exceeds(now, 0)) this.lookAt(micros(now + MOMENT));
    else this.look(now);
  }

  private look(now: Micros): void {
    const { process, pod } = this;
    if (process === null || pod.process !== process || !pod.running) return;
    const inFlight = process.inFlight();
    if (this.exceeds(now, inFlight)) {
      this.kill(pod, now);
      return;
    }
    let most = inFlight;
    if (this.countsRequests) {
      most = this.most(now, Math.max(HEADROOM, 2 * inFlight));
      process.limitInFlight(most, (at) => this.lookAt(at));
    }
    const grownTooFar = firstInstant(now, (at) => this.exceeds(at, this.countsRequests ? most : 0));
    if (grownTooFar !== null) this.lookAt(grownTooFar);
  }

  private lookAt(at: Micros): void {
    this.timeline.at(at, PHASE.world, (now) => this.look(now));
  }

  /** The most requests, at most `atMost`, that are within the limit. */
  private most(now: Micros, atMost: number): number {
    const room = this.limitMiB - memoryUse(this.spec, now - this.startedAt, 0);
    let most = Math.min(atMost, Math.floor(room / this.spec.memoryPerRequestMiB) + 1);
    while (this.exceeds(now, most)) most -= 1;
    return most;
  }

  private exceeds(at: Micros, inFlight: number): boolean {
    return memoryUse(this.spec, at - this.startedAt, inFlight) > this.limitMiB;
  }
}
