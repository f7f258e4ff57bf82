import type { MetricReading } from '../../domain/decision.js';
import type { HpaMetric } from './hpa/hpa-metric.js';
import type { MetricProposal } from './hpa/hpa-outcome.js';
import type { Provenance } from './provenance.js';

const MILLI_BYTES_PER_MIB = 2 ** 20 * 1000;

/** Shows what one metric said in the unit in which people think of it. */
export function hpaReading(metric: HpaMetric, proposal: MetricProposal, origin: Provenance): MetricReading {
  const { unit, per } = unitOf(metric, proposal);
  return {
    name: proposal.name,
    value: proposal.current === null ? null : proposal.current / per,
    target: (proposal.target ?? 0) / per,
    unit,
    proposal: proposal.proposal,
    invalid: proposal.failure?.message ?? null,
    ...origin,
  };
}

function unitOf(metric: HpaMetric, { unit }: MetricProposal): { unit: string; per: number } {
  if (unit === 'percent') return { unit: '%', per: 1 };
  if (metric.kind === 'unknown') return { unit: '', per: 1000 };
  if (metric.kind === 'resource') {
    return metric.resource === 'cpu' ? { unit: 'millicores', per: 1 } : { unit: 'MiB', per: MILLI_BYTES_PER_MIB };
  }
  if (metric.metric.endsWith('_seconds')) return { unit: 's', per: 1000 };
  return { unit: metric.metric.endsWith('_per_second') ? '/s' : '', per: 1000 };
}
