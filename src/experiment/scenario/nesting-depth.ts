import { type CST, Parser } from 'yaml';

/**
 * How deeply the collections of a YAML text are nested.
 *
 * Works on the concrete syntax tree, whose parser keeps its own stack, and walks it without recursion: a text of any depth gets an answer.
 */
export function nestingDepth(text: string): number {
  let deepest = 0;
  const open: [token: CST.Token, depth: number][] = [...new Parser().parse(text)].map((token) => [token, 0]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next;
    deepest = Math.max(deepest, depth);
    if ('value' in token && token.value !== undefined) open.push([token.value, depth]);
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key != null) open.push([key, depth + 1]);
      if (value !== undefined) open.push([value, depth + 1]);
    }
  }
  return deepest;
}
