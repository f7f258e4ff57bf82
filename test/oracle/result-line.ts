import type { OracleResult } from './judge-case.js';
import type { DrawResult } from './judge-draws.js';

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
    `(error ${(relativeError * 100).toFixed(3)}%, half-width ${((halfWidth / expected) * 100).toFixed(3)}% of at most ${tolerance * 100}%)`,
    `${(result.requests / 1e6).toFixed(1)} M requests, ${result.cpuSeconds.toFixed(1)} CPU-s`,
    ...(result.attempt === 2 ? ['second seed'] : []),
  ].join(' ');
}

/** What a figure of all draws came to, as a line of text. */
export function drawLine({ pass, name, expected, drawn, halfWidth, requests }: DrawResult): string {
  const numbers = `expected ${expected.toPrecision(6)} drawn ${drawn.toPrecision(6)} +- ${halfWidth.toPrecision(2)}`;
  return `${pass ? 'pass' : 'FAIL'} draws ${name} ${numbers} in ${(requests / 1e6).toFixed(0)} M requests`;
}
