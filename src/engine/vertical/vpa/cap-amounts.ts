import type { Rule } from '../../../domain/decision.js';
import { type ResourceAmounts, type VpaResource, mapAmounts } from './resource-amounts.js';

/** Amounts after bounds, and the bounds that changed something. */
export interface CappedAmounts {
  readonly amounts: ResourceAmounts;
  readonly rules: Readonly<Partial<Record<VpaResource, readonly Rule[]>>>;
}

/** A bound with the name under which it is explained. */
export interface NamedBound {
  readonly rule: string;
  readonly side: 'at-least' | 'at-most';
  /** A bound of 0 or none does not bind. */
  readonly bound: ResourceAmounts;
}

/** Applies bounds in order; a later one wins. */
export function capAmounts(amounts: ResourceAmounts, bounds: readonly NamedBound[]): CappedAmounts {
  const rules: Partial<Record<VpaResource, readonly Rule[]>> = {};
  const capped = mapAmounts(amounts, (amount, resource) => {
    const applied: Rule[] = [];
    let after = amount;
    for (const { rule, side, bound } of bounds) {
      const before = after;
      after = capOne(before, side, bound[resource] ?? 0);
      if (after !== before) applied.push({ rule, before, after, numbers: { bound: after } });
    }
    if (applied.length > 0) rules[resource] = applied;
    return after;
  });
  return { amounts: capped, rules };
}

function capOne(amount: number, side: NamedBound['side'], bound: number): number {
  if (bound === 0) return amount;
  return side === 'at-least' ? Math.max(amount, bound) : Math.min(amount, bound);
}
