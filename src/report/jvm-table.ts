import type { JvmResult } from '../domain/jvm/jvm-result.js';
import { formatNumber, formatShare, formatWhole } from '../domain/number-format.js';
import type { RunResult } from '../domain/run-result.js';
import type { ResultTable } from './result-table.js';

/** What the JVMs of each workload did; without rows where there are none. */
export function jvmTable(result: RunResult): ResultTable {
  const rows = jvmsOf(result).map(([name, of]) => [
    name,
    formatShare(of.pausedShare),
    formatNumber(of.collectCoreHours),
    formatWhole(of.youngCollections),
    formatWhole(of.fullCollections),
    formatWhole(of.outOfMemory),
    of.failedStarts === 0 ? '0' : `${formatWhole(of.failedStarts)}: ${of.failedStart}`,
  ]);
  const head = [
    'JVMs',
    'Stood still',
    'Core-hours of GC',
    'Young collections',
    'Full collections',
    'OutOfMemoryError',
    'Failed starts',
  ];
  return { caption: 'JVMs after the warm-up', head, rows, words: [6] };
}

/** The same for a terminal: label, value, note. */
export function jvmRows(result: RunResult): readonly (readonly [string, string, string])[] {
  return jvmsOf(result).map(([name, of]) => {
    const failed = of.failedStarts === 0 ? '' : `; ${formatWhole(of.failedStarts)} failed starts: ${of.failedStart}`;
    const ended = of.outOfMemory === 0 ? '' : `; ${formatWhole(of.outOfMemory)} times out of memory`;
    const note = `${formatWhole(of.youngCollections)} young and ${formatWhole(of.fullCollections)} full collections`;
    return [`Paused in GC, ${name}`, formatShare(of.pausedShare), `${note}${ended}${failed}`];
  });
}

function jvmsOf({ workloads }: RunResult): readonly (readonly [string, JvmResult])[] {
  return Object.entries(workloads).flatMap(([name, { jvm }]) => (jvm === undefined ? [] : [[name, jvm] as const]));
}
