import type { PodSpec } from '../../domain/world-spec.js';
import { type Micros, micros, seconds } from '../../kernel/micros.js';
import type { Timeline } from '../../kernel/timeline.js';
import type { ProcessPort } from '../data-plane.js';
import { dueFrom, runProbes } from './probe-loop.js';

/** A container that is probed, and what follows. */
export interface ProbedContainer {
  readonly process: ProcessPort;
  readonly startedAt: Micros;
  readonly current: () => boolean;
  /** It is ready, or ready again. */
  readonly ready: (now: Micros) => void;
  readonly unready: (now: Micros) => void;
  /** It has to be killed. */
  readonly failed: (reason: string, now: Micros) => void;
}

/** Kubernetes' default of timeoutSeconds. */
const TIMEOUT = seconds(1);

/**
 * Begins to probe a container that has just started. While there is a startup probe that has not succeeded, nothing else is probed; when it
 * has, readiness is probed at once. A failed startup or liveness probe ends that probe: the container is on its way out.
 */
export function startProbes(timeline: Timeline, spec: PodSpec, container: ProbedContainer): void {
  const { startupProbe } = spec;
  const { startedAt } = container;
  if (startupProbe === undefined) {
    startOthers(timeline, spec, container, startedAt);
    return;
  }
  const failure = inARow(startupProbe.failureThreshold);
  const result = (success: boolean, now: Micros): boolean => {
    if (success) startOthers(timeline, spec, container, now);
    else if (failure(true)) container.failed('startup probe failed', now);
    else return true;
    return false;
  };
  const first = dueFrom(startedAt, startupProbe.periodMicros, startedAt + startupProbe.initialDelayMicros);
  runProbes(timeline, { ...container, since: startedAt, ...startupProbe, result }, first);
}

/** Goes on with the probes of a container that has been up for long. */
export function resumeProbes(timeline: Timeline, spec: PodSpec, container: ProbedContainer): void {
  const { readiness, livenessProbe } = spec;
  const started = micros(0);
  const settled: PodSpec = {
    ...spec,
    readiness: { ...readiness, initialDelayMicros: started },
    ...(livenessProbe === undefined ? {} : { livenessProbe: { ...livenessProbe, initialDelayMicros: started } }),
  };
  startOthers(timeline, settled, container, container.startedAt);
}

function startOthers(timeline: Timeline, spec: PodSpec, container: ProbedContainer, now: Micros): void {
  const { startedAt } = container;
  const { readiness, livenessProbe } = spec;
  const soon = startedAt + (readiness.initialDelayMicros ?? 0);
  runProbes(
    timeline,
    {
      ...container,
      since: startedAt,
      periodMicros: readiness.periodMicros,
      timeoutMicros: readiness.timeoutMicros ?? TIMEOUT,
      ...(readiness.cpuMicros === undefined ? {} : { cpuMicros: readiness.cpuMicros }),
      result: judgeReadiness(spec, container),
    },
    now >= soon ? now : dueFrom(startedAt, readiness.periodMicros, soon),
  );
  if (livenessProbe === undefined) return;
  const failure = inARow(livenessProbe.failureThreshold);
  const result = (success: boolean, at: Micros): boolean => {
    const over = failure(!success);
    if (over) container.failed('liveness probe failed', at);
    return !over;
  };
  const from = Math.max(now, startedAt + livenessProbe.initialDelayMicros);
  runProbes(
    timeline,
    { ...container, since: startedAt, ...livenessProbe, result },
    dueFrom(startedAt, livenessProbe.periodMicros, from),
  );
}

function judgeReadiness(
  { readiness }: PodSpec,
  container: ProbedContainer,
): (success: boolean, now: Micros) => boolean {
  const success = inARow(readiness.rise);
  const failure = inARow(readiness.failureThreshold ?? Infinity);
  return (answered, now) => {
    const [up, down] = [success(answered), failure(!answered)];
    if (up) container.ready(now);
    if (down) container.unready(now);
    return !up || readiness.failureThreshold !== undefined || readiness.cpuMicros !== undefined;
  };
}

/** Counts how often something has been so in a row; true from the `threshold`-th time on. */
function inARow(threshold: number): (so: boolean) => boolean {
  let count = 0;
  return (so) => {
    count = so ? count + 1 : 0;
    return so && count >= threshold;
  };
}
