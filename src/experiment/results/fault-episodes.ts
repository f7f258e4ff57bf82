import type { FaultSpec } from '../../domain/fault-spec.js';
import type { FaultEpisode } from '../../domain/run-result.js';

type Lasting = Extract<FaultSpec, { readonly durationMicros: unknown }>;

/** What is wrong, in the words of a reader of charts. */
function labelOf(fault: Lasting): string {
  switch (fault.kind) {
    case 'zoneOutage':
      return `${fault.zone} is away`;
    case 'slowDependency':
      return `${fault.dependency} is slow`;
    case 'capacityShortage':
      return `the provider has no machines for ${fault.pools.join(', ')}`;
    case 'failedBoot':
      return `machines of ${fault.pools.join(', ')} do not come up`;
    default:
      return 'workload' in fault ? `pods of ${fault.workload} ${OF_PODS[fault.kind]}` : OF_ALL[fault.kind];
  }
}

type OfPods = Extract<Lasting, { readonly workload: string }>['kind'];
type OfAll = Exclude<Lasting['kind'], OfPods | 'zoneOutage' | 'slowDependency' | 'capacityShortage' | 'failedBoot'>;

const OF_PODS: Readonly<Record<OfPods, string>> = {
  missingSamples: 'yield no samples',
  slowStart: 'start slowly',
  loseCapacity: 'have lost capacity',
  answerErrors: 'answer with errors',
};

const OF_ALL: Readonly<Record<OfAll, string>> = {
  metricOutage: 'no metrics arrive',
  metricFreeze: 'metrics are frozen',
  metricStuck: 'metrics are stuck',
  metricDoubled: 'metrics are doubled',
  network: 'the network is disturbed',
  noisyNeighbour: 'neighbours are noisy',
};

/** The faults that last, those without an end to the end of charts. */
export function faultEpisodes(faults: readonly FaultSpec[]): readonly FaultEpisode[] {
  return faults.flatMap((fault): FaultEpisode[] => {
    if (!('durationMicros' in fault)) return [];
    const { at, durationMicros } = fault;
    const toSeconds = durationMicros === null ? Infinity : (at + durationMicros) / 1e6;
    return [{ fromSeconds: at / 1e6, toSeconds, label: labelOf(fault) }];
  });
}
