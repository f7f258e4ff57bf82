import { evaluate } from './evaluate.js';
import type { Expression } from './expression.js';
import { FormulaFault } from './formula-fault.js';
import { kindOf, type FormulaValue } from './formula-value.js';
import { parseFormula } from './parse-formula.js';
import { unknownName } from './unknown-name.js';

/** Longer texts are not a formula that somebody has written. */
const LONGEST = 2000;

/** What a formula comes to: a number, perhaps not a finite one, or nothing (`nil`), or a sentence about what went wrong. */
export type FormulaResult = { readonly value: number | null } | { readonly problem: string };

/**
 * An arithmetic formula over named triggers, in the part of expr-lang that KEDA's `scalingModifiers` need.
 *
 * It is read and evaluated here, step by step; no text ever becomes code. Truth values are no numbers, and nothing is converted.
 */
export class Formula {
  private constructor(
    readonly text: string,
    private readonly expression: Expression,
  ) {}

  /** Reads a formula; a sentence about what is wrong where it cannot be read. */
  static read(text: string): Formula | string {
    if (text.length > LONGEST) return `is longer than ${LONGEST} characters`;
    return caught(() => new Formula(text, parseFormula(text)));
  }

  /** What in it is neither one of these triggers nor a function; null where there is nothing. */
  unknown(triggers: Iterable<string>): string | null {
    return unknownName(this.expression, new Set(triggers));
  }

  /** What it comes to where triggers have these values; `null` stands for one that failed. */
  run(triggers: ReadonlyMap<string, number | null>): FormulaResult {
    const value = caught(() => ({ value: evaluate(this.expression, { names: triggers, element: null }) }));
    return typeof value === 'string' ? { problem: value } : result(value.value);
  }
}

function result(value: FormulaValue): FormulaResult {
  if (value === null) return { value };
  return typeof value === 'number' ? { value } : { problem: `comes to ${kindOf(value)}, not to a number` };
}

function caught<Result>(run: () => Result): Result | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof FormulaFault) return error.message;
    throw error;
  }
}
