import type { RunResult } from '../domain/run-result.js';
import {
  formatCount,
  formatMilliseconds,
  formatNumber,
  formatShare,
  formatUsd,
  plural,
} from '../domain/number-format.js';

import { guessSentence } from './guess-list.js';

/** What became of the run in one word and in one sentence. */
export interface Verdict {
  /** `crossed`: the objective held, but a threshold of the scenario did not. `open`: nothing was offered, so there is nothing to judge. */
  readonly kind: 'held' | 'crossed' | 'lost' | 'open';
  readonly word: 'Held' | 'Lost' | 'No verdict';
  /** The whole sentence or two, beginning with the word. */
  readonly sentence: string;
}

/** Share of offered requests that were served within the objective, or null when none was offered. */
export function attainment(result: RunResult): number | null {
  return result.requests.offered === 0 ? null : 1 - result.slo.violatedShare;
}

/** Money over the time in which people budget: a day for runs of a day or longer, else an hour. */
export function costOverTime(result: RunResult): { readonly amount: number; readonly per: 'day' | 'hour' } {
  const daily = result.durationSeconds >= 86_400;
  return { amount: result.cost.perHour * (daily ? 24 : 1), per: daily ? 'day' : 'hour' };
}

/** Judges a run by its service level objective first and by the scenario's thresholds second; says on how many guesses, where the scenario lists them. */
export function verdictOf(result: RunResult): Verdict {
  const judged = judge(result);
  const parts = [judged.sentence.trimEnd(), guessSentence(result)].filter((part) => part !== '');
  return { ...judged, sentence: parts.join(' ') };
}

function judge(result: RunResult): Verdict {
  const share = attainment(result);
  if (share === null) {
    return {
      kind: 'open',
      word: 'No verdict',
      sentence: 'No verdict: no request was offered, so no objective could be met or missed.',
    };
  }
  const facts = `${numbers(result, share)}, for ${price(result)}.`;
  const behind = queueBehind(result);
  if (share >= result.slo.target && behind !== null) {
    return { kind: 'lost', word: 'Lost', sentence: `Lost: ${behind}; ${facts} ${blame(result)}` };
  }
  if (share < result.slo.target) {
    const budget = `${formatNumber(result.slo.errorBudgetUsed)} times the error budget`;
    return {
      kind: 'lost',
      word: 'Lost',
      sentence: `Lost: ${numbers(result, share)}, ${budget}, for ${price(result)}. ${blame(result)}`,
    };
  }
  const crossed = result.thresholds.filter(({ met }) => !met);
  if (crossed.length === 0) return { kind: 'held', word: 'Held', sentence: `Held: ${facts}` };
  const named = crossed.map(({ threshold, value }) => `${threshold} (was ${formatNumber(value)})`).join('; ');
  const ratio = `${crossed.length} of ${plural(result.thresholds.length, 'threshold')}`;
  return { kind: 'crossed', word: 'Held', sentence: `Held: ${facts} But ${ratio} crossed: ${named}.` };
}

/** The first queue that misses its objective although the service as a whole meets its own; null where none does. */
function queueBehind({ queues = {} }: RunResult): string | null {
  for (const [name, { published, slo }] of Object.entries(queues)) {
    if (1 - slo.violatedShare >= slo.target) continue;
    return `${formatShare(1 - slo.violatedShare)} of ${formatCount(published)} jobs of ${name} within ${formatMilliseconds(slo.latencyMs)} (target ${formatShare(slo.target)})`;
  }
  return null;
}

function numbers(result: RunResult, share: number): string {
  const { slo, requests, latencyMs, queues = {} } = result;
  const apart = Object.values(queues).some((queue) => queue.slo.latencyMs !== slo.latencyMs);
  const time = apart ? 'in time' : `within ${formatMilliseconds(slo.latencyMs)}`;
  const within = `${formatShare(share)} of ${formatCount(requests.offered)} requests ${time}`;
  return `${within} (target ${formatShare(slo.target)}), p99 ${formatMilliseconds(latencyMs.p99)}`;
}

function price(result: RunResult): string {
  const { amount, per } = costOverTime(result);
  return `${formatUsd(amount)} ${per === 'day' ? 'a day' : 'an hour'}`;
}

type Kind = RunResult['bottleneck']['kind'];

/** How a kind is spoken of, before the name. */
const PHRASES: Readonly<Partial<Record<Kind, string>>> = {
  pods: 'pods of',
  imagePulls: 'image pulls of',
  crashLoops: 'crash loops of',
  cpuLimit: 'the CPU limit of',
  nodeCpu: 'full nodes under',
  controlPlane: 'the control plane, for',
  garbageCollection: 'garbage collection in',
  balancer: 'the balancer of',
  metricLag: 'late metrics of',
  scalingRules: 'the scaling rules of',
  maxReplicas: 'the maximum of replicas of',
  budget: 'the budget, for',
  workers: 'the workers of',
  restarts: 'restarts and failed probes of',
  leavingPods: 'leaving pods of',
};

/** What held the service back, in a few words: `pods of web`, `image pulls of web`, `dependency db`, `quota`. */
export function bottleneckName({ kind, name }: RunResult['bottleneck']): string {
  if (kind === 'fault') return 'a fault of the scenario';
  if (kind === 'none' || name === '') return kind;
  return `${PHRASES[kind] ?? kind} ${name}`;
}

/** What held the service back; nothing where the scenario's own answer, which stands above, has said so. */
function blame({ bottleneck, answer }: RunResult): string {
  if (answer?.includes(bottleneck.why) === true) return '';
  if (bottleneck.kind === 'none') return 'No single bottleneck stood out.';
  return `Held back by ${bottleneckName(bottleneck)}: ${bottleneck.why.replace(/\.?$/, '.')}`;
}
