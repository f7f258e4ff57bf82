import type { Labels } from './labels.js';
import { QueryFault } from './query-fault.js';

/** What a label must be, or must not be. */
export interface LabelMatcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  /** Whether a value satisfies it. */
  readonly accepts: (value: string) => boolean;
}

/** Patterns with more than this many of `*`, `+` and `?` might take for ever to match. */
const MOST_REPEATS = 4;
const PLAIN = /^[\w\-:/ .*+?|]*$/;

/**
 * Makes a matcher. A pattern (`=~`, `!~`) must match the whole value, as in Prometheus, and may use `.`, `*`, `+`, `?` and `|` alone,
 * so that no pattern takes for ever. Throws a `QueryFault` for others.
 */
export function labelMatcher(label: string, operator: LabelMatcher['operator'], value: string): LabelMatcher {
  const isNegative = operator === '!=' || operator === '!~';
  const equals = operator === '=' || operator === '!=' ? (found: string) => found === value : whole(value);
  return { label, operator, value, accepts: (found) => equals(found) !== isNegative };
}

/** Whether labels satisfy all matchers; a label that is not there counts as empty. */
export function satisfies(labels: Labels, matchers: readonly LabelMatcher[]): boolean {
  return matchers.every(({ label, accepts }) => accepts(labels.get(label) ?? ''));
}

function whole(pattern: string): (value: string) => boolean {
  const repeats = pattern.match(/[*+?]/g)?.length ?? 0;
  if (!PLAIN.test(pattern) || repeats > MOST_REPEATS || /(?:^|[|*+?])[*+?]/.test(pattern)) {
    throw new QueryFault(
      `has the pattern ${JSON.stringify(pattern)}, which must be of letters, digits, _ - : / and . | with at most ${MOST_REPEATS} of * + ?`,
    );
  }
  const matcher = new RegExp(`^(?:${pattern})$`, 's');
  return (value) => matcher.test(value);
}
