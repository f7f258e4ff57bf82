import type { FailedLaunch } from '../../domain/failed-launch.js';
import type { Measurement } from '../../domain/measurement.js';
import type { NodePoolSpec, WorldSpec } from '../../domain/world-spec.js';
import { clockTime } from './clock-time.js';

/**
 * Which machines did not come, of pools that pods waited for, as a clause; null where all did. Launches count that failed before the end,
 * since the last machine of their pool that took its place before the start: an autoscaler may leave a pool alone in between.
 */
export function machinesLacking(
  { failedLaunches = [], nodes }: Pick<Measurement, 'failedLaunches' | 'nodes'>,
  { start, end }: { readonly start: number; readonly end: number },
  isWanted: (pool: NodePoolSpec) => boolean,
  { nodePools }: Pick<WorldSpec, 'nodePools'>,
): string | null {
  const open = nodePools.filter(isWanted).flatMap(({ name }) => {
    const came = nodes.flatMap(({ pool, readyAt }) => (pool === name && readyAt !== null ? [readyAt] : []));
    const last = Math.max(-Infinity, ...came.filter((at) => at < start));
    return failedLaunches.filter(({ pool, at }) => pool === name && at > last && at < end);
  });
  const clauses = [
    clause(open, 'refused', (types, since, count) => `the provider had no ${types} (${count} from ${since} on)`),
    clause(
      open,
      'neverUp',
      (types, since, count) => `machines of ${types} did not come up (${count} from ${since} on)`,
    ),
  ].filter((found) => found !== null);
  return clauses.length === 0 ? null : clauses.join('; ');
}

function clause(
  failed: readonly FailedLaunch[],
  of: FailedLaunch['cause'],
  say: (types: string, since: string, count: string) => string,
): string | null {
  const own = failed.filter(({ cause }) => cause === of);
  if (own.length === 0) return null;
  const types = [...new Set(own.map(({ instanceType }) => instanceType))].join(', ');
  const launches = own.length === 1 ? '1 launch failed' : `${own.length} launches failed`;
  return say(types, clockTime(Math.min(...own.map(({ at }) => at))), launches);
}
