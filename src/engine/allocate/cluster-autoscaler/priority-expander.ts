import type { Expander } from './expansion-option.js';

/** Patterns of pools' names with their priority, the higher the better. */
export interface PoolPriority {
  readonly priority: number;
  /** Any of them may be found in a pool's name. */
  readonly pools: readonly RegExp[];
}

/** The options whose pools have the highest priority; pools that no pattern knows are out, but where none is known all stay. */
export function priorityExpander(priorities: readonly PoolPriority[]): Expander {
  const priorityOf = (pool: string): number =>
    Math.max(...priorities.filter(({ pools }) => pools.some((pattern) => pattern.test(pool))).map((p) => p.priority));
  return (options) => {
    // As the original, which looks for the highest from -1 up.
    const highest = Math.max(-1, ...options.map(({ pool }) => priorityOf(pool)));
    const best = options.filter(({ pool }) => priorityOf(pool) === highest);
    return best.length === 0 ? options : best;
  };
}
