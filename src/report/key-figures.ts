import type { RunResult } from '../domain/run-result.js';
import {
  formatCount,
  formatMilliseconds,
  formatNumber,
  formatShare,
  formatUsd,
  formatWhole,
  plural,
} from '../domain/number-format.js';
import { attainment, costOverTime } from './verdict.js';

/** One of the numbers at the top of a report. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  /** What to hold it against. */
  readonly note: string;
  /** `good` and `bad` only where the scenario said what good is. */
  readonly tone: 'good' | 'bad' | 'plain';
}

/**
 * The five numbers that matter, in the order in which people ask: were users served in time, how bad was it for the slowest,
 * how many got nothing, what did it cost, and what did the autoscaler do for it. The last card also says what scaling itself broke,
 * since that is the one loss that only the autoscaler can cause.
 */
export function keyFigures(result: RunResult): readonly KeyFigure[] {
  return [objective(result), tail(result), failures(result), cost(result), pods(result)];
}

function objective(result: RunResult): KeyFigure {
  const { slo } = result;
  const share = attainment(result);
  return {
    label: `Served within ${formatMilliseconds(slo.latencyMs)}`,
    value: formatShare(share),
    note: `target ${formatShare(slo.target)}; ${formatShare(slo.errorBudgetUsed)} of the error budget used`,
    tone: share === null ? 'plain' : share >= slo.target ? 'good' : 'bad',
  };
}

function tail({ latencyMs, slo }: RunResult): KeyFigure {
  return {
    label: 'Latency p99',
    value: formatMilliseconds(latencyMs.p99),
    note: `p50 ${formatMilliseconds(latencyMs.p50)}, slowest ${formatMilliseconds(latencyMs.max)}`,
    tone: latencyMs.p99 === null ? 'plain' : latencyMs.p99 <= slo.latencyMs ? 'good' : 'bad',
  };
}

function failures({ requests }: RunResult): KeyFigure {
  const share = requests.offered === 0 ? null : requests.failed / requests.offered;
  return {
    label: 'Failed requests',
    value: formatWhole(requests.failed),
    note: `${formatShare(share)} of ${formatCount(requests.offered)}; ${formatWhole(requests.timedOut)} timed out, ${formatWhole(requests.rejected)} rejected`,
    tone: 'plain',
  };
}

function cost(result: RunResult): KeyFigure {
  const { amount, per } = costOverTime(result);
  const perMillion = result.cost.perMillionRequests;
  return {
    label: `Cost per ${per}`,
    value: formatUsd(amount),
    note:
      perMillion === null ? `${formatUsd(result.cost.total)} in all` : `${formatUsd(perMillion)} per million requests`,
    tone: 'plain',
  };
}

function pods({ pods: summary, scaling, availability }: RunResult): KeyFigure {
  const lost = availability.lostToScaling.total;
  return {
    label: 'Pods (min, mean, max)',
    value: `${formatWhole(summary.min)} / ${formatNumber(summary.mean)} / ${formatWhole(summary.max)}`,
    note: `${scaling.ups} up, ${scaling.downs} down, ${plural(scaling.reversals, 'reversal')}; ${plural(lost, 'request')} lost to scaling`,
    tone: 'plain',
  };
}
