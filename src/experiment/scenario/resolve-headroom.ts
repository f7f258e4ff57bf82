import type { EnginePods } from '../../domain/engine-config.js';
import type { NodePoolSpec, PodSpec, WorkloadSpec } from '../../domain/world-spec.js';
import { micros, seconds } from '../../kernel/micros.js';
import type { HeadroomSection } from './headroom-schema.js';
import { resolveScheduling } from './resolve-scheduling.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/** Pods that only hold room, as the simulator and as the engine know them. */
export interface ResolvedHeadroom {
  readonly world: WorkloadSpec;
  readonly engine: EnginePods;
}

/** Resolves placeholders. Throws InputError where one has the name of something else, or there are no nodes to hold room on. */
export function resolveHeadroom(
  scenario: Scenario,
  tree: SourceTree,
  pools: readonly NodePoolSpec[],
): readonly ResolvedHeadroom[] {
  return Object.entries(scenario.headroom ?? {}).map(([name, section]) => {
    checkHeadroom(name, scenario, pools, tree);
    const { cpu, memory, count, priority, nodeSelector, tolerations } = section;
    const place = { scenario, pools, tree };
    const written = { nodeSelector, tolerations, priority, preemptionPolicy: 'Never' as const };
    const constrained = { name, section: written, path: ['headroom', name], onMachines: false };
    const constraints = resolveScheduling(constrained, place);
    return {
      world: {
        name,
        pod: pausePod(section),
        initialReplicas: count,
        balancer: { policy: 'round-robin', endpointLagMicros: micros(0), health: null },
        work: { cpu: NOTHING, wait: null, calls: [] },
        ...constraints,
        headroom: true,
      },
      engine: { name, cpuRequestMillis: cpu, memoryRequestMiB: memory, ...constraints },
    };
  });
}

const NOTHING = { kind: 'constant', value: 0 } as const;

/** It starts at once, uses nothing, and has no grace. */
function pausePod({ cpu, memory }: HeadroomSection): PodSpec {
  return {
    serving: {
      discipline: 'fcfs',
      concurrency: 1,
      queueLimit: Infinity,
      patience: null,
      cpuCores: 1,
      setUp: NOTHING,
    },
    cpuRequestMillis: cpu,
    cpuLimitMillis: null,
    memoryRequestMiB: memory,
    memoryIdleMiB: 0,
    memoryPerRequestMiB: 0,
    start: NOTHING,
    readiness: { periodMicros: seconds(1), rise: 1 },
    termination: { preStopMicros: micros(0), graceMicros: micros(0) },
  };
}

function checkHeadroom(name: string, scenario: Scenario, pools: readonly NodePoolSpec[], tree: SourceTree): void {
  const taken = (['workloads', 'dependencies', 'queues'] as const).find((key) =>
    Object.hasOwn(scenario[key] ?? {}, name),
  );
  if (taken !== undefined) {
    tree.reject(['headroom', name], `must have a name of its own, was one of ${taken}`, 'Rename one of the two.');
  }
  if (pools.some(({ workload }) => workload === undefined)) return;
  tree.reject(['headroom', name], 'must not be given in a scenario without nodes', 'Add nodes, or leave it out.');
}
