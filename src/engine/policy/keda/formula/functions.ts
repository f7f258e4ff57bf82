import { FormulaFault } from './formula-fault.js';
import { arrayOf, type FormulaValue, numberOf } from './formula-value.js';

/** A function that looks at values alone. */
export type PlainFunction = (args: readonly FormulaValue[]) => FormulaValue;

/** Functions by name. Source: expr-lang/expr, language definition. */
export const plainFunctions: ReadonlyMap<string, PlainFunction> = new Map<string, PlainFunction>([
  ['abs', ofOne('abs', Math.abs)],
  ['ceil', ofOne('ceil', Math.ceil)],
  ['floor', ofOne('floor', Math.floor)],
  ['round', ofOne('round', (x) => Math.sign(x) * Math.round(Math.abs(x)))],
  ['int', ofOne('int', Math.trunc)],
  ['float', ofOne('float', (x) => x)],
  ['max', ofMany('max', (all) => Math.max(...all))],
  ['min', ofMany('min', (all) => Math.min(...all))],
  ['mean', ofMany('mean', (all) => all.reduce((sum, x) => sum + x, 0) / all.length)],
  ['median', ofMany('median', median)],
  ['len', (args) => arrayOf(only('len', args), 'len').length],
  ['first', (args) => arrayOf(only('first', args), 'first').at(0) ?? null],
  ['last', (args) => arrayOf(only('last', args), 'last').at(-1) ?? null],
]);

function only(name: string, args: readonly FormulaValue[]): FormulaValue {
  if (args.length === 1) return args[0];
  throw new FormulaFault(`${name} takes one argument, was given ${args.length}`);
}

function ofOne(name: string, of: (x: number) => number): PlainFunction {
  return (args) => of(numberOf(only(name, args), name));
}

/** Arguments may be numbers or arrays of numbers. */
function ofMany(name: string, of: (all: readonly number[]) => number): PlainFunction {
  return (args) => {
    const all = numbersIn(args, name);
    if (all.length === 0) throw new FormulaFault(`${name} needs at least one number`);
    return of(all);
  };
}

function numbersIn(values: readonly FormulaValue[], name: string): readonly number[] {
  return values.flatMap((value) =>
    value !== null && typeof value === 'object' ? numbersIn(value, name) : [numberOf(value, name)],
  );
}

function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
