import type { LabelMatcher } from './label-matcher.js';

/** Series of one name, and the time that is looked at. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly LabelMatcher[];
  /** Length of the window; null takes the newest sample alone. */
  readonly rangeMicros: number | null;
  /** How long before the present the window ends. */
  readonly offsetMicros: number;
}

/** Labels that elements are grouped or matched by: these alone (`by`, `on`), or all others (`without`, `ignoring`). */
export interface LabelChoice {
  readonly keeps: boolean;
  readonly labels: readonly string[];
}

/** Operators between two expressions. */
export type QueryOperator =
  '+' | '-' | '*' | '/' | '%' | '^' | '==' | '!=' | '<' | '>' | '<=' | '>=' | 'and' | 'or' | 'unless';

/** An expression over series, read. */
export type QueryExpression =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'selector'; readonly selector: Selector }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly QueryExpression[] }
  | {
      readonly type: 'aggregation';
      readonly name: string;
      readonly parameter: number | null;
      readonly by: LabelChoice;
      readonly of: QueryExpression;
    }
  | { readonly type: 'negation'; readonly of: QueryExpression }
  | {
      readonly type: 'binary';
      readonly operator: QueryOperator;
      readonly left: QueryExpression;
      readonly right: QueryExpression;
      /** A comparison gives 0 and 1 instead of leaving elements out. */
      readonly isBool: boolean;
      readonly match: LabelChoice;
    };

/** What an expression comes to: one number, a number for each of several series, or a window of samples of each. */
export type QueryKind = 'scalar' | 'vector' | 'range';
