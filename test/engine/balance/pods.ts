import type { BalanceInput, BalancePod } from '../../../src/engine/ports/balance-policy.js';
import { micros, seconds } from '../../../src/kernel/micros.js';
import { workload } from '../fixture.js';

/** A ready pod, changed where it matters. */
export function pod(
  name: string,
  changes: Partial<BalancePod> = {},
  view: Partial<BalancePod['view']> = {},
): BalancePod {
  return {
    view: {
      name,
      createdAt: micros(0),
      scheduledAt: micros(0),
      started: true,
      ready: true,
      readyChangedAt: micros(0),
      terminating: false,
      ...view,
    },
    zone: null,
    cpuSpeed: 1,
    answers: null,
    inFlight: null,
    ...changes,
  };
}

/** What a balance policy sees at a second. */
export function input(at: number, pods: readonly BalancePod[], changes: Partial<BalanceInput> = {}): BalanceInput {
  return {
    now: seconds(at),
    workload: workload(),
    replicas: pods.length,
    pods,
    zones: new Map(),
    rollout: null,
    split: null,
    ...changes,
  };
}
