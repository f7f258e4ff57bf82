import { arrayFunctions } from './array-functions.js';
import type { BinaryOperator, Expression } from './expression.js';
import { FormulaFault } from './formula-fault.js';
import { arrayOf, type FormulaValue, isSame, numberOf, truthOf } from './formula-value.js';
import { plainFunctions } from './functions.js';

/** What names stand for, and the element that a predicate is about. */
export interface Scope {
  readonly names: ReadonlyMap<string, FormulaValue>;
  readonly element: FormulaValue;
}

/** What an expression comes to; what makes no sense is a `FormulaFault`. */
export function evaluate(expression: Expression, scope: Scope): FormulaValue {
  switch (expression.type) {
    case 'constant':
    case 'element':
    case 'name':
      return leaf(expression, scope);
    case 'array':
      return expression.items.map((item) => evaluate(item, scope));
    case 'unary':
      return unary(expression.operator, evaluate(expression.operand, scope));
    case 'binary':
      return binary(expression, scope);
    case 'choice':
      return evaluate(chosen(expression, scope), scope);
    case 'let': {
      const names = new Map(scope.names).set(expression.name, evaluate(expression.value, scope));
      return evaluate(expression.body, { ...scope, names });
    }
    case 'call':
      return call(expression.name, expression.args, scope);
  }
}

function leaf(expression: Extract<Expression, { type: 'constant' | 'element' | 'name' }>, scope: Scope): FormulaValue {
  if (expression.type === 'constant') return expression.value;
  if (expression.type === 'element') return scope.element;
  const value = scope.names.get(expression.name);
  if (value === undefined) throw new FormulaFault(`${expression.name} is not known`);
  return value;
}

function chosen({ condition, yes, no }: Extract<Expression, { type: 'choice' }>, scope: Scope): Expression {
  return truthOf(evaluate(condition, scope), 'a condition') ? yes : no;
}

function unary(operator: '-' | '+' | 'not', value: FormulaValue): FormulaValue {
  if (operator === 'not') return !truthOf(value, 'not');
  return operator === '-' ? -numberOf(value, '-') : numberOf(value, '+');
}

function binary({ operator, left, right }: Extract<Expression, { type: 'binary' }>, scope: Scope): FormulaValue {
  const first = evaluate(left, scope);
  switch (operator) {
    case '??':
      return first ?? evaluate(right, scope);
    case 'and':
      return truthOf(first, 'and') && truthOf(evaluate(right, scope), 'and');
    case 'or':
      return truthOf(first, 'or') || truthOf(evaluate(right, scope), 'or');
    case '==':
      return isSame(first, evaluate(right, scope));
    case '!=':
      return !isSame(first, evaluate(right, scope));
    case 'in':
      return arrayOf(evaluate(right, scope), 'in').some((one) => isSame(one, first));
    default:
      return arithmetic(operator, numberOf(first, operator), numberOf(evaluate(right, scope), operator));
  }
}

type Arithmetic = Exclude<BinaryOperator, '??' | 'and' | 'or' | '==' | '!=' | 'in'>;

const onNumbers: Readonly<Record<Arithmetic, (a: number, b: number) => FormulaValue>> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '**': (a, b) => a ** b,
  '%': (a, b) => {
    if (!Number.isInteger(a) || !Number.isInteger(b) || b === 0) throw new FormulaFault(`${a} % ${b} is not defined`);
    return a % b;
  },
};

function arithmetic(operator: Arithmetic, a: number, b: number): FormulaValue {
  return onNumbers[operator](a, b);
}

function call(name: string, args: readonly Expression[], scope: Scope): FormulaValue {
  const ofArray = arrayFunctions.get(name);
  if (ofArray !== undefined) {
    if (args.length < 1 || args.length > 2) throw new FormulaFault(`${name} takes an array and a predicate`);
    const elements = arrayOf(evaluate(args[0], scope), name);
    return ofArray(elements, (element) => (args.length === 1 ? element : evaluate(args[1], { ...scope, element })));
  }
  const plain = plainFunctions.get(name);
  if (plain === undefined) throw new FormulaFault(`there is no function called ${name}`);
  return plain(args.map((arg) => evaluate(arg, scope)));
}
