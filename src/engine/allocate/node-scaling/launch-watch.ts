import type { Micros } from '../../../kernel/micros.js';
import type { PoolDrafts } from './pool-drafts.js';
import type { ScalingInput } from '../../ports/scaling-input.js';

/** Nodes that did not come. */
export interface LostLaunches {
  /** Pools that did not give what was asked for, and why. */
  readonly pools: ReadonlyMap<string, string>;
  /** Nodes that are given up, by name. */
  readonly nodes: ReadonlySet<string>;
}

/** Gives up nodes that a cloud refused, and those that have not come up for longer than `timeoutMicros`. */
export function giveUpLostLaunches(input: ScalingInput, timeoutMicros: number, drafts: PoolDrafts): LostLaunches {
  const pools = new Map<string, string>();
  const nodes = new Set<string>();
  for (const { pool, nodes: failed, reason: why } of input.failures) {
    pools.set(pool, why);
    drafts.giveUp(pool, Math.min(failed, unnamed(input, pool)), 'launch-failed', { nodes: failed, why });
  }
  const late = input.nodes.filter(
    ({ readyAt, leaving, launchedAt }) => readyAt === null && !leaving && input.now - launchedAt > timeoutMicros,
  );
  for (const { name, pool } of late) {
    pools.set(pool, 'provision-timeout');
    for (const gone of drafts.remove(pool, [name], 'provision-timeout', { afterSeconds: timeoutMicros / 1e6 })) {
      nodes.add(gone);
    }
  }
  return { pools, nodes };
}

/** What a rule that leaves a pool alone for a while saw. */
export function aloneUntil({ until, why }: { readonly until: number; readonly why: string }, now: Micros) {
  return { forSeconds: (until - now) / 1e6, untilClock: until, why };
}

function unnamed({ pools, nodes }: ScalingInput, name: string): number {
  const pool = pools.find((found) => found.name === name);
  const named = nodes.filter((node) => node.pool === name && !node.leaving).length;
  return Math.max(0, (pool?.specNodes ?? 0) - named);
}
