import type { RunResult } from '../domain/run-result.js';

/** `result.json`: the result as indented JSON with a final line break. Equal results give equal text. */
export function resultJson(result: RunResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
