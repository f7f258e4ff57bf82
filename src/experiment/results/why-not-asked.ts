import type { Bottleneck } from '../../domain/bottleneck.js';
import type { Decision } from '../../domain/decision.js';

/** Why the engine had not asked for pods that were needed. */
export type NotAsked = 'blind' | 'max' | 'scalingRules' | 'metricLag';

/** What each is called, and how it is told; `age` is how old the newest sample was when the engine decided, in seconds. */
export const NOT_ASKED: Readonly<
  Record<NotAsked, Pick<Bottleneck, 'kind'> & { readonly phrase: (age: number) => string }>
> = {
  blind: { kind: 'metricLag', phrase: () => 'had not been asked for, as no metric was valid' },
  max: { kind: 'maxReplicas', phrase: () => 'were not asked for, as the maximum of replicas was reached' },
  scalingRules: { kind: 'scalingRules', phrase: () => 'were held back by rate limits or stabilization' },
  metricLag: {
    kind: 'metricLag',
    phrase: (age) => `had not been asked for yet, by metrics ${age.toFixed(0)} s old`,
  },
};

/** Why the decision in force left so many out; null where it goes by no metric, as a fixed number does, or nothing has been decided. */
export function whyNotAsked(decision: Decision | undefined): NotAsked | null {
  if (decision === undefined) return null;
  const bound = decision.rules.filter(({ before, after }) => after < before).at(-1)?.rule;
  if (bound === 'max') return 'max';
  if (bound !== undefined && PACE.includes(bound)) return 'scalingRules';
  if (decision.metrics.length === 0) return null;
  return decision.rawDesired === null ? 'blind' : 'metricLag';
}

/** Rules that let a number grow only so fast. */
const PACE: readonly string[] = ['rate-policy', 'scale-up-limit', 'stabilization', 'cooldown', 'scale-out-cooldown'];
