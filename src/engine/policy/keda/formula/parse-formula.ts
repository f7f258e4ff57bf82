import type { BinaryOperator, Expression } from './expression.js';
import { FormulaFault } from './formula-fault.js';
import { binaryOperators, unarySigns } from './operators.js';
import { type Token, tokenize } from './tokenize.js';

/** Deeper nesting is not a formula that somebody has written. */
const DEEPEST = 60;

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['nil', null],
]);

const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'let', 'if', 'else']);

/**
 * Reads a formula; what cannot be read is a `FormulaFault` that says where.
 *
 * The language is the part of expr-lang that has to do with numbers, truth values and arrays of them: no text, no maps, no fields.
 */
export function parseFormula(text: string): Expression {
  return new Parser(tokenize(text)).all();
}

class Parser {
  private next = 0;
  private depth = 0;
  /** Inside how many predicates we are: only there is `#` something. */
  private predicates = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  all(): Expression {
    const expression = this.expression(0);
    if (this.token.kind !== 'end') throw this.unexpected('an operator or the end');
    return expression;
  }

  private get token(): Token {
    return this.tokens[this.next];
  }

  /** An expression whose operators bind at least so tightly. */
  private expression(binds: number): Expression {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new FormulaFault(`is nested deeper than ${DEEPEST} levels`);
    const read = binds === 0 ? this.statement() : this.operation(binds);
    this.depth -= 1;
    return read;
  }

  private statement(): Expression {
    if (this.accept('let')) return this.letIn();
    if (this.accept('if')) return this.ifElse();
    let read = this.operation(0);
    while (this.accept('?')) {
      const yes = this.token.text === ':' ? read : this.expression(0);
      this.expect(':');
      read = { type: 'choice', condition: read, yes, no: this.expression(0) };
    }
    return read;
  }

  private letIn(): Expression {
    const { text: name } = this.name('a name');
    this.expect('=');
    const value = this.expression(0);
    this.expect(';');
    return { type: 'let', name, value, body: this.expression(0) };
  }

  private ifElse(): Expression {
    const condition = this.expression(0);
    const yes = this.block();
    this.expect('else');
    return { type: 'choice', condition, yes, no: this.accept('if') ? this.ifElse() : this.block() };
  }

  private block(): Expression {
    this.expect('{');
    const read = this.expression(0);
    this.expect('}');
    return read;
  }

  private operation(binds: number): Expression {
    let left = this.operand();
    let coalesced = false;
    for (;;) {
      const { text } = this.token;
      const reading = binaryOperators.get(text);
      if (reading === undefined || reading.binds < binds) return left;
      if (coalesced && text !== '??') throw this.mixed(text);
      this.next += 1;
      coalesced = text === '??';
      left = isOrder(reading.operator)
        ? this.comparisons(left, reading.operator, reading.binds)
        : this.binary(left, reading.operator, this.expression(reading.fromRight ? reading.binds : reading.binds + 1));
    }
  }

  /** `1 < x < 5` means `1 < x and x < 5`. */
  private comparisons(first: Expression, operator: BinaryOperator, binds: number): Expression {
    let left = this.expression(binds + 1);
    let all = this.binary(first, operator, left);
    for (;;) {
      const reading = binaryOperators.get(this.token.text);
      if (reading === undefined || !isOrder(reading.operator)) return all;
      this.next += 1;
      const right = this.expression(binds + 1);
      all = this.binary(all, 'and', this.binary(left, reading.operator, right));
      left = right;
    }
  }

  private binary(left: Expression, operator: BinaryOperator, right: Expression): Expression {
    return { type: 'binary', operator, left, right };
  }

  private operand(): Expression {
    const { kind, text } = this.token;
    const sign = unarySigns.get(text);
    if (sign !== undefined) {
      this.next += 1;
      return { type: 'unary', operator: sign.operator, operand: this.expression(sign.binds) };
    }
    if (kind === 'number') return this.number();
    if (this.accept('(')) return this.closed(')');
    if (this.accept('[')) return { type: 'array', items: this.list(']') };
    if (this.predicates > 0 && this.accept('#')) return { type: 'element' };
    if (kind === 'name' && !reserved.has(text)) return this.named();
    throw this.unexpected('a number, a trigger, a function or (');
  }

  private number(): Expression {
    const value = Number(this.token.text.replaceAll('_', ''));
    if (!Number.isFinite(value)) throw this.unexpected('a number');
    this.next += 1;
    return { type: 'constant', value };
  }

  private named(): Expression {
    const { text } = this.name('a name');
    const constant = constants.get(text);
    if (constant !== undefined) return { type: 'constant', value: constant };
    if (!this.accept('(')) return { type: 'name', name: text };
    return { type: 'call', name: text, args: this.list(')') };
  }

  private list(end: string): readonly Expression[] {
    const items: Expression[] = [];
    while (!this.accept(end)) {
      if (items.length > 0) this.expect(',');
      items.push(this.item(items.length));
    }
    return items;
  }

  /** Everything but the first of a list may be a predicate, with or without braces. */
  private item(position: number): Expression {
    if (position === 0) return this.expression(0);
    this.predicates += 1;
    const read = this.token.text === '{' ? this.block() : this.expression(0);
    this.predicates -= 1;
    return read;
  }

  private closed(end: string): Expression {
    const read = this.expression(0);
    this.expect(end);
    return read;
  }

  private name(what: string): Token {
    const { token } = this;
    if (token.kind !== 'name' || reserved.has(token.text)) throw this.unexpected(what);
    this.next += 1;
    return token;
  }

  private accept(text: string): boolean {
    const { token } = this;
    if (token.kind === 'end' || token.kind === 'number' || token.text !== text) return false;
    this.next += 1;
    return true;
  }

  private expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(text);
  }

  private mixed(sign: string): FormulaFault {
    return new FormulaFault(
      `mixes ?? with ${sign} at character ${this.token.at}; put what belongs together in parentheses`,
    );
  }

  private unexpected(expected: string): FormulaFault {
    const { text, at } = this.token;
    return new FormulaFault(`expects ${expected} at character ${at}, where ${text} stands`);
  }
}

function isOrder(operator: BinaryOperator): boolean {
  return operator === '<' || operator === '>' || operator === '<=' || operator === '>=';
}
