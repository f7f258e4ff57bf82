import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { ProcessPort } from '../data-plane.js';

/** One kind of probe of one container. */
export interface ProbeLoop {
  readonly process: ProcessPort;
  /** Probes are due at this instant and every period after it. */
  readonly since: Micros;
  readonly periodMicros: Micros;
  readonly timeoutMicros: Micros;
  /** CPU time that an answer takes; absent means none. */
  readonly cpuMicros?: Micros;
  /** Takes the result of a probe; false ends the loop. */
  readonly result: (success: boolean, now: Micros) => boolean;
  /** False once the container is another one. */
  readonly current: () => boolean;
}

/**
 * Probes a container from `first` on, then at every due instant; one that falls into the wait for an answer is made up for right after it.
 *
 * A process that does not listen refuses at once. One that listens answers when it comes to it, or the probe fails after its time-out; where
 * nobody could tell beforehand when it would, a success is noted at the time-out.
 * Source: Kubernetes, pkg/kubelet/prober/worker.go, run and doProbe.
 */
export function runProbes(timeline: Timeline, loop: ProbeLoop, first: Micros): void {
  const { process, since, periodMicros, timeoutMicros, current } = loop;
  timeline.at(first, PHASE.world, (now) => {
    if (!current()) return;
    const conclude = (success: boolean, at: Micros): void => {
      if (!loop.result(success, at)) return;
      const next = nextDue(now, since, periodMicros);
      runProbes(timeline, loop, micros(Math.max(next, at)));
    };
    if (!process.listening) {
      conclude(false, now);
      return;
    }
    const deadline = micros(now + timeoutMicros);
    const probe = process.probe(loop.cpuMicros);
    const look = (at: Micros): void => {
      const answeredAt = probe.answeredAt() ?? Infinity;
      if (!current()) probe.giveUp();
      else if (answeredAt <= at) conclude(true, at);
      else if (at < deadline) timeline.at(micros(Math.min(answeredAt, deadline)), PHASE.world, look);
      else {
        probe.giveUp();
        conclude(false, at);
      }
    };
    look(now);
  });
}

function nextDue(now: Micros, since: Micros, periodMicros: Micros): Micros {
  return micros(since + (Math.floor((now - since) / periodMicros) + 1) * periodMicros);
}

/** The first due instant that is no earlier than `from`. */
export function dueFrom(since: Micros, periodMicros: Micros, from: number): Micros {
  return micros(since + Math.max(0, Math.ceil((from - since) / periodMicros)) * periodMicros);
}
