import { probesMatter, probesTakeCpu } from '../../domain/probes-matter.js';
import type { WorldSpec } from '../../domain/world-spec.js';

/** What a run takes for granted about start-up, where its scenario says anything about it. */
export function controlPlaneAssumptions({ cluster, workloads, nodePools, faults }: WorldSpec): readonly string[] {
  return [
    ...ofImages(workloads, nodePools.length > 0),
    ...(cluster.podCreation === undefined
      ? []
      : ['Pods are created in batches of 1, 2, 4, ... by one controller; deletions cost no calls to the API server.']),
    ...(cluster.bindsPerSecond === undefined
      ? []
      : [
          'The scheduler decides about one pod at a time, the oldest of the highest priority first, and tries again at once when there is room.',
        ]),
    ...ofProbes(workloads),
    ...ofRestarts({ cluster, workloads, faults }),
    ...ofDisruptions(workloads),
    ...ofMemory(workloads),
    ...(cluster.evictsUnderPressure === true
      ? [
          'Kubelets look for memory pressure every 10 s and evict one pod at a time, without grace; nodes use what is reserved for them.',
          'A node short of memory keeps BestEffort pods off for five minutes more, and others not, as PodTolerationRestriction would have it; policies are not told, so no node is added for pods that wait for this alone.',
        ]
      : []),
    ...(nodePools.some(({ joining }) => joining !== undefined)
      ? ['Nodes that join later are paid for from when their machine runs, and have no image when they are ready.']
      : []),
    ...(faults.some(({ kind }) => kind === 'zoneOutage')
      ? [
          'Nodes of a zone that is away are billed on; a node that is back starts the containers of pods not replaced yet. Evictions do not stop when every zone is away. Machines asked for in it are refused meanwhile, and asked for again every minute; dependencies in it go on.',
        ]
      : []),
    ...ofSupply(faults),
  ];
}

function ofSupply(faults: WorldSpec['faults']): readonly string[] {
  return [
    ...(faults.some(({ kind }) => kind === 'capacityShortage')
      ? [
          'A provider that has run out has no machine at all until the shortage is over: machines given back are not to be had again, and one that was stopped cannot be started.',
          'Whoever keeps a number of machines asks again at a fixed pace, as providers do not say theirs. Karpenter hears of a shortage launch by launch, where one call to EC2 Fleet tries several types.',
        ]
      : []),
    ...(faults.some(({ kind }) => kind === 'failedBoot')
      ? ['A machine that does not come up is found out by time alone, and billed until it is given up.']
      : []),
  ];
}

function ofImages(workloads: WorldSpec['workloads'], nodes: boolean): readonly string[] {
  const names = workloads.filter(({ pod }) => pod.image !== undefined).map(({ name }) => name);
  if (names.length === 0) return [];
  const cache = nodes
    ? 'nodes that run an initial pod have its image, others pull it once and keep it for ever'
    : 'there are no nodes, so every pod pulls for itself';
  return [
    `Images of ${names.join(', ')}: ${cache}; a pull is one transfer without layers in common, is not stopped when its pod goes, and never fails.`,
  ];
}

function ofProbes(workloads: WorldSpec['workloads']): readonly string[] {
  const names = workloads.filter(({ pod }) => probesMatter(pod)).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    `Probes of ${names.join(', ')} start with the container, all in step with it, and ${costOf(workloads)}. A container that fails its liveness or startup probe refuses requests, has its grace to finish, and is started again.`,
    `A probe of ${names.join(', ')} waits for a worker behind the requests that are there; where the line is full, or nobody listens, it fails.`,
  ];
}

function costOf(workloads: WorldSpec['workloads']): string {
  const costly = workloads.filter(({ pod }) => probesTakeCpu(pod)).map(({ name }) => name);
  if (costly.length === 0) return 'cost no CPU';
  return `cost the CPU given at pods of ${costly.join(', ')} that listen, as one thread more or beside the workers`;
}

function ofRestarts({
  cluster,
  workloads,
  faults,
}: Pick<WorldSpec, 'cluster' | 'workloads' | 'faults'>): readonly string[] {
  const exits =
    faults.some(({ kind }) => kind === 'crashPods' || kind === 'restartPods') ||
    workloads.some(({ pod }) => pod.livenessProbe ?? pod.startupProbe ?? pod.memoryLimitMiB);
  if (cluster.crashLoopBackOff === undefined || !exits) return [];
  return [
    'The first restart of a container is immediate; the kubelet notices an exit at once and keeps its back-off to the instant.',
  ];
}

function ofDisruptions(workloads: WorldSpec['workloads']): readonly string[] {
  const named = (has: (workload: WorldSpec['workloads'][number]) => boolean): string =>
    workloads
      .filter(has)
      .map(({ name }) => name)
      .join(', ');
  const [rolledOut, held, resized] = [
    named(({ rollouts }) => rollouts !== undefined),
    named(({ disruptionBudget }) => disruptionBudget !== undefined),
    named(({ resourcesChange }) => resourcesChange === true),
  ];
  return [
    ...(rolledOut === ''
      ? []
      : [`The Deployment controller of ${rolledOut} acts at every change of readiness, at once.`]),
    ...(held === '' ? [] : [`The disruption budget of ${held} holds evictions and drains, which ask again every 5 s.`]),
    ...(resized === ''
      ? []
      : [
          `A pod of ${resized} that is resized in place keeps its workers until its container starts again; its quota, weight and memory limit change at once.`,
        ]),
  ];
}

function ofMemory(workloads: WorldSpec['workloads']): readonly string[] {
  const names = workloads.filter(({ pod }) => pod.memoryLimitMiB !== undefined).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    `Memory of ${names.join(', ')} is held against its limit at every instant; a container that is beyond it when idle lives for a second.`,
  ];
}
