import type { DrainDecision } from '../domain/balance/balance-decision.js';
import type { DrainSettings } from '../domain/balance/balance-settings.js';
import type { BalancePod } from './ports/balance-policy.js';

/**
 * Which ready pods are to leave first when so many have to, and how long they may take: those with the fewest requests on board at the newest
 * sample, among equals the most recently created; one without a sample counts as the busiest.
 */
export function drainOrder(
  { order, deadlineMicros }: DrainSettings,
  pods: readonly BalancePod[],
  leaving: number,
): DrainDecision {
  const deadlineSeconds = deadlineMicros === undefined ? null : deadlineMicros / 1e6;
  if (order === 'controller') return { order: [], deadlineSeconds };
  const cheapest = pods
    .filter(({ view }) => view.ready === true && !view.terminating)
    .map(({ view, inFlight }, i) => ({ name: view.name, onBoard: inFlight ?? Infinity, i }))
    .sort((a, b) => (a.onBoard === b.onBoard ? b.i - a.i : a.onBoard - b.onBoard));
  return { order: cheapest.slice(0, leaving).map(({ name }) => name), deadlineSeconds };
}
