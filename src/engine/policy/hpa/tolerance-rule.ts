import type { Rule } from '../../../domain/decision.js';
import type { HpaConfig } from './hpa-config.js';
import { isWithinTolerance, tolerancesOf } from './tolerance.js';

/**
 * Records whether a usage counts as being on target; `after` is the present number of replicas where it does, else `proposed`.
 *
 * The numbers name the tolerance of the side on which the ratio lies.
 */
export function toleranceRule(
  { config, current }: { readonly config: HpaConfig; readonly current: number },
  target: number,
  { ratio, current: usage }: { readonly ratio: number; readonly current: number },
  proposed: number,
): Rule {
  const tolerances = tolerancesOf(config);
  const within = isWithinTolerance(ratio, tolerances, config.semantics);
  const tolerance = ratio < 1 ? tolerances.down : tolerances.up;
  return {
    rule: 'tolerance',
    before: proposed,
    after: within ? current : proposed,
    numbers: { ratio, tolerance, usage, target },
  };
}
