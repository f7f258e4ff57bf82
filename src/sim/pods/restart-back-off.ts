import type { ClusterSpec } from '../../domain/cluster-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';

/** What is remembered of a container's restarts. */
export interface BackOffEntry {
  /** How long the next restart waits. */
  readonly nextMicros: Micros;
  /** When it was last started again. */
  readonly restartedAt: Micros;
}

/** When an exited container starts again, and what to remember of it. */
interface Restart {
  readonly waitMicros: Micros;
  readonly entry: BackOffEntry | null;
}

/**
 * How long a container that exits waits for its restart: always the same, or as the kubelet does it: not at all the first time, then the
 * initial delay, doubled every time up to the greatest (CrashLoopBackOff); forgotten when it has run for twice the greatest.
 *
 * Source: Kubernetes, pkg/kubelet/kuberuntime/kuberuntime_manager.go, doBackOff, and client-go/util/flowcontrol/backoff.go, Next; without
 * the time in which the kubelet notices.
 */
export function restartAfterExit(
  habits: Pick<ClusterSpec, 'restartDelayMicros' | 'crashLoopBackOff'>,
  before: BackOffEntry | null,
  now: Micros,
): Restart {
  const { restartDelayMicros, crashLoopBackOff } = habits;
  if (crashLoopBackOff === undefined) return { waitMicros: restartDelayMicros, entry: null };
  const { initialMicros, maxMicros } = crashLoopBackOff;
  if (before === null || now - before.restartedAt > 2 * maxMicros) {
    return { waitMicros: micros(0), entry: { nextMicros: initialMicros, restartedAt: now } };
  }
  const waitMicros = before.nextMicros;
  return {
    waitMicros,
    entry: { nextMicros: micros(Math.min(2 * waitMicros, maxMicros)), restartedAt: micros(now + waitMicros) },
  };
}
