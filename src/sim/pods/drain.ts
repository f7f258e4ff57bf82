import type { PodSpec } from '../../domain/world-spec.js';
import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { CutCause, ProcessPort } from '../data-plane.js';

/** A process on its way out. */
export interface Draining {
  readonly process: ProcessPort;
  /** Who is to blame for what it refuses. */
  readonly cause: CutCause;
  /** False once something else has ended the pod or its process. */
  readonly current: () => boolean;
  /** Ends the pod: nothing is on board any more, or the grace is over. */
  readonly finish: (at: Micros) => void;
}

/** How often the kubelet looks whether a container has exited. Source: Kubernetes, pkg/kubelet/kubelet.go, genericPlegRelistPeriod. */
const LOOK = seconds(1);

/**
 * Lets a process finish what it has: it goes on taking requests through preStop, then refuses them, and ends when none is on board, looked at
 * every second, or when the grace, counted from the deletion, is over. A preStop as long as the grace leaves no time to finish.
 */
export function drain(timeline: Timeline, termination: PodSpec['termination'], draining: Draining): void {
  const { process, cause, current, finish } = draining;
  const deadline = micros(timeline.now + termination.graceMicros);
  const look = (at: Micros): void => {
    if (!current()) return;
    if (at >= deadline || process.inFlight() === 0) finish(at);
    else timeline.at(micros(Math.min(at + LOOK, deadline)), PHASE.world, look);
  };
  timeline.at(micros(Math.min(timeline.now + termination.preStopMicros, deadline)), PHASE.world, (at) => {
    if (!current()) return;
    process.listen(false, cause);
    look(at);
  });
}
