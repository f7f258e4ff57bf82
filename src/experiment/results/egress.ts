import { type EgressKind, egressKinds, type EgressPrices } from '../../domain/network-spec.js';
import type { NetworkResult } from '../../domain/network-result.js';
import type { RunSeries } from '../../domain/run-result.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { columnOf } from './step-times.js';

const free: EgressPrices = { crossZone: 0, crossRegion: 0, internet: 0 };

/** How many ends of a message pay for it: both of two zones, otherwise the one that sends. */
const payers: Readonly<Record<EgressKind, number>> = { crossZone: 2, crossRegion: 1, internet: 1 };

/** What was sent between places after the warm-up, and what it cost; null where the world has no network. */
export function networkResult(series: RunSeries, { network }: WorldSpec): NetworkResult | null {
  if (network === undefined) return null;
  const sum = (column: string): number =>
    columnOf(series, 'service', 'service', column).reduce(
      (total, value, i) => total + (series.startSeconds[i] >= 0 ? value : 0),
      0,
    );
  const bytes = byKind((kind) => sum(`${kind}Bytes`));
  const prices = network.prices ?? free;
  return {
    gigabytes: byKind((kind) => bytes[kind] / 1e9),
    usd: byKind((kind) => bytes[kind] * prices[kind] * payers[kind]),
    retransmissions: sum('retransmissions'),
  };
}

/** Money for traffic in each step of the series, warm-up included. */
export function egressPerStep(series: RunSeries, { network }: WorldSpec): Float64Array {
  const cost = new Float64Array(series.steps);
  const prices = network?.prices ?? null;
  if (prices === null) return cost;
  for (const kind of egressKinds) {
    const bytes = columnOf(series, 'service', 'service', `${kind}Bytes`);
    for (let i = 0; i < series.steps; i += 1) cost[i] += bytes[i] * prices[kind] * payers[kind];
  }
  return cost;
}

function byKind(value: (kind: EgressKind) => number): Record<EgressKind, number> {
  return { crossZone: value('crossZone'), crossRegion: value('crossRegion'), internet: value('internet') };
}
