import { labelKey, labelsBut, labelsOf, type Labels } from './labels.js';
import type { LabelChoice, QueryExpression, QueryOperator } from './query-expression.js';
import { QueryFault } from './query-fault.js';
import type { QueryElement, QueryValue } from './query-value.js';

type Binary = Extract<QueryExpression, { type: 'binary' }>;

const onNumbers: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/**
 * Two values by an operator. Elements of two series go together where the labels that count are equal; what finds no partner is left out, and
 * two partners are a `QueryFault`. A comparison without `bool` leaves out what does not satisfy it. Source: Prometheus, "Operators".
 */
export function combine(expression: Binary, left: QueryValue, right: QueryValue): QueryValue {
  const { operator, isBool } = expression;
  if (typeof left === 'number' && typeof right === 'number') return numbers(operator, left, right);
  if (typeof left === 'number' || typeof right === 'number') {
    const elements = typeof left === 'number' ? right : left;
    if (typeof elements === 'number') return elements;
    return elements.flatMap(({ labels, value }) => {
      const [a, b] = typeof left === 'number' ? [left, value] : [value, Number(right)];
      const result = pair(operator, isBool, a, b, value);
      return result === null ? [] : [{ labels, value: result }];
    });
  }
  return operator === 'and' || operator === 'or' || operator === 'unless'
    ? sets(operator, expression.match, left, right)
    : matched(expression, left, right);
}

function numbers(operator: QueryOperator, a: number, b: number): number {
  const compare = comparisons[operator];
  return compare === undefined ? onNumbers[operator](a, b) : Number(compare(a, b));
}

/** `kept` is what stays of a comparison that holds; null leaves the element out. */
function pair(operator: QueryOperator, isBool: boolean, a: number, b: number, kept: number): number | null {
  const compare = comparisons[operator];
  if (compare === undefined) return onNumbers[operator](a, b);
  if (isBool) return Number(compare(a, b));
  return compare(a, b) ? kept : null;
}

function matched(
  { operator, isBool, match }: Binary,
  left: readonly QueryElement[],
  right: readonly QueryElement[],
): readonly QueryElement[] {
  const partners = byKey(right, match, 'right');
  byKey(left, match, 'left');
  return left.flatMap(({ labels, value }) => {
    const partner = partners.get(labelKey(counted(labels, match)));
    if (partner === undefined) return [];
    const result = pair(operator, isBool, value, partner.value, value);
    return result === null ? [] : [{ labels: counted(labels, match), value: result }];
  });
}

function byKey(elements: readonly QueryElement[], match: LabelChoice, side: string): ReadonlyMap<string, QueryElement> {
  const found = new Map<string, QueryElement>();
  for (const element of elements) {
    const key = labelKey(counted(element.labels, match));
    if (found.has(key))
      throw new QueryFault(`matches several series on its ${side} side; aggregate them, or say on(...)`);
    found.set(key, element);
  }
  return found;
}

function sets(
  operator: 'and' | 'or' | 'unless',
  match: LabelChoice,
  left: readonly QueryElement[],
  right: readonly QueryElement[],
): readonly QueryElement[] {
  const keys = (elements: readonly QueryElement[]) =>
    new Set(elements.map(({ labels }) => labelKey(counted(labels, match))));
  const others = keys(operator === 'or' ? left : right);
  const isAmong = ({ labels }: QueryElement): boolean => others.has(labelKey(counted(labels, match)));
  if (operator === 'or') return [...left, ...right.filter((element) => !isAmong(element))];
  return left.filter((element) => isAmong(element) === (operator === 'and'));
}

function counted(labels: Labels, { keeps, labels: named }: LabelChoice): Labels {
  return keeps ? labelsOf(labels, named) : labelsBut(labels, named);
}
