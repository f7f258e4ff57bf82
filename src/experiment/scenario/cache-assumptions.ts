import type { CallSpec, WorkSpec } from '../../domain/traffic-spec.js';
import type { WorldSpec } from '../../domain/world-spec.js';

/** What a run takes for granted about caches in front of calls, where it has any. */
export function cacheAssumptions({ workloads, traffic }: WorldSpec): readonly string[] {
  const calls = [
    ...workloads.flatMap(({ name, work }) => cachedCalls(name, work)),
    ...traffic.flatMap(({ to, classes }) => classes.flatMap((one) => cachedCalls(to, one))),
  ];
  const own = namesOf(calls.filter(({ shared }) => !shared));
  const shared = namesOf(calls.filter((call) => call.shared));
  return [
    ...(own === ''
      ? []
      : [`Each pod has caches of its own for ${own}, cold when its container starts, whoever its requests come from.`]),
    ...(shared === ''
      ? []
      : [
          `Caches for ${shared} are spread evenly over the pods that listen, by consistent hashing; asking a neighbour costs no time.`,
        ]),
    ...(calls.length === 0
      ? []
      : [
          'A cache answers at once, warms with every lookup as 1 - exp(-n / warm), forgets nothing with time, and does not merge misses for one key.',
        ]),
  ];
}

interface CachedCall {
  readonly name: string;
  readonly shared: boolean;
}

function cachedCalls(caller: string, { calls }: WorkSpec): readonly CachedCall[] {
  return calls.flat().flatMap(({ target, cache }: CallSpec) => {
    return cache === undefined ? [] : [{ name: `calls of ${target} by ${caller}`, shared: cache.shared }];
  });
}

function namesOf(calls: readonly CachedCall[]): string {
  return [...new Set(calls.map(({ name }) => name))].join(', ');
}
