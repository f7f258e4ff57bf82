import { arrayFunctions } from './array-functions.js';
import type { Expression } from './expression.js';
import { plainFunctions } from './functions.js';

/** The first name in an expression that is neither known nor given by `let`, or the first function that there is not; null where there is none. */
export function unknownName(expression: Expression, known: ReadonlySet<string>): string | null {
  if (expression.type === 'name') return known.has(expression.name) ? null : expression.name;
  if (expression.type === 'let') {
    const within = new Set([...known, expression.name]);
    return unknownName(expression.value, known) ?? unknownName(expression.body, within);
  }
  if (expression.type === 'call' && !isFunction(expression.name)) return `${expression.name}()`;
  for (const part of partsOf(expression)) {
    const unknown = unknownName(part, known);
    if (unknown !== null) return unknown;
  }
  return null;
}

function isFunction(name: string): boolean {
  return plainFunctions.has(name) || arrayFunctions.has(name);
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'array':
      return expression.items;
    case 'call':
      return expression.args;
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'choice':
      return [expression.condition, expression.yes, expression.no];
    default:
      return [];
  }
}
