import type { RunResult } from '../domain/run-result.js';
import { formatMilliseconds, formatShare } from '../domain/number-format.js';

/** How much the tail depends on what lies inside the bins of the traffic, in words; null where nobody looked. */
export function arrivalSentence({ arrivalSensitivity, slo }: RunResult): string | null {
  if (arrivalSensitivity === undefined) return null;
  const { own, p99Ms, violatedShare } = arrivalSensitivity;
  const cases = Object.entries(p99Ms).map(([model, p99]) => {
    const tail = p99 === null ? 'nobody was served' : `p99 is ${formatMilliseconds(p99)}`;
    const missed = `${formatShare(violatedShare[model])} miss ${formatMilliseconds(slo.latencyMs)}`;
    return `${model === own ? 'in this run' : 'under'} ${model === own ? `(${model})` : model} ${tail} and ${missed}`;
  });
  return `How arrivals lie inside a bin of the traffic is a guess: ${cases.join('; ')}.`;
}
