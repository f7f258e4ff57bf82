import type { EngineWorkload } from '../../domain/engine-config.js';
import type { PodSpec, WorkloadSpec } from '../../domain/world-spec.js';
import { memoryOf } from './memory-schema.js';
import { probesOf } from './probe-schema.js';
import { nodeCores, resolveServing } from './resolve-serving.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import { callsOf } from './work-schema.js';
import type { WorkloadSection } from './workload-schema.js';

const nothing = { kind: 'constant', value: 0 } as const;

/** A workload as the simulator and as the engine know it. */
export interface ResolvedWorkload {
  readonly world: WorkloadSpec;
  readonly engine: EngineWorkload;
}

/** Resolves every workload; `called` holds those that others call. Throws InputError at what makes no sense. */
export function resolveWorkloads(
  scenario: Scenario,
  tree: SourceTree,
  called: ReadonlySet<string>,
): readonly ResolvedWorkload[] {
  const cores = nodeCores(scenario.nodes.map(({ type }) => type));
  return Object.entries(scenario.workloads).map(([name, section]) => {
    const replicas = checkedReplicas(name, section, tree);
    if (called.has(name) && section.serve.cpu === undefined) {
      tree.reject(
        ['workloads', name, 'serve', 'cpu'],
        'must be given, was missing, and other workloads call this one',
        'Say how much CPU time a call takes, as 5ms or { exponential: 5ms }.',
      );
    }
    const pod = resolvePod(name, section, cores);
    const world = {
      name,
      pod,
      initialReplicas: replicas.initial,
      balancer: balancerOf(section),
      work: workOf(section),
    };
    const engine = {
      name,
      cpuRequestMillis: pod.cpuRequestMillis,
      memoryRequestMiB: pod.memoryRequestMiB,
      minReplicas: replicas.min,
      maxReplicas: replicas.max,
      policy: section.scaling,
      forecaster: section.forecaster,
    };
    return { world, engine };
  });
}

function checkedReplicas(
  name: string,
  section: WorkloadSection,
  tree: SourceTree,
): { initial: number; min: number; max: number } {
  const { min, max } = section.replicas;
  const path = ['workloads', name, 'replicas'];
  if (max < min) tree.reject([...path, 'max'], `must be at least min (${min}), was ${max}`, 'Raise max or lower min.');
  const initial = section.replicas.initial ?? min;
  if (initial < min || initial > max) {
    tree.reject(
      [...path, 'initial'],
      `must be between min (${min}) and max (${max}), was ${initial}`,
      'Choose a start within the bounds.',
    );
  }
  return { initial, min, max };
}

function resolvePod(name: string, { pod }: WorkloadSection, nodeCores: number): PodSpec {
  return {
    serving: resolveServing(pod, nodeCores),
    cpuRequestMillis: pod.cpu.request,
    cpuLimitMillis: pod.cpu.limit ?? null,
    ...memoryOf(pod.memory),
    ...imageOf(name, pod),
    start: pod.start,
    ...probesOf(pod),
    termination: { preStopMicros: pod.termination.preStop, graceMicros: pod.termination.grace },
  };
}

function imageOf(name: string, { image }: WorkloadSection['pod']): Pick<PodSpec, 'image'> {
  if (image === undefined) return {};
  const { size, policy, shared, prepulled } = image;
  return { image: { name: shared ?? name, sizeMiB: size, policy, prepulled } };
}

function balancerOf({ balancer }: WorkloadSection): WorkloadSpec['balancer'] {
  const { policy, weights, per, topology, endpointLag, health } = balancer;
  return {
    policy,
    weights,
    ...(per === undefined ? {} : { per }),
    ...(topology === 'prefer-zone' ? { topology } : {}),
    endpointLagMicros: endpointLag,
    health: health === undefined ? null : { intervalMicros: health.interval, fall: health.fall, rise: health.rise },
  };
}

function workOf({ serve }: WorkloadSection): WorkloadSpec['work'] {
  return { cpu: serve.cpu ?? nothing, wait: serve.wait ?? null, calls: callsOf(serve.calls ?? []) };
}
