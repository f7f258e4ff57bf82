import type { Decision } from '../../../src/domain/decision.js';
import { seconds } from '../../../src/kernel/micros.js';

/** A decision that holds at 8 pods because CPU is on target, with the given differences. */
export function decision(changes: Partial<Decision> = {}): Decision {
  return {
    at: seconds(43_395),
    workload: 'web',
    policy: 'hpa',
    from: 8,
    rawDesired: 8,
    desired: 8,
    direction: 'hold',
    reason: 'within-tolerance',
    winner: 'cpu',
    metrics: [{ name: 'cpu', value: 61, target: 60, unit: '%', proposal: 8, invalid: null }],
    rules: [],
    dataAgeSeconds: 20,
    forecast: { model: 'none', abstained: 'no forecaster is configured', confidence: null },
    stages: [],
    ...changes,
  };
}
