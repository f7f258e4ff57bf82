import { parse } from 'yaml';
import { InputError } from '../../domain/errors.js';
import { zDistribution } from '../../domain/distribution-schema.js';
import { meanOf } from '../../kernel/distributions.js';
import { roughDuration } from '../scenario/format-duration.js';
import type { Leaf } from './draft.js';
import { guessed, known } from './draft-parts.js';
import type { SuppliedText } from './import-options.js';
import { measuredBy } from './metric-forms.js';
import type { ScalingMetric } from './scaling-metric.js';

/** CPU time of a request, and its mean. */
export interface RequestCost {
  readonly leaf: Leaf;
  readonly meanSeconds: number;
}

/** What is taken without any hint. */
const USUAL_SECONDS = 0.02;

/** Share of its CPU that a pod is taken to use at the load that its autoscaler wants. */
const BUSY = 0.6;

/** The CPU time of a request: as supplied, as the autoscaler's own target suggests, or a guess. Throws InputError where the supplied one is none. */
export function requestCost(
  supplied: SuppliedText | null,
  metrics: readonly ScalingMetric[],
  usableCores: number,
  pods: string,
): RequestCost {
  if (supplied !== null) {
    const { text, origin, guess } = supplied;
    const leaf = guess === undefined ? known(text, origin) : { ...guessed(text, guess), comment: origin };
    return { leaf, meanSeconds: meanSecondsOf(supplied) };
  }
  const wanted = requestsPerPod(metrics);
  const seconds = wanted === null ? USUAL_SECONDS : Number(((BUSY * usableCores) / wanted).toPrecision(2));
  const why =
    wanted === null
      ? 'nothing in the manifests says how much CPU time a request takes'
      : `so that a pod is ${BUSY * 100}% busy at the ${wanted} requests a second that its autoscaler wants`;
  const leaf = guessed(`{ lognormal: { mean: ${roughDuration(seconds * 1e6)}, cv: 1 } }`, {
    topic: 'serviceTime',
    why,
    measure: `sum(rate(container_cpu_usage_seconds_total{pod=~"${pods}-.*"}[5m])) over the rate of its requests`,
  });
  return { leaf, meanSeconds: seconds };
}

/** Requests a second that an autoscaler wants each pod to take; null where it does not look at them. */
export function requestsPerPod(metrics: readonly ScalingMetric[]): number | null {
  for (const { source, name, target } of metrics) {
    if (source === 'Resource' || source === 'ContainerResource' || target.type !== 'AverageValue') continue;
    if (measuredBy(name) === 'requests_per_second') return target.amount;
  }
  return null;
}

function meanSecondsOf({ text, origin }: SuppliedText): number {
  const read = zDistribution.safeParse(parse(text));
  if (read.success) return meanOf(read.data) / 1e6;
  throw new InputError({ source: origin }, `must be a distribution of a length of time, was ${JSON.stringify(text)}`);
}
