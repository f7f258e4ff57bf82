import type { BinaryOperator } from './expression.js';

/** How an operator is read: under which name, how tightly it binds, and whether from the right. */
export interface OperatorReading {
  readonly operator: BinaryOperator;
  readonly binds: number;
  readonly fromRight: boolean;
}

/** The binary operators as they are written, and how tightly they bind. Source: expr-lang/expr parser/operator. */
export const binaryOperators: ReadonlyMap<string, OperatorReading> = new Map(
  (
    [
      ['or', 'or', 10],
      ['||', 'or', 10],
      ['and', 'and', 15],
      ['&&', 'and', 15],
      ['==', '==', 20],
      ['!=', '!=', 20],
      ['<', '<', 20],
      ['>', '>', 20],
      ['<=', '<=', 20],
      ['>=', '>=', 20],
      ['in', 'in', 20],
      ['+', '+', 30],
      ['-', '-', 30],
      ['*', '*', 60],
      ['/', '/', 60],
      ['%', '%', 60],
      ['**', '**', 100],
      ['^', '**', 100],
      ['??', '??', 500],
    ] as const
  ).map(([written, operator, binds]) => [written, { operator, binds, fromRight: operator === '**' }]),
);

/** The signs in front of an expression, and how tightly they bind. */
export const unarySigns: ReadonlyMap<string, { readonly operator: '-' | '+' | 'not'; readonly binds: number }> =
  new Map([
    ['not', { operator: 'not', binds: 50 }],
    ['!', { operator: 'not', binds: 50 }],
    ['-', { operator: '-', binds: 90 }],
    ['+', { operator: '+', binds: 90 }],
  ]);
