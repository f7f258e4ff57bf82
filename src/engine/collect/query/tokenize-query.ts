import { QueryFault } from './query-fault.js';

/** A word of an expression. */
export interface QueryToken {
  readonly kind: 'duration' | 'number' | 'name' | 'text' | 'sign' | 'end';
  readonly text: string;
  /** Where it stands, from 1. */
  readonly at: number;
}

const patterns = [
  ['duration', /^(?:\d+(?:ms|[smhdwy]))+(?!\w)/],
  ['number', /^(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|(?:inf|nan)(?!\w))/i],
  ['name', /^[a-z_][\w:]*/i],
  ['text', /^(?:"(?:[^"\\\n]|\\["'\\])*"|'(?:[^'\\\n]|\\["'\\])*')/],
  ['sign', /^(?:==|!=|<=|>=|=~|!~|[-+*/%^<>=(){}[\],:@])/],
] as const;

const SPACE = /^(?:\s+|#[^\n]*)+/;

/** Takes an expression apart; the last word is its end. Throws a `QueryFault` at what is no word. */
export function tokenizeQuery(text: string): readonly QueryToken[] {
  const tokens: QueryToken[] = [];
  let rest = text;
  for (;;) {
    rest = rest.slice(SPACE.exec(rest)?.[0].length ?? 0);
    const at = text.length - rest.length + 1;
    if (rest === '') return [...tokens, { kind: 'end', text: 'the end', at }];
    const token = nextToken(rest, at);
    tokens.push(token);
    rest = rest.slice(token.text.length);
  }
}

function nextToken(rest: string, at: number): QueryToken {
  for (const [kind, pattern] of patterns) {
    const found = pattern.exec(rest);
    if (found !== null) return { kind, text: found[0], at };
  }
  throw new QueryFault(`cannot be read at character ${at}: ${JSON.stringify(rest[0])}`);
}
