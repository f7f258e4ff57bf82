import type { BalancePod } from '../ports/balance-policy.js';

/** The pods that balancers may send something new to: ready and not on their way out. */
export function endpointsOf(pods: readonly BalancePod[]): readonly BalancePod[] {
  return pods.filter(({ view }) => view.ready === true && !view.terminating);
}
