import { FormulaFault } from './formula-fault.js';

/** What an expression can come to; `null` is its `nil`. */
export type FormulaValue = number | boolean | null | readonly FormulaValue[];

/** How a value is called in complaints. */
export function kindOf(value: FormulaValue): string {
  if (value === null) return 'nil';
  if (typeof value === 'object') return 'an array';
  return typeof value === 'number' ? 'a number' : 'a truth value';
}

/** The value as a number; anything else is a fault of what takes it. */
export function numberOf(value: FormulaValue, what: string): number {
  if (typeof value === 'number') return value;
  throw new FormulaFault(`${what} needs a number, was given ${kindOf(value)}`);
}

/** The value as a truth value; anything else is a fault of what takes it. */
export function truthOf(value: FormulaValue, what: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new FormulaFault(`${what} needs a truth value, was given ${kindOf(value)}`);
}

/** The value as an array; anything else is a fault of what takes it. */
export function arrayOf(value: FormulaValue, what: string): readonly FormulaValue[] {
  if (value !== null && typeof value === 'object') return value;
  throw new FormulaFault(`${what} needs an array, was given ${kindOf(value)}`);
}

/** Whether two values are the same; arrays are where their elements are. */
export function isSame(a: FormulaValue, b: FormulaValue): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((one, i) => isSame(one, b[i]));
}
