/** A formula, read. Names are those of triggers or of `let`. */
export type Expression =
  | { readonly type: 'constant'; readonly value: number | boolean | null }
  | { readonly type: 'name'; readonly name: string }
  /** The element that a predicate is about, `#`. */
  | { readonly type: 'element' }
  | { readonly type: 'array'; readonly items: readonly Expression[] }
  | { readonly type: 'unary'; readonly operator: '-' | '+' | 'not'; readonly operand: Expression }
  | {
      readonly type: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly type: 'let'; readonly name: string; readonly value: Expression; readonly body: Expression }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[] };

/** Operators between two expressions, under one name each. */
export type BinaryOperator =
  'or' | 'and' | '==' | '!=' | '<' | '>' | '<=' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%' | '**' | '??';
