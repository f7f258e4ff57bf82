import { cpuText, memoryText } from './format-quantity.js';
import type { Field, Leaf, Section } from './draft.js';
import { field, fieldIfKnown, guessed, known, notUsedAt, section } from './draft-parts.js';
import { lifecycleFields } from './lifecycle-fields.js';
import type { Amount, PodResource, ResourceName } from './pod-resources.js';
import type { ScalingMetric } from './scaling-metric.js';
import type { WorkloadPlan } from './workload-plan.js';

const MIB = 2 ** 20;

/** What the product takes without a request: half a core and 256 MiB. */
const fallback = { cpu: 0.5, memory: 256 * MIB } as const;

/** CPU of a pod in cores, as the scenario will have it. */
export interface PodCores {
  readonly request: number;
  /** What one request after the other can count on: its limit, else one core or its request. */
  readonly usable: number;
}

/** CPU that the scenario gives a pod. */
export function podCores({ cpu }: WorkloadPlan, metrics: readonly ScalingMetric[]): PodCores {
  const request = chosenRequest(cpu, 'cpu', metrics)?.value ?? fallback.cpu;
  return { request, usable: cpu.limit?.value ?? Math.max(1, request) };
}

/** The `pod` section of a workload. */
export function podSection(plan: WorkloadPlan, metrics: readonly ScalingMetric[]): Section {
  return section([
    field('discipline', guessed('cfs', serving)),
    field('cpu', section(cpuFields(plan, metrics))),
    field('memory', section(memoryFields(plan, metrics))),
    ...lifecycleFields(plan.workload),
  ]);
}

const serving = {
  topic: 'serving',
  why: "requests are threads on the node's cores, throttled at the CPU limit as the kernel does; a server with N workers has concurrency: N",
  measure: "the server's settings for threads, workers and connections",
} as const;

/**
 * The request that a scenario takes. What an autoscaler measures utilization against is the containers that run; a larger demand of
 * an init container counts for the scheduler alone, so it counts here unless utilization is measured.
 */
function chosenRequest(of: PodResource, resource: ResourceName, metrics: readonly ScalingMetric[]): Amount | null {
  const isMeasured = metrics.some(({ name, target }) => name === resource && target.type === 'Utilization');
  return isMeasured ? of.running : of.reserved;
}

function requestLeaf(plan: WorkloadPlan, resource: ResourceName, metrics: readonly ScalingMetric[]): Leaf {
  const of = plan[resource];
  const text = resource === 'cpu' ? cpuText : memoryText;
  const amount = chosenRequest(of, resource, metrics);
  if (amount !== null) return known(text(amount.value), commentOf(of, amount));
  return guessed(text(fallback[resource]), {
    topic: 'request',
    why: `no container has a request or a limit of ${resource}`,
    measure: `kubectl top pod, at the usual load; an autoscaler cannot work with utilization before there are requests`,
  });
}

function commentOf({ running, reserved, withoutRequest }: PodResource, amount: Amount): string {
  const origin = `${amount.place} ${amount.words}`;
  const missing = withoutRequest.length === 0 ? '' : `; container ${withoutRequest.join(', ')} has none`;
  const more =
    reserved !== null && running !== null && reserved.value > running.value && amount === running
      ? `; the scheduler reserves more, for ${reserved.words} (${reserved.place})`
      : '';
  return `${origin}${missing}${more}`;
}

function cpuFields(plan: WorkloadPlan, metrics: readonly ScalingMetric[]): readonly Field[] {
  const { limit } = plan.cpu;
  const request = field('request', requestLeaf(plan, 'cpu', metrics));
  if (limit === null) return [request];
  return [request, field('limit', known(cpuText(limit.value), `${limit.place} ${limit.words}`))];
}

function memoryFields(plan: WorkloadPlan, metrics: readonly ScalingMetric[]): readonly Field[] {
  const { memory, workload } = plan;
  const request = chosenRequest(memory, 'memory', metrics)?.value ?? fallback.memory;
  const idle = guessed(memoryText(Math.min(128 * MIB, Math.floor(request / 2 / MIB) * MIB)), {
    topic: 'memory',
    why: 'what an idle pod uses, at most half of its request',
    measure: 'kubectl top pod at night',
  });
  const { limit } = memory;
  const limited =
    limit === null
      ? []
      : [
          fieldIfKnown(
            'limit',
            known(memoryText(limit.value), `${limit.place} ${limit.words}`),
            notUsedAt(limit.place, workload.manifest, `memory limit ${memoryText(limit.value)}`),
          ),
        ];
  return [field('request', requestLeaf(plan, 'memory', metrics)), ...limited, field('idle', idle)];
}
