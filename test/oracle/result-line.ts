import type { OracleResult } from './judge-case.js';

/** One row as a line of text. */
export function resultLine(result: OracleResult): string {
  const { family, parameters, quantity, expected, simulated, halfWidth, relativeError, tolerance } = result;
  const named = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [
    result.pass ? 'pass' : 'FAIL',
    family,
    ...named,
    quantity,
    `expected ${expected.toPrecision(6)}`,
    `simulated ${simulated.toPrecision(6)} +- ${halfWidth.toPrecision(2)}`,
    `(error ${(relativeError * 100).toFixed(3)}%, half-width ${((halfWidth / expected) * 100).toFixed(2)}% of at most ${tolerance * 100}%)`,
    `${(result.requests / 1e6).toFixed(1)} M requests`,
    ...(result.attempt === 2 ? ['second seed'] : []),
  ].join(' ');
}
