import type { EngineWorkload } from '../../../src/domain/engine-config.js';
import { builtIn } from '../../../src/engine/registries.js';

/** A policy as people write it, with what properties need to know of it. */
export interface PolicySection {
  readonly policy: keyof typeof builtIn.policies;
  readonly section: Record<string, unknown>;
  readonly forecaster?: { readonly name: 'persistence'; readonly config: unknown };
  /** It knows neither metric nor load, and does what it was told. */
  readonly blind?: true;
  /** Its rules limit what a single decision changes (at most double, at least half), so that a second one at the same instant goes on. */
  readonly perDecision?: true;
  /** May go to zero. */
  readonly toZero?: true;
}

const persistence = {
  name: 'persistence',
  config: builtIn.forecasters.persistence.schema.parse({ leastResiduals: 2 }),
} as const;
const requests = [{ external: 'requests_per_second', averageValue: 15 }];
const two = { scaleDown: { stabilizationWindow: '0s', policies: [{ type: 'Pods', value: 2, period: '60s' }] } };
const clock = { policy: 'scheduled', schedule: [{ at: '00:00', min: 3 }] };

/** Every built-in policy at least once, in the settings that differ most. */
export const sections: Readonly<Record<string, PolicySection>> = {
  fixed: { policy: 'fixed', section: { replicas: 6 }, blind: true },
  'fixed beyond its bounds': { policy: 'fixed', section: { replicas: 500 }, blind: true },
  'hpa on CPU': { policy: 'hpa', section: { metrics: [{ cpu: '60%' }] } },
  'hpa 1.20 on CPU': { policy: 'hpa', section: { semantics: '1.20', metrics: [{ cpu: '60%' }] } },
  'hpa on requests, two down a minute': { policy: 'hpa', section: { metrics: requests, behavior: two } },
  'hpa on both': { policy: 'hpa', section: { metrics: [{ cpu: '60%' }, ...requests] }, perDecision: true },
  'kpa on concurrency': { policy: 'kpa', section: { target: 10 }, perDecision: true, toZero: true },
  'kpa on requests': { policy: 'kpa', section: { metric: 'rps', target: 20, scaleDownDelay: '1m' }, toZero: true },
  keda: {
    policy: 'keda',
    section: { triggers: [{ type: 'requests', target: '15/s' }] },
    perDecision: true,
    toZero: true,
  },
  'target-tracking': { policy: 'target-tracking', section: { requestsPerPod: '15/s', warmUp: '30s' } },
  'target-tracking on CPU': { policy: 'target-tracking', section: { cpu: '60%', inAfter: 3 } },
  step: {
    policy: 'step',
    section: {
      alarms: [
        {
          requestsPerPod: '18/s',
          when: 'above',
          adjustment: 'percent',
          steps: [
            { to: 10, by: 30 },
            { from: 10, by: 100 },
          ],
        },
        { requestsPerPod: '10/s', when: 'below', adjustment: 'percent', steps: [{ by: -20 }] },
      ],
    },
  },
  scheduled: { policy: 'scheduled', section: { schedule: [{ at: '00:00', replicas: 7 }] }, blind: true },
  'predictive alone': {
    policy: 'predictive',
    section: { target: { requestsPerPod: '15/s' }, lowerConfidence: '0%' },
    forecaster: persistence,
  },
  'predictive with hpa': {
    policy: 'predictive',
    section: { target: { requestsPerPod: '15/s' }, combine: 'floor', reactive: { policy: 'hpa', metrics: requests } },
    forecaster: persistence,
    perDecision: true,
  },
  composite: { policy: 'composite', section: { policies: [clock, { policy: 'hpa', metrics: [{ cpu: '60%' }] }] } },
};

/** The workload of a section, for 2 (or 0, where it can) to 20 replicas. */
export function scaled({ policy, section, forecaster, toZero }: PolicySection): Partial<EngineWorkload> {
  return {
    minReplicas: toZero === true ? 0 : 2,
    maxReplicas: 20,
    policy: { name: policy, config: builtIn.policies[policy].schema.parse(section) },
    ...(forecaster === undefined ? {} : { forecaster }),
  };
}
