import type { LostShare } from '../domain/disruption-result.js';
import type { RunResult, TwoQuantiles } from '../domain/run-result.js';
import { baselineName } from './charts/cost-charts.js';
import { engineDelayText } from './engine-delay-text.js';
import { reasonLabel } from './explain/reason-label.js';
import {
  formatCount,
  formatMilliseconds,
  formatNumber,
  formatSeconds,
  formatShare,
  formatUsd,
  formatWhole,
} from '../domain/number-format.js';
import { jvmTable } from './jvm-table.js';
import { queueTables } from './queue-tables.js';
import type { ResultTable } from './result-table.js';

/** The tables of numbers of a run, without those that would be empty. */
export function resultTables(result: RunResult): readonly ResultTable[] {
  return [
    requests(result),
    cost(result),
    network(result),
    latency(result),
    workloads(result),
    jvmTable(result),
    dependencies(result),
    ...queueTables(result),
    scaling(result),
  ].filter(({ rows }) => rows.length > 0);
}

/** How often each reason decided, the most frequent first. */
export function reasonsTable({ decisions }: RunResult): ResultTable {
  const total = Object.values(decisions).reduce((sum, count) => sum + count, 0);
  const rows = Object.entries(decisions)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([reason, count]) => [reason, reasonLabel(reason), formatWhole(count), formatShare(count / total)]);
  return {
    caption: 'Decisions after the warm-up, by reason',
    head: ['Reason', 'Meaning', 'Decisions', 'Share'],
    rows,
    words: [1],
  };
}

function requests({ requests: counts, attempts }: RunResult): ResultTable {
  const share = (count: number): string => (counts.offered === 0 ? 'n/a' : formatShare(count / counts.offered));
  const row = (name: string, count: number): readonly string[] => [name, formatWhole(count), share(count)];
  return {
    caption: `Logical requests after the warm-up; ${attempts.amplification.toFixed(3)} attempts for each`,
    head: ['Requests', 'Count', 'Share'],
    rows: [
      row('offered', counts.offered),
      row('served', counts.served),
      row('failed', counts.failed),
      row('of these timed out', counts.timedOut),
      row('of these rejected', counts.rejected),
      row('in flight at the end', counts.inFlightAtEnd),
    ],
    words: [],
  };
}

function latency({ latencyMs, slo }: RunResult): ResultTable {
  const { mean, p50, p90, p95, p99, p999, max } = latencyMs;
  const apdex = `Apdex ${formatNumber(slo.apdex)} at ${formatMilliseconds(slo.latencyMs)}`;
  return {
    caption: `Latency of served requests from intended arrival to last byte; ${apdex}`,
    head: ['Latency', 'mean', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max'],
    rows: [['served requests', ...[mean, p50, p90, p95, p99, p999, max].map(formatMilliseconds)]],
    words: [],
  };
}

function workloads({ workloads: all }: RunResult): ResultTable {
  const rows = Object.entries(all).map(([name, { pods, offered, failed, cpuUtilisation }]) => [
    name,
    `${formatWhole(pods.min)} / ${formatNumber(pods.mean)} / ${formatWhole(pods.max)}`,
    formatNumber(pods.hours),
    formatNumber(pods.readyHours),
    cpuUtilisation === null ? 'n/a' : formatShare(cpuUtilisation),
    formatCount(offered),
    formatWhole(failed),
  ]);
  const head = [
    'Workload',
    'Pods min / mean / max',
    'Pod-hours',
    'Ready pod-hours',
    'CPU of request',
    'Attempts',
    'Failed',
  ];
  return { caption: 'Workloads', head, rows, words: [] };
}

function dependencies({ dependencies: all }: RunResult): ResultTable {
  const rows = Object.entries(all).map(([name, of]) => [
    name,
    formatShare(of.utilisation),
    formatShare(of.peakUtilisation),
    formatMilliseconds(of.peakWaitMs),
    formatCount(of.offered),
    formatWhole(of.failed),
  ]);
  const head = ['Dependency', 'Busy', 'Busy, worst 5 min', 'Wait, worst 5 min', 'Calls', 'Failed'];
  return { caption: 'Dependencies', head, rows, words: [] };
}

function scaling({ scaling: of, elasticity, availability, nodes, rollouts = [] }: RunResult): ResultTable {
  const lost = availability.lostToScaling;
  const percent = (value: number): string => `${formatNumber(value)}%`;
  const rows = [
    ['Scaling actions', `${of.ups} up, ${of.downs} down, ${of.reversals} reversed within ten minutes`],
    ['Shortage until covered', quantiles(of.responseSeconds)],
    ['Of which the engine', `${quantiles(of.engineDelaySeconds)}${engineDelayText(of.engineDelayMeanSeconds)}`],
    [
      'Of which nobody could have saved',
      `${quantiles(of.floorSeconds)}: from the request for enough pods until they were ready`,
    ],
    [
      'Requests lost to scaling',
      `${formatWhole(lost.total)} (${formatWhole(lost.refused)} refused, ${formatWhole(lost.cutOff)} cut off); ${formatShare(lost.shareDuringScaling)} of those around an action`,
    ],
    ...lostRows(availability),
    ['Requests slowed by cold pods', formatWhole(availability.slowedByCold)],
    ['Too few pods', `${percent(elasticity.thetaU)} too few on average, ${percent(elasticity.tauU)} of the time`],
    ['Too many pods', `${percent(elasticity.thetaO)} too many on average, ${percent(elasticity.tauO)} of the time`],
    ['Pods did not move with demand', `in ${percent(elasticity.instability)} of the steps`],
    ['Nodes', `${formatNumber(nodes.hours)} node-hours, at most ${formatWhole(nodes.max)}`],
  ];
  const { failedLaunches } = nodes;
  if (failedLaunches !== undefined) {
    const { refused, neverUp } = failedLaunches;
    rows.push([
      'Launches that failed',
      `${formatWhole(refused)} refused by the provider, ${formatWhole(neverUp)} ran and never came up`,
    ]);
  }
  rows.push(...rolloutRows(rollouts));
  return { caption: 'Scaling and elasticity', head: ['Quantity', 'Value'], rows, words: [1] };
}

function quantiles({ p50, p95 }: TwoQuantiles): string {
  return p50 === null ? 'none' : `p50 ${formatSeconds(p50)}, p95 ${formatSeconds(p95)}`;
}

/** What new revisions, evictions and preemption cost, where there were any. */
function lostRows({ lostToRollout, lostToEviction, lostToPreemption }: RunResult['availability']): string[][] {
  const row = (label: string, lost: LostShare | undefined): string[][] =>
    lost === undefined
      ? []
      : [
          [
            label,
            `${formatWhole(lost.total)} (${formatWhole(lost.refused)} refused, ${formatWhole(lost.cutOff)} cut off); ${formatShare(lost.share)} of all`,
          ],
        ];
  return [
    ...row('Requests lost to rollouts', lostToRollout),
    ...row('Requests lost to evictions', lostToEviction),
    ...row('Requests lost to preemption', lostToPreemption),
  ];
}

function rolloutRows(rollouts: NonNullable<RunResult['rollouts']>): string[][] {
  return rollouts.map(({ workload, revision, tookSeconds, stuck }) => [
    `Rollout ${revision} of ${workload}`,
    `${tookSeconds === null ? 'not through at the end' : `through after ${formatSeconds(tookSeconds)}`}${stuck ? '; stuck on the way' : ''}`,
  ]);
}

function cost({ cost: of }: RunResult): ResultTable {
  const kinds = {
    onDemand: 'on demand',
    spot: 'spot',
    reserved: 'reserved',
    egress: 'egress',
    balancer: 'balancer',
    other: 'other',
  };
  const difference = (total: number): string => {
    if (of.total === total) return 'the same';
    if (total === 0) return 'n/a';
    return `this run ${formatShare(Math.abs(of.total / total - 1))} ${of.total < total ? 'cheaper' : 'dearer'}`;
  };
  const rows = [
    ['This run', formatUsd(of.total), `${formatUsd(of.perHour)} an hour`],
    ...Object.entries(kinds)
      .map(([kind, name]): [string, number] => [name, byKind(of.byKind, kind)])
      .filter(([, amount]) => amount !== 0)
      .map(([name, amount]) => [
        `of which ${name}`,
        formatUsd(amount),
        formatShare(of.total === 0 ? null : amount / of.total),
      ]),
    ...(of.budget === undefined
      ? []
      : [
          [
            'Budget',
            `${formatUsd(of.budget.perHour)} an hour`,
            `spent at most ${formatUsd(of.budget.peakPerHour)} an hour`,
          ],
        ]),
    ...Object.entries(of.baselines).map(([key, total]) => [
      `Instead: ${baselineName(key)}`,
      formatUsd(total),
      difference(total),
    ]),
  ];
  return { caption: 'Cost after the warm-up, in US dollars', head: ['Cost', 'Total', 'Comparison'], rows, words: [2] };
}

function network({ network: of }: RunResult): ResultTable {
  const names = { crossZone: 'between zones', crossRegion: 'to other regions', internet: 'to the internet' };
  const rows =
    of === undefined
      ? []
      : Object.entries(names).map(([kind, name]) => [
          name,
          `${formatNumber(byKind(of.gigabytes, kind))} GB`,
          formatUsd(byKind(of.usd, kind)),
        ]);
  const again = of === undefined ? '' : `; ${formatWhole(of.retransmissions)} messages sent again after a loss`;
  return { caption: `Traffic after the warm-up${again}`, head: ['Traffic', 'Sent', 'Cost'], rows, words: [] };
}

function byKind(amounts: Readonly<Record<string, number>>, kind: string): number {
  return Object.hasOwn(amounts, kind) ? amounts[kind] : 0;
}
