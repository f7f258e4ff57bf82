import type { PodCores } from './pod-section.js';
import { requestsPerPod } from './request-cost.js';
import type { ScalingMetric } from './scaling-metric.js';

/** Share of its request that a pod without a CPU target is taken to use, so that twice the load still fits. */
const EASY = 0.4;

/** A pod is never planned fuller than this. */
const FULL = 0.7;

/** Requests a second that keep the pods of the start at their autoscaler's target, in two digits. */
export function placeholderRate(
  initialPods: number,
  cores: PodCores,
  metrics: readonly ScalingMetric[],
  meanSeconds: number,
): number {
  const pods = Math.max(1, initialPods);
  const wanted = requestsPerPod(metrics);
  if (wanted !== null) return Math.max(0.1, Number((pods * wanted).toPrecision(2)));
  const busy = Math.min(targetCores(cores, metrics), FULL * cores.usable);
  return Math.max(0.1, Number(((pods * busy) / meanSeconds).toPrecision(2)));
}

/** Cores that the autoscaler wants a pod to use. */
function targetCores({ request }: PodCores, metrics: readonly ScalingMetric[]): number {
  const cpu = metrics.find(({ source, name }) => source.endsWith('Resource') && name === 'cpu');
  if (cpu === undefined) return EASY * request;
  return cpu.target.type === 'Utilization' ? (cpu.target.percent / 100) * request : cpu.target.amount;
}
