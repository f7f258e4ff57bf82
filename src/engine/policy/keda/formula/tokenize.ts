import { FormulaFault } from './formula-fault.js';

/** A word of a formula. */
export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** Where it stands, from 1. */
  readonly at: number;
}

/** Longer signs before those they begin with. */
const SIGNS = /^(?:\*\*|\?\?|==|!=|<=|>=|&&|\|\||[-+*/%^<>!?:;,=#()[\]{}])/;
const NUMBER = /^(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?)/i;
const NAME = /^[a-z_$][\w$]*/i;
const SPACE = /^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/;

/** Takes a formula apart; the last word is its end. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text;
  for (;;) {
    rest = rest.slice(SPACE.exec(rest)?.[0].length ?? 0);
    const at = text.length - rest.length + 1;
    if (rest === '') return [...tokens, { kind: 'end', text: 'its end', at }];
    const token = nextToken(rest, at);
    tokens.push(token);
    rest = rest.slice(token.text.length);
  }
}

function nextToken(rest: string, at: number): Token {
  const patterns = { number: NUMBER, name: NAME, sign: SIGNS } as const;
  for (const kind of ['number', 'name', 'sign'] as const) {
    const found = patterns[kind].exec(rest);
    if (found !== null) return { kind, text: found[0], at };
  }
  throw new FormulaFault(`cannot read ${JSON.stringify(rest[0])} at character ${at}`);
}
