import type { Micros } from '../../../kernel/micros.js';
import type { HpaPod, PodPhase, PodSample } from './hpa-input.js';
import type { ResourceName } from './hpa-metric.js';

/** Pods by what may be concluded from them. */
export interface PodGroups {
  /** Pods whose sample counts. */
  readonly readyCount: number;
  /** Pods that may yet become useful; their samples do not count. */
  readonly unready: ReadonlySet<string>;
  /** Pods that should have a sample and have none. */
  readonly missing: ReadonlySet<string>;
  /** Pods that are on their way out. */
  readonly ignored: ReadonlySet<string>;
}

/** What the grouping depends on besides the pods. */
export interface GroupingRules {
  /** The resource that is measured; null for metrics of another kind. */
  readonly resource: ResourceName | null;
  readonly terminalPhases: readonly PodPhase[];
  readonly cpuInitializationMicros: Micros;
  readonly initialReadinessDelayMicros: Micros;
  readonly now: Micros;
}

/** Sorts pods by whether their samples count. Source: kubernetes pkg/controller/podautoscaler, groupPods. */
export function groupPods(
  pods: readonly HpaPod[],
  samples: ReadonlyMap<string, PodSample>,
  rules: GroupingRules,
): PodGroups {
  let readyCount = 0;
  const groups = { unready: new Set<string>(), missing: new Set<string>(), ignored: new Set<string>() };
  for (const pod of pods) {
    const group = groupOf(pod, samples.get(pod.name), rules);
    if (group === 'ready') readyCount += 1;
    else groups[group].add(pod.name);
  }
  return { readyCount, unready: groups.unready, missing: groups.missing, ignored: groups.ignored };
}

function groupOf(pod: HpaPod, sample: PodSample | undefined, rules: GroupingRules) {
  if (pod.deleting || rules.terminalPhases.includes(pod.phase)) return 'ignored';
  if (pod.phase === 'Pending') return 'unready';
  if (sample === undefined) return 'missing';
  return rules.resource === 'cpu' && isStartingUp(pod, sample, rules) ? 'unready' : 'ready';
}

/** CPU of a pod that starts says nothing about its load, so that a slow start cannot trigger a second scale-up. */
function isStartingUp({ ready, startedAt }: HpaPod, sample: PodSample, rules: GroupingRules): boolean {
  if (ready === null || startedAt === null) return true;
  const unready = ready.status === 'False';
  if (startedAt + rules.cpuInitializationMicros > rules.now) {
    return unready || sample.at < ready.changedAt + sample.windowMicros;
  }
  const neverReady = startedAt + rules.initialReadinessDelayMicros > ready.changedAt;
  return unready && neverReady;
}
