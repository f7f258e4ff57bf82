import type { EngineWorkload } from '../../domain/engine-config.js';
import type { NodePoolSpec, PodSpec, WorkloadSpec } from '../../domain/world-spec.js';
import { activatorOf } from './activator-schema.js';
import { balancerOf } from './balancer-schema.js';
import { checkJvm } from './check-jvm.js';
import { checkedReplicas } from './checked-replicas.js';
import { admitted, limitRangeOf } from './admit-pod.js';
import { jvmOf } from './jvm-schema.js';
import { memoryOf } from './memory-schema.js';
import { probesOf } from './probe-schema.js';
import type { QueueConsumers } from './consumers-by-queue.js';
import { consumerOf } from './resolve-queues.js';
import { resolveBalance } from './resolve-balance.js';
import type { ResolvedMetrics } from './resolve-metrics.js';
import { resolveDisruption } from './resolve-disruption.js';
import { resolveScheduling } from './resolve-scheduling.js';
import { type HostCores, hostCores, resolveServing } from './resolve-serving.js';
import type { Scenario } from './scenario-schema.js';
import type { Registries } from '../../engine/registries.js';
import type { SourceTree } from './source-tree.js';
import { warmUpOf } from './warm-up-schema.js';
import { callsOf } from './work-schema.js';
import type { WorkloadSection } from './workload-schema.js';

const nothing = { kind: 'constant', value: 0 } as const;

/** A workload as the simulator and as the engine know it. */
export interface ResolvedWorkload {
  readonly world: WorkloadSpec;
  readonly engine: EngineWorkload;
}

/** What else workloads are resolved from. */
export interface WorkloadPlace {
  /** Those that others call. */
  readonly called: ReadonlySet<string>;
  readonly pools: readonly NodePoolSpec[];
  readonly consumers: QueueConsumers;
  readonly latencyBucketsOf: ResolvedMetrics['latencyBucketsOf'];
  readonly registries: Registries;
}

/** Resolves every workload. Throws InputError at what makes no sense. */
export function resolveWorkloads(
  scenario: Scenario,
  tree: SourceTree,
  { called, pools, consumers, latencyBucketsOf, registries }: WorkloadPlace,
): readonly ResolvedWorkload[] {
  const host = hostCores(scenario);
  const range = limitRangeOf(scenario);
  return Object.entries(scenario.workloads).map(([name, section]) => {
    const replicas = checkedReplicas(name, section, tree);
    if (called.has(name) && section.serve.cpu === undefined) {
      tree.reject(
        ['workloads', name, 'serve', 'cpu'],
        'must be given, was missing, and other workloads call this one',
        'Say how much CPU time a call takes, as 5ms or { exponential: 5ms }.',
      );
    }
    const machines = pools.find(({ workload }) => workload === name);
    const written =
      machines === undefined ? admitted(name, section, range, tree) : onMachine(name, section, machines, tree);
    const cores = machines === undefined ? host : { cores: machines.cpuMillis / 1000, shared: false };
    const podOf = (made: WorkloadSection['pod']): PodSpec => resolvePod(name, made, cores);
    const pod = podOf(written);
    const own = { ...section, pod: written };
    checkJvm(name, own, scenario.cluster, tree);
    const onMachines = machines !== undefined;
    const place = { name, section, onMachines, cpuLimitMillis: pod.cpuLimitMillis };
    const balance = resolveBalance(place, tree, registries);
    const world = {
      name,
      pod,
      initialReplicas: replicas.initial,
      ...resolveDisruption(
        { name, section: own, duration: scenario.duration, onMachines, range, podOf, registries },
        tree,
      ),
      balancer: balancerOf(name, section.balancer, tree),
      work: workOf(section, consumers),
      ...consumerOf(section, pod.serving),
      ...activatorOf(section.activator),
      ...balance.world,
      ...resolveScheduling({ name, section, path: ['workloads', name], onMachines }, { scenario, pools, tree }),
      ...latencyBucketsOf(name),
    };
    const engine = {
      name,
      cpuRequestMillis: pod.cpuRequestMillis,
      memoryRequestMiB: pod.memoryRequestMiB,
      minReplicas: replicas.min,
      maxReplicas: replicas.max,
      policy: section.scaling,
      forecaster: section.forecaster,
      ...verticalOf(section, pod),
      ...balance.engine,
      ...(world.disruptionBudget === undefined ? {} : { disruptionBudget: world.disruptionBudget }),
      ...(world.scheduling === undefined ? {} : { scheduling: world.scheduling }),
      ...(machines === undefined ? {} : { pool: machines.name }),
      ...(section.consumes === undefined ? {} : { queue: section.consumes.queue }),
    };
    return { world, engine };
  });
}

/** The engine needs to know limits only where it may change them; a workload whose pods stay as they are says nothing of it. */
function verticalOf({ vertical }: WorkloadSection, pod: PodSpec): Partial<EngineWorkload> {
  if (vertical.name === 'manifest') return {};
  return {
    ...(pod.cpuLimitMillis === null ? {} : { cpuLimitMillis: pod.cpuLimitMillis }),
    ...(pod.memoryLimitMiB === undefined ? {} : { memoryLimitMiB: pod.memoryLimitMiB }),
    vertical,
  };
}

/** The process of a machine has the whole machine, unless something else is written. */
function onMachine(
  name: string,
  { pod }: WorkloadSection,
  { cpuMillis, memoryMiB }: NodePoolSpec,
  tree: SourceTree,
): WorkloadSection['pod'] {
  const written = (...path: string[]): boolean => tree.has(['workloads', name, 'pod', ...path]);
  return {
    ...pod,
    cpu: written('cpu', 'request') ? pod.cpu : { ...pod.cpu, request: cpuMillis },
    memory: written('memory', 'request') ? pod.memory : { ...pod.memory, request: memoryMiB },
  };
}

function resolvePod(name: string, pod: WorkloadSection['pod'], host: HostCores): PodSpec {
  return {
    serving: resolveServing(pod, host),
    cpuRequestMillis: pod.cpu.request,
    cpuLimitMillis: pod.cpu.limit ?? null,
    ...memoryOf(pod.memory),
    ...jvmOf(pod.jvm),
    ...imageOf(name, pod),
    start: pod.start,
    ...(pod.cpu.start === undefined ? {} : { startUpCores: pod.cpu.start / 1000 }),
    ...(pod.warmUp === undefined ? {} : warmUpOf(pod.warmUp)),
    ...probesOf(pod),
    termination: { preStopMicros: pod.termination.preStop, graceMicros: pod.termination.grace },
  };
}

function imageOf(name: string, { image }: WorkloadSection['pod']): Pick<PodSpec, 'image'> {
  if (image === undefined) return {};
  const { size, policy, shared, prepulled } = image;
  return { image: { name: shared ?? name, sizeMiB: size, policy, prepulled } };
}

function workOf({ serve }: WorkloadSection, consumers: QueueConsumers): WorkloadSpec['work'] {
  return { cpu: serve.cpu ?? nothing, wait: serve.wait ?? null, calls: callsOf(serve.calls ?? [], consumers) };
}
