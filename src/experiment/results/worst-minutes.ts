import type { Measurement, NodeRecord } from '../../domain/measurement.js';
import type { PoolRefresh, WorstMinutes } from '../../domain/run-result.js';
import { columnOf, type StepTimes } from './step-times.js';
import { worstWindow } from './worst-window.js';

const FIVE_MINUTES = 300;

/** The five minutes with the most requests that failed or came too late, without empty rows at their ends; null where there were none. */
export function worstMinutes(
  { series, nodes }: Pick<Measurement, 'series' | 'nodes'>,
  times: StepTimes,
): WorstMinutes | null {
  const column = (name: string): Float64Array => columnOf(series, 'service', '', name);
  const window = worstWindow(times, column('violated'), FIVE_MINUTES);
  if (window === null) return null;
  const sum = (name: string): number =>
    column(name)
      .subarray(window.from, window.to)
      .reduce((total, value) => total + (Number.isFinite(value) ? value : 0), 0);
  const last = window.to - 1;
  const fromSeconds = times.startSeconds[window.from];
  const toSeconds = times.startSeconds[last] + times.lengthSeconds[last];
  const refreshes = refreshesOf(nodes, fromSeconds - FIVE_MINUTES, toSeconds);
  return {
    fromSeconds,
    toSeconds,
    offered: sum('offered'),
    violated: sum('violated'),
    ...(refreshes.length === 0 ? {} : { refreshes }),
  };
}

/** What instance refreshes took out in a time, by pool. */
function refreshesOf(nodes: readonly NodeRecord[], fromSeconds: number, toSeconds: number): PoolRefresh[] {
  const gone = new Map<string, number[]>();
  for (const { pool, reason, removedAt } of nodes) {
    if (reason !== 'instance refresh' || removedAt === null) continue;
    const at = removedAt / 1e6;
    if (at >= fromSeconds && at < toSeconds) gone.set(pool, [...(gone.get(pool) ?? []), at]);
  }
  return [...gone].map(([pool, at]) => ({
    pool,
    machines: at.length,
    fromSeconds: Math.min(...at),
    toSeconds: Math.max(...at),
  }));
}
