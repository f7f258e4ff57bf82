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
  /** Takes the result of a probe; false ends the loop. */
  readonly result: (success: boolean, now: Micros) => boolean;
  /** False once the container is another one. */
  readonly current: () => boolean;
}

/**
 * Probes a container from `first` on, then at every due instant; one that falls into the wait for an answer is made up for right after it.
 *
 * A process that does not listen refuses at once. One that listens answers when it comes to it, or the probe fails after its time-out.
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
    const probe = process.probe?.();
    const answeredAt = probe === undefined ? now : probe.answeredAt();
    const known = answeredAt !== null && answeredAt <= deadline;
    if (known && answeredAt <= now) {
      conclude(true, now);
      return;
    }
    timeline.at(known ? answeredAt : deadline, PHASE.world, (at) => {
      if (!current()) return;
      const answered = probe?.answeredAt() ?? null;
      conclude(answered !== null && answered <= at, at);
    });
  });
}

function nextDue(now: Micros, since: Micros, periodMicros: Micros): Micros {
  return micros(since + (Math.floor((now - since) / periodMicros) + 1) * periodMicros);
}

/** The first due instant that is no earlier than `from`. */
export function dueFrom(since: Micros, periodMicros: Micros, from: number): Micros {
  return micros(since + Math.max(0, Math.ceil((from - since) / periodMicros)) * periodMicros);
}
