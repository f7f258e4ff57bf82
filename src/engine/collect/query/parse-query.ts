import { aggregations } from './aggregations.js';
import { type LabelMatcher, labelMatcher } from './label-matcher.js';
import { kindOf, wrongArguments } from './query-kind.js';
import type { LabelChoice, QueryExpression, QueryOperator, Selector } from './query-expression.js';
import { QueryFault } from './query-fault.js';
import { type QueryToken, tokenizeQuery } from './tokenize-query.js';

/** Deeper nesting is not an expression that somebody has written. */
const DEEPEST = 40;

const binding: ReadonlyMap<string, readonly [operator: QueryOperator, binds: number]> = new Map(
  (
    [
      [['or'], 1],
      [['and', 'unless'], 2],
      [['==', '!=', '<', '>', '<=', '>='], 3],
      [['+', '-'], 4],
      [['*', '/', '%'], 5],
      [['^'], 6],
    ] as const
  ).flatMap(([operators, binds]) => operators.map((operator) => [operator, [operator, binds] as const] as const)),
);

const NEGATION = 5;
const everything: LabelChoice = { keeps: false, labels: [] };
const nothing: LabelChoice = { keeps: true, labels: [] };

/**
 * Reads an expression; throws a `QueryFault` that says what is wrong, and where.
 *
 * The language is the part of PromQL that has to do with numbers: no subqueries, no `@`, no joins of many to one, no text functions.
 * Selectors without a matcher of `workload` take on `scope`, where there is one.
 */
export function parseQuery(text: string, scope: LabelMatcher | null): QueryExpression {
  return new QueryParser(tokenizeQuery(text), scope).all();
}

class QueryParser {
  private next = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly QueryToken[],
    private readonly scope: LabelMatcher | null,
  ) {}

  all(): QueryExpression {
    const read = this.expression(0);
    if (this.token.kind !== 'end') throw this.unexpected('an operator or the end');
    if (kindOf(read) === 'range')
      throw new QueryFault('comes to a window of samples; put a function such as rate() around it');
    return read;
  }

  private get token(): QueryToken {
    return this.tokens[this.next];
  }

  /** An expression whose operators bind more tightly than `binds`. */
  private expression(binds: number): QueryExpression {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new QueryFault(`is nested deeper than ${DEEPEST} levels`);
    let left = this.operand();
    for (;;) {
      const found = binding.get(this.token.text);
      if (found === undefined || found[1] <= binds) break;
      left = this.binary(left, ...found);
    }
    this.depth -= 1;
    return left;
  }

  private binary(left: QueryExpression, operator: QueryOperator, binds: number): QueryExpression {
    const { at } = this.token;
    this.next += 1;
    const isBool = this.accept('bool');
    const match = this.choice('on', 'ignoring') ?? everything;
    if (this.token.text === 'group_left' || this.token.text === 'group_right') throw this.unexpected('an expression');
    const right = this.expression(operator === '^' ? binds - 1 : binds);
    const made: QueryExpression = { type: 'binary', operator, left, right, isBool, match };
    const wrong = wrongArguments(made);
    if (wrong !== null) throw new QueryFault(`${wrong} at character ${at}`);
    return made;
  }

  private operand(): QueryExpression {
    const { kind, text } = this.token;
    if (this.accept('-')) return this.checked({ type: 'negation', of: this.expression(NEGATION) });
    if (this.accept('+')) return this.expression(NEGATION);
    if (kind === 'number') return this.number();
    if (this.accept('(')) {
      const read = this.expression(0);
      this.expect(')');
      return read;
    }
    if (kind !== 'name') throw this.unexpected('a metric, a function, a number or (');
    if (aggregations.has(text)) return this.aggregation();
    this.next += 1;
    return this.token.text === '(' ? this.call(text) : this.selector(text);
  }

  private number(): QueryExpression {
    const { text } = this.token;
    this.next += 1;
    const value = /^inf$/i.test(text) ? Infinity : /^nan$/i.test(text) ? NaN : Number(text);
    return { type: 'number', value };
  }

  private call(name: string): QueryExpression {
    this.expect('(');
    const args: QueryExpression[] = [];
    while (!this.accept(')')) {
      if (args.length > 0) this.expect(',');
      args.push(this.expression(0));
    }
    return this.checked({ type: 'call', name, args });
  }

  /** `sum by (pod) (x)` and `sum(x) by (pod)` are the same. */
  private aggregation(): QueryExpression {
    const { text: name } = this.token;
    this.next += 1;
    const before = this.choice('by', 'without');
    this.expect('(');
    const parameter = aggregations.get(name)?.takesParameter === true ? this.parameter(name) : null;
    const of = this.expression(0);
    this.expect(')');
    const by = before ?? this.choice('by', 'without') ?? nothing;
    return this.checked({ type: 'aggregation', name, parameter, by, of });
  }

  private parameter(name: string): number {
    const read = this.expression(0);
    if (read.type !== 'number') throw new QueryFault(`needs a number before the comma of ${name}()`);
    this.expect(',');
    return read.value;
  }

  private choice(keeping: string, dropping: string): LabelChoice | null {
    const keeps = this.token.text === keeping;
    if (!keeps && this.token.text !== dropping) return null;
    this.next += 1;
    this.expect('(');
    const labels: string[] = [];
    while (!this.accept(')')) {
      if (labels.length > 0) this.expect(',');
      labels.push(this.name('a label'));
    }
    return { keeps, labels };
  }

  private selector(metric: string): QueryExpression {
    const written = this.accept('{') ? this.matchers() : [];
    const { scope } = this;
    const isScoped = scope === null || written.some(({ label }) => label === scope.label);
    const matchers = isScoped ? written : [...written, scope];
    const rangeMicros = this.accept('[') ? this.window() : null;
    const offsetMicros = this.accept('offset') ? this.duration() : 0;
    const selector: Selector = { metric, matchers, rangeMicros, offsetMicros };
    return { type: 'selector', selector };
  }

  private matchers(): readonly LabelMatcher[] {
    const matchers: LabelMatcher[] = [];
    while (!this.accept('}')) {
      if (matchers.length > 0) this.expect(',');
      const label = this.name('a label');
      const operator = this.matching();
      const { kind, text } = this.token;
      if (kind !== 'text') throw this.unexpected('a text in quotes');
      this.next += 1;
      matchers.push(labelMatcher(label, operator, text.slice(1, -1).replace(/\\(.)/g, '$1')));
    }
    return matchers;
  }

  private matching(): LabelMatcher['operator'] {
    for (const operator of ['=', '!=', '=~', '!~'] as const) if (this.accept(operator)) return operator;
    throw this.unexpected('=, !=, =~ or !~');
  }

  private window(): number {
    const length = this.duration();
    if (length === 0) throw new QueryFault('must not have a window of no length');
    if (this.token.text === ':')
      throw new QueryFault(`has a subquery at character ${this.token.at}, which is not supported`);
    this.expect(']');
    return length;
  }

  private duration(): number {
    const { kind, text } = this.token;
    if (kind !== 'duration') throw this.unexpected('a length of time, as 5m,');
    this.next += 1;
    return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
      (sum, [, count, unit]) => sum + Number(count) * UNITS[unit],
      0,
    );
  }

  private checked(made: QueryExpression): QueryExpression {
    const wrong = wrongArguments(made);
    if (wrong !== null) throw new QueryFault(wrong);
    return made;
  }

  private name(what: string): string {
    const { kind, text } = this.token;
    if (kind !== 'name') throw this.unexpected(what);
    this.next += 1;
    return text;
  }

  private accept(text: string): boolean {
    const { token } = this;
    if (token.kind === 'end' || token.kind === 'text' || token.text !== text) return false;
    this.next += 1;
    return true;
  }

  private expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(text);
  }

  private unexpected(expected: string): QueryFault {
    const { text, at } = this.token;
    return new QueryFault(`expects ${expected} at character ${at}, where ${text} stands`);
  }
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1e3,
  s: 1e6,
  m: 6e7,
  h: 3.6e9,
  d: 8.64e10,
  w: 6.048e11,
  y: 3.1536e13,
};
