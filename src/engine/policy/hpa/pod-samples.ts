import type { ContainersSample, MetricAnswer, PodSample } from './hpa-input.js';
import type { HpaSemantics } from './hpa-config.js';
import { type Invalid, invalid } from './invalid.js';

/** Samples by pod, and a remark that helps to understand why there are few. */
export interface PodSamples {
  readonly byPod: ReadonlyMap<string, PodSample>;
  /** Empty when there is nothing to remark. */
  readonly remark: string;
}

/**
 * One number a pod out of what the pipeline answered: of the named container, or the sum of all listed ones.
 *
 * A pod is left out when the container is not listed, or when a listed one has no number. A number that is not finite makes
 * the metric invalid.
 */
export function podSamples(
  answer: MetricAnswer,
  container: string | null,
  semantics: HpaSemantics,
): PodSamples | Invalid {
  if (answer.type === 'unavailable') return invalid(answer.message);
  if (answer.type === 'values') return invalid('the pipeline answered with values of no pod');
  const byPod = new Map<string, PodSample>();
  let remark = '';
  for (const listed of answer.pods) {
    const sample = 'milli' in listed ? listed : sampleOf(listed, container);
    if (sample === null) {
      if (container === null) continue;
      remark = `container ${container} not present in metrics for pod ${listed.pod}`;
      if (semantics === '1.20') return invalid(`failed to get container metrics: ${remark}`);
    } else if (!Number.isFinite(sample.milli)) {
      return invalid(`pod ${sample.pod} reported ${sample.milli}, which is no finite number`);
    } else {
      byPod.set(sample.pod, sample);
    }
  }
  return { byPod, remark };
}

function sampleOf(sample: ContainersSample, container: string | null): PodSample | null {
  const milli = container === null ? sumOf(sample) : milliOf(sample, container);
  return milli === null ? null : { pod: sample.pod, milli, at: sample.at, windowMicros: sample.windowMicros };
}

function milliOf({ containers }: ContainersSample, name: string): number | null {
  return containers.find((container) => container.name === name)?.milli ?? null;
}

function sumOf({ containers }: ContainersSample): number | null {
  if (containers.length === 0) return null;
  let sum = 0;
  for (const { milli } of containers) {
    if (milli === null) return null;
    sum += milli;
  }
  return sum;
}
