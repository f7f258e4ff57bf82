import { closest } from '../../../domain/did-you-mean.js';
import type { QueryExpression, QueryKind, QueryOperator, Selector } from './query-expression.js';
import { queryFunctions } from './query-functions.js';

/** What an expression comes to; it must have been found right by `wrongArguments`. */
export function kindOf(expression: QueryExpression): QueryKind {
  switch (expression.type) {
    case 'number':
      return 'scalar';
    case 'selector':
      return kindOfSelector(expression.selector);
    case 'call':
      return givenBy(expression.name);
    case 'aggregation':
      return 'vector';
    case 'negation':
      return kindOf(expression.of);
    case 'binary':
      return kindsOf(expression).includes('vector') ? 'vector' : 'scalar';
  }
}

function givenBy(name: string): QueryKind {
  return queryFunctions.get(name)?.gives ?? 'vector';
}

function kindOfSelector({ rangeMicros }: Selector): QueryKind {
  return rangeMicros === null ? 'vector' : 'range';
}

function kindsOf({ left, right }: Extract<QueryExpression, { type: 'binary' }>): readonly QueryKind[] {
  return [kindOf(left), kindOf(right)];
}

/** What is wrong with what an expression is applied to; null where nothing is. */
export function wrongArguments(expression: QueryExpression): string | null {
  switch (expression.type) {
    case 'call':
      return wrongCall(expression);
    case 'aggregation':
      return kindOf(expression.of) === 'vector'
        ? null
        : `must aggregate series, ${expression.name} was given ${said(expression.of)}`;
    case 'negation':
      return kindOf(expression.of) === 'range' ? `cannot negate ${said(expression.of)}` : null;
    case 'binary':
      return wrongOperands(expression);
    default:
      return null;
  }
}

function wrongCall({ name, args }: Extract<QueryExpression, { type: 'call' }>): string | null {
  const known = queryFunctions.get(name);
  if (known === undefined) {
    const meant = closest(name, [...queryFunctions.keys()]);
    return `uses ${name}(), which is no function here${meant === null ? '' : `; did you mean ${meant}()?`}`;
  }
  const { takes, optional = 0 } = known;
  if (args.length > takes.length || args.length < takes.length - optional) {
    return `gives ${name}() ${args.length} arguments, it takes ${takes.length}`;
  }
  const wrong = args.findIndex((arg, i) => kindOf(arg) !== takes[i]);
  return wrong < 0 ? null : `gives ${name}() ${said(args[wrong])} where it takes ${KINDS[takes[wrong]]}`;
}

function wrongOperands(expression: Extract<QueryExpression, { type: 'binary' }>): string | null {
  const { operator, isBool } = expression;
  const kinds = kindsOf(expression);
  if (kinds.includes('range')) return `cannot use ${operator} on a window of samples`;
  if (isBool && !isOrder(operator)) return `cannot use bool with ${operator}`;
  return kinds.includes('scalar') ? wrongNumbers(expression, kinds.includes('vector')) : null;
}

/** Of operands of which one is a number, or both are. */
function wrongNumbers(
  { operator, isBool, match }: Extract<QueryExpression, { type: 'binary' }>,
  hasSeries: boolean,
): string | null {
  if (operator === 'and' || operator === 'or' || operator === 'unless')
    return `needs series on both sides of ${operator}`;
  if (isOrder(operator) && !isBool && !hasSeries) return `needs bool after ${operator} between two numbers`;
  return match.keeps || match.labels.length > 0 ? 'cannot match labels of a number' : null;
}

function isOrder(operator: QueryOperator): boolean {
  return /^[=!<>]/.test(operator);
}

function said(expression: QueryExpression): string {
  return KINDS[kindOf(expression)];
}

const KINDS: Readonly<Record<QueryKind, string>> = {
  scalar: 'a number',
  vector: 'series',
  range: 'a window of samples, as x[5m]',
};
