import type { BalancePod } from '../../ports/balance-policy.js';
import type { VersionPods } from './basic-canary.js';

/** The pods of a revision that were not asked to stop, and how many of them have been ready for long enough. */
export function revisionPods(
  pods: readonly BalancePod[],
  revision: number,
  { now, minReadyMicros }: { readonly now: number; readonly minReadyMicros: number },
): VersionPods {
  const active = pods.filter(({ view }) => !view.terminating && (view.revision ?? 0) === revision);
  const available = active.filter(
    ({ view: { ready, readyChangedAt } }) => ready === true && now - (readyChangedAt ?? now) >= minReadyMicros,
  );
  return { spec: active.length, available: available.length };
}
