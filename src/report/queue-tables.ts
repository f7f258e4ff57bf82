import {
  formatCount,
  formatMilliseconds,
  formatNumber,
  formatSeconds,
  formatShare,
  formatWhole,
} from '../domain/number-format.js';
import type { RunResult } from '../domain/run-result.js';
import type { ResultTable } from './result-table.js';

/** What became of the jobs of every queue, and how long they took; without rows where there are no queues. */
export function queueTables({ queues = {} }: RunResult): readonly ResultTable[] {
  const all = Object.entries(queues);
  return [
    {
      caption: 'Jobs published after the warm-up',
      head: [
        'Queue',
        'Published',
        'Done',
        'Dead, expired, refused',
        'Waiting at the end',
        'In progress at the end',
        'Redelivered',
        'Done again',
        'Dead letters',
      ],
      rows: all.map(([name, of]) => [
        name,
        formatWhole(of.published),
        formatWhole(of.done),
        [of.dead, of.expired, of.refused].map(formatWhole).join(', '),
        formatWhole(of.waitingAtEnd),
        formatWhole(of.inProgressAtEnd),
        formatWhole(of.redelivered),
        formatWhole(of.duplicates),
        formatWhole(of.deadLettered),
      ]),
      words: [],
    },
    {
      caption: 'Lag is the age of the oldest job that waits; latency is from publication to done',
      head: ['Queue', 'In time', 'Latency p50 / p99', 'In queue p50 / p99', 'Lag p95 / max', 'Length mean / max'],
      rows: all.map(([name, { slo, latencyMs, timeInQueueMs, oldestAgeSeconds: age, length }]) => [
        name,
        `${formatShare(1 - slo.violatedShare)} within ${formatMilliseconds(slo.latencyMs)}, target ${formatShare(slo.target)}`,
        `${formatMilliseconds(latencyMs.p50)} / ${formatMilliseconds(latencyMs.p99)}`,
        `${formatMilliseconds(timeInQueueMs.p50)} / ${formatMilliseconds(timeInQueueMs.p99)}`,
        `${formatSeconds(age.p95)} / ${formatSeconds(age.max)}`,
        `${formatNumber(length.mean)} / ${formatCount(length.max)}`,
      ]),
      words: [1],
    },
  ];
}
