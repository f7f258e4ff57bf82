import { evaluateQuery } from './evaluate-query.js';
import { labelMatcher } from './label-matcher.js';
import { parseQuery } from './parse-query.js';
import type { QueryExpression, Selector } from './query-expression.js';
import { QueryFault } from './query-fault.js';
import { asVector, type QueryElement } from './query-value.js';
import type { SeriesSource } from './sampled-series.js';

/** Longer texts are not an expression that somebody has written. */
const LONGEST = 2000;

/** What the value of an expression rests on. */
export interface QueryInputs {
  /** When the sample was read that the value is as old as: the oldest among the newest of each selector. Null where there was none. */
  readonly sampledAt: number | null;
  /** From when that sample was read until it was there. */
  readonly lagMicros: number;
}

/** What an expression comes to at an instant, with its inputs, or a sentence about why it comes to nothing. */
export type QueryResult = QueryInputs & ({ readonly elements: readonly QueryElement[] } | { readonly problem: string });

/**
 * An expression over scraped series in the part of PromQL that has to do with numbers.
 *
 * It is read and evaluated here, step by step; no text ever becomes code.
 */
export class Query {
  private constructor(
    readonly text: string,
    private readonly expression: QueryExpression,
    /** What it looks at. */
    readonly selectors: readonly Selector[],
  ) {}

  /** Reads an expression about `workload`, or about all for null; a sentence about what is wrong where it cannot be read. */
  static read(text: string, workload: string | null): Query | string {
    if (text.length > LONGEST) return `is longer than ${LONGEST} characters`;
    const scope = workload === null ? null : labelMatcher('workload', '=', workload);
    return caught(() => {
      const expression = parseQuery(text, scope);
      return new Query(text, expression, selectorsOf(expression));
    });
  }

  /** The longest window that it looks at; 0 where it looks at newest samples alone. */
  get windowMicros(): number {
    return Math.max(0, ...this.selectors.map(({ rangeMicros }) => rangeMicros ?? 0));
  }

  /** What it comes to at `now`; a number is one element without labels. */
  evaluate(source: SeriesSource, now: number): QueryResult {
    const newest = new Map<Selector, QueryInputs & { readonly sampledAt: number }>();
    const value = caught(() => ({
      elements: asVector(
        evaluateQuery(this.expression, {
          source,
          now,
          used: (selector, { lagMicros }, sampledAt) => {
            if (sampledAt > (newest.get(selector)?.sampledAt ?? -Infinity))
              newest.set(selector, { sampledAt, lagMicros });
          },
        }),
      ),
    }));
    const oldest = [...newest.values()].sort((a, b) => a.sampledAt - b.sampledAt).at(0);
    const inputs = oldest ?? { sampledAt: null, lagMicros: 0 };
    return typeof value === 'string' ? { ...inputs, problem: value } : { ...inputs, ...value };
  }
}

function selectorsOf(expression: QueryExpression): readonly Selector[] {
  switch (expression.type) {
    case 'number':
      return [];
    case 'selector':
      return [expression.selector];
    case 'call':
      return expression.args.flatMap(selectorsOf);
    case 'binary':
      return [...selectorsOf(expression.left), ...selectorsOf(expression.right)];
    default:
      return selectorsOf(expression.of);
  }
}

function caught<Result>(run: () => Result): Result | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof QueryFault) return error.message;
    throw error;
  }
}
