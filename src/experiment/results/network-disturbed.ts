import type { NetworkEnd, NetworkFault } from '../../domain/fault-spec.js';
import type { Bottleneck } from '../../domain/bottleneck.js';
import type { WorldSpec } from '../../domain/world-spec.js';

/** The first fault of the network that held for at least half of a time, in microseconds; null where none did. */
export function networkDisturbed(
  { faults }: Pick<WorldSpec, 'faults'>,
  { start, end }: { readonly start: number; readonly end: number },
): Bottleneck | null {
  const found = faults
    .filter((fault) => fault.kind === 'network')
    .find(({ at, durationMicros }) => Math.min(end, at + durationMicros) - Math.max(start, at) >= (end - start) / 2);
  if (found === undefined) return null;
  const way = `${nameOf(found.from)} ${found.bothWays ? 'and' : 'to'} ${nameOf(found.to)}`;
  return { kind: 'network', name: way, why: `messages ${found.bothWays ? 'between' : 'from'} ${way} ${harm(found)}` };
}

function nameOf(end: NetworkEnd): string {
  return end.kind === 'clients' ? 'clients' : end.name;
}

function harm({ delayMicros, loss, bothWays }: NetworkFault): string {
  const late = delayMicros === 0 ? [] : [`took ${delayMicros / 1e3} ms longer${bothWays ? ' there and back' : ''}`];
  const lost =
    loss === 0
      ? []
      : [loss === 1 ? 'did not get through' : `were lost ${Number((loss * 100).toPrecision(3))}% of the time`];
  return [...late, ...lost].join(' and ');
}
