import type { FaultSpec } from '../../domain/fault-spec.js';
import type { FaultEpisode } from '../../domain/run-result.js';

type Lasting = Extract<FaultSpec, { readonly durationMicros: unknown }>;

/** What is wrong, in the words of a reader of charts. */
const LABELS: { readonly [Kind in Lasting['kind']]: (fault: Extract<Lasting, { readonly kind: Kind }>) => string } = {
  metricOutage: () => 'no metrics arrive',
  metricFreeze: () => 'metrics are frozen',
  metricStuck: () => 'metrics are stuck',
  metricDoubled: () => 'metrics are doubled',
  missingSamples: ({ workload }) => `pods of ${workload} yield no samples`,
  zoneOutage: ({ zone }) => `${zone} is away`,
  slowStart: ({ workload }) => `pods of ${workload} start slowly`,
  slowDependency: ({ dependency }) => `${dependency} is slow`,
  loseCapacity: ({ workload }) => `pods of ${workload} have lost capacity`,
  network: () => 'the network is disturbed',
  noisyNeighbour: () => 'neighbours are noisy',
  answerErrors: ({ workload }) => `pods of ${workload} answer with errors`,
  capacityShortage: ({ pools }) => `the provider has no machines for ${pools.join(', ')}`,
  failedBoot: ({ pools }) => `machines of ${pools.join(', ')} do not come up`,
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

function labelOf<Kind extends Lasting['kind']>(fault: Extract<Lasting, { readonly kind: Kind }>): string {
  return LABELS[fault.kind](fault);
}
