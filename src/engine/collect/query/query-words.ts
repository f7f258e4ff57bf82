import { aggregations } from './aggregations.js';
import type { QueryKind } from './query-expression.js';
import { queryFunctions } from './query-functions.js';

/** Every function and aggregation of expressions, and how it is written. */
export function queryWords(): readonly (readonly [name: string, form: string])[] {
  const functions = [...queryFunctions].map(([name, { takes, optional = 0, gives }]) => {
    const args = takes.map((kind, i) => (i < takes.length - optional ? FORMS[kind] : `[${FORMS[kind]}]`));
    return [name, `${name}(${args.join(', ')}) gives ${gives === 'scalar' ? 'a number' : 'series'}`] as const;
  });
  const aggregated = [...aggregations].map(
    ([name, { takesParameter }]) => [name, `${name} by (pod) (${takesParameter === true ? '0.9, ' : ''}x)`] as const,
  );
  return [...functions, ...aggregated];
}

const FORMS: Readonly<Record<QueryKind, string>> = { scalar: '0.5', vector: 'x', range: 'x[5m]' };
