import type { ImagePullSpec } from '../../domain/image-spec.js';
import type { ClusterSpec } from '../../domain/cluster-spec.js';
import { micros, seconds } from '../../kernel/micros.js';
import { checkCpuShares } from './check-cpu-shares.js';
import { limitRangeOf } from './admit-pod.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/** Resolves the habits of the cluster. Throws InputError where two workloads share an image of two sizes. */
export function resolveCluster(scenario: Scenario, tree: SourceTree): ClusterSpec {
  const { nodeMonitorGrace, evictionAfter, nodeEvictionRate, nodePressureEviction, scheduler, controller } =
    scenario.cluster;
  checkCpuShares(scenario, tree);
  checkSharedImages(scenario, tree);
  const images = pullsOf(scenario);
  return {
    nodeMonitorGraceMicros: nodeMonitorGrace,
    evictionAfterMicros: evictionAfter,
    ...restartsOf(scenario, tree),
    ...(nodeEvictionRate === undefined ? {} : { nodeEvictionsPerSecond: nodeEvictionRate }),
    ...(scenario.cluster.cpuShares ? { sharesCpu: true } : {}),
    ...(nodePressureEviction ? { evictsUnderPressure: true } : {}),
    ...drainsOf(scenario),
    ...(scheduler.rate === undefined ? {} : { bindsPerSecond: scheduler.rate }),
    ...(controller.rate === undefined
      ? {}
      : {
          podCreation: { perSecond: controller.rate, burst: controller.burst, latencyMicros: controller.latency },
        }),
    ...(images === null ? {} : { images }),
  };
}

function drainsOf(scenario: Scenario): Pick<ClusterSpec, 'drainTimeoutMicros' | 'deletesByLogarithm' | 'limitRange'> {
  const { drainTimeout, logarithmicScaleDown } = scenario.cluster;
  const limitRange = limitRangeOf(scenario);
  return {
    ...(drainTimeout === undefined ? {} : { drainTimeoutMicros: drainTimeout }),
    ...(logarithmicScaleDown === true ? { deletesByLogarithm: true } : {}),
    ...(limitRange === undefined ? {} : { limitRange }),
  };
}

/** The kubelet's own. */
const USUAL_BACK_OFF = { initialMicros: seconds(10), maxMicros: seconds(300) };

function restartsOf(
  { cluster: { restartDelay, crashLoopBackOff } }: Scenario,
  tree: SourceTree,
): Pick<ClusterSpec, 'restartDelayMicros' | 'crashLoopBackOff'> {
  if (restartDelay !== undefined && crashLoopBackOff !== undefined) {
    tree.reject(
      ['cluster', 'restartDelay'],
      'must not be given together with crashLoopBackOff',
      'Restarts wait either always the same time or longer and longer: leave one out.',
    );
  }
  if (restartDelay !== undefined) return { restartDelayMicros: restartDelay };
  if (crashLoopBackOff === undefined) return { restartDelayMicros: micros(0), crashLoopBackOff: USUAL_BACK_OFF };
  const { initial, max } = crashLoopBackOff;
  return { restartDelayMicros: micros(0), crashLoopBackOff: { initialMicros: initial, maxMicros: max } };
}

function pullsOf({ cluster: { images }, workloads }: Scenario): ImagePullSpec | null {
  const imageless = Object.values(workloads).every(
    ({ pod, rollouts = [] }) => pod.image === undefined && rollouts.every(({ image }) => image === undefined),
  );
  if (imageless) return null;
  return {
    nodeMiBPerSecond: images.bandwidth,
    registryMiBPerSecond: images.registry ?? Infinity,
    parallel: images.serializeImagePulls ? 1 : (images.maxParallelImagePulls ?? Infinity),
    resolveMicros: images.resolve,
  };
}

function checkSharedImages({ workloads }: Scenario, tree: SourceTree): void {
  const sizes = new Map<string, { readonly workload: string; readonly size: number }>();
  for (const [workload, { pod }] of Object.entries(workloads)) {
    if (pod.image === undefined) continue;
    const { shared = workload, size } = pod.image;
    const before = sizes.get(shared) ?? { workload, size };
    sizes.set(shared, before);
    if (before.size === size) continue;
    tree.reject(
      ['workloads', workload, 'pod', 'image', 'size'],
      `must be ${before.size}Mi, as the image ${JSON.stringify(shared)} is in ${before.workload}, was ${size}Mi`,
      'Give both the same size, or do not share the image.',
    );
  }
}
