import { type FormulaValue, numberOf, truthOf } from './formula-value.js';

/** What a predicate comes to for an element. */
export type Predicate = (element: FormulaValue) => FormulaValue;

/** A function of an array and of a predicate; without one, an element stands for itself. */
export type ArrayFunction = (elements: readonly FormulaValue[], predicate: Predicate) => FormulaValue;

/** Functions that ask a predicate about every element, by name. Source: expr-lang/expr, language definition. */
export const arrayFunctions: ReadonlyMap<string, ArrayFunction> = new Map<string, ArrayFunction>([
  ['all', (elements, predicate) => elements.every(holds(predicate))],
  ['any', (elements, predicate) => elements.some(holds(predicate))],
  ['none', (elements, predicate) => !elements.some(holds(predicate))],
  ['one', (elements, predicate) => elements.filter(holds(predicate)).length === 1],
  ['count', (elements, predicate) => elements.filter(holds(predicate)).length],
  ['filter', (elements, predicate) => elements.filter(holds(predicate))],
  ['map', (elements, predicate) => elements.map(predicate)],
  ['sum', (elements, predicate) => elements.reduce<number>((sum, one) => sum + numberOf(predicate(one), 'sum'), 0)],
]);

function holds(predicate: Predicate): (element: FormulaValue) => boolean {
  return (element) => truthOf(predicate(element), 'a predicate');
}
