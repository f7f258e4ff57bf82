import { type LimitRange, limitRangeObjection } from '../../domain/limit-range.js';
import type { DisruptionBudget } from '../../domain/rollout-spec.js';
import type { PodSpec, RolloutSpec, WorkloadSpec } from '../../domain/world-spec.js';
import type { Registries } from '../../engine/registries.js';
import { formatDuration } from './format-duration.js';
import { type RolloutSection, strategySchema } from './rollout-schema.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { WorkloadSection } from './workload-schema.js';

type Pod = WorkloadSection['pod'];

/** What the rollouts of a workload are resolved from. */
export interface DisruptionSources {
  readonly name: string;
  readonly section: WorkloadSection;
  readonly duration: Scenario['duration'];
  /** It runs on machines of its own. */
  readonly onMachines: boolean;
  /** What the namespace allows; absent where it says nothing. */
  readonly range?: LimitRange | undefined;
  readonly registries: Pick<Registries, 'balancePolicies'>;
  /** Resolves the pod of a revision. */
  readonly podOf: (pod: Pod) => PodSpec;
}

/** Resolves how a workload's pods replace each other. Throws InputError for rollouts outside the run or where there are no pods. */
export function resolveDisruption(
  sources: DisruptionSources,
  tree: SourceTree,
): Pick<WorkloadSpec, 'rollouts' | 'strategy' | 'disruptionBudget' | 'deletionCost' | 'resourcesChange'> {
  const { section } = sources;
  checkPlace(sources, tree);
  const { pdb, deletionCost } = section;
  return {
    ...(section.vertical.name === 'manifest' ? {} : { resourcesChange: true }),
    ...rolloutsOf(sources, tree),
    ...(pdb === undefined ? {} : { disruptionBudget: budgetOf(pdb) }),
    ...(deletionCost === undefined ? {} : { deletionCost }),
  };
}

function checkPlace({ name, section, onMachines }: DisruptionSources, tree: SourceTree): void {
  if (!onMachines) return;
  if (section.vertical.name !== 'manifest') {
    tree.reject(
      ['workloads', name, 'vertical'],
      'must not be given where a workload runs on machines of its own',
      'Its size is that of its machines: choose another type, or let the workload have pods.',
    );
  }
  for (const key of ['rollouts', 'strategy', 'pdb', 'deletionCost'] as const) {
    if (section[key] === undefined) continue;
    tree.reject(
      ['workloads', name, key],
      'must not be given where a workload runs on machines of its own',
      'Give the group a refresh instead, or let the workload have pods.',
    );
  }
}

function rolloutsOf(sources: DisruptionSources, tree: SourceTree): Pick<WorkloadSpec, 'rollouts' | 'strategy'> {
  const { name, section, duration, podOf } = sources;
  const { rollouts } = section;
  if (rollouts === undefined) return {};
  const {
    type: written,
    maxSurge,
    maxUnavailable,
    minReady,
    progressDeadline,
  } = section.strategy ?? strategySchema.unwrap().parse({});
  rollouts.forEach(({ at }, i) => {
    const before = i === 0 ? 0 : rollouts[i - 1].at;
    if (at >= before && at < duration) return;
    tree.reject(
      ['workloads', name, 'rollouts', i, 'at'],
      `must be after the one before and within the run (${formatDuration(duration)}), was ${formatDuration(at)}`,
      'Put them in the order of their times, or lengthen duration.',
    );
  });
  const type = decidesRevisions(sources) ? 'Canary' : written;
  let pod = section.pod;
  return {
    strategy: { type, maxSurge, maxUnavailable, minReadyMicros: minReady, progressDeadlineMicros: progressDeadline },
    rollouts: rollouts.map((rollout, i): RolloutSpec => {
      pod = nextRevision(pod, rollout, `${name}:${i + 1}`);
      checkRevision(pod, sources, ['workloads', name, 'rollouts', i], tree);
      return { at: rollout.at, pod: podOf(pod), demandFactor: rollout.cpuFactor };
    }),
  };
}

/** Whether the engine says how many pods each revision has. */
function decidesRevisions({ section: { balance }, registries: { balancePolicies } }: DisruptionSources): boolean {
  if (balance === undefined) return false;
  return balancePolicies[balance.name].commands?.(balance.config).revisions === true;
}

/** What holds for the pods at first holds for those of a revision too. */
function checkRevision(
  { cpu, memory }: Pod,
  { range }: DisruptionSources,
  path: readonly (string | number)[],
  tree: SourceTree,
): void {
  for (const [what, { request, limit }, unit] of [
    ['cpu', cpu, 'm'],
    ['memory', memory, 'Mi'],
  ] as const) {
    if (limit === undefined || limit >= request) continue;
    tree.reject(
      [...path, what],
      `must leave the limit at or above the request, was ${limit}${unit} against ${request}${unit}`,
      'Give the revision both.',
    );
  }
  const resources = {
    cpuRequestMillis: cpu.request,
    cpuLimitMillis: cpu.limit ?? null,
    memoryRequestMiB: memory.request,
    memoryLimitMiB: memory.limit ?? null,
  };
  const objection = range === undefined ? null : limitRangeObjection(resources, range);
  if (objection === null) return;
  tree.reject(path, `must be what limitRange allows: ${objection}`, 'Change the revision, or limitRange.');
}

/** A new image is one that no node has, unless it says otherwise. */
function nextRevision(pod: Pod, { image, start, cpu, memory }: RolloutSection, version: string): Pod {
  return {
    ...pod,
    cpu: { ...pod.cpu, ...cpu },
    memory: { ...pod.memory, ...memory },
    start: start ?? pod.start,
    ...(image === undefined ? {} : { image: { ...image, shared: image.shared ?? version } }),
  };
}

function budgetOf(pdb: NonNullable<WorkloadSection['pdb']>): DisruptionBudget {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy } = pdb;
  const always = unhealthyPodEvictionPolicy === 'AlwaysAllow' ? { alwaysAllowUnready: true as const } : {};
  if (minAvailable !== undefined) return { bound: { minAvailable }, ...always };
  return { bound: { maxUnavailable: maxUnavailable ?? { count: 0 } }, ...always };
}
