import { type LimitRange, limitRangeObjection, withDefaults } from '../../domain/limit-range.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { WorkloadSection } from './workload-schema.js';

/** The bounds of a scenario; undefined where it has none. */
export function limitRangeOf({ limitRange }: Pick<Scenario, 'limitRange'>): LimitRange | undefined {
  if (limitRange === undefined) return undefined;
  return { cpu: boundsOf(limitRange.cpu), memory: boundsOf(limitRange.memory) };
}

function boundsOf(bounds: NonNullable<Scenario['limitRange']>['cpu'] = {}): LimitRange['cpu'] {
  const { min = null, max = null, default: usual = null, defaultRequest = null } = bounds;
  return { min, max, default: usual, defaultRequest };
}

/** A workload's pod as its namespace admits it. Throws InputError where it may not be admitted. */
export function admitted(
  name: string,
  { pod }: WorkloadSection,
  range: LimitRange | undefined,
  tree: SourceTree,
): WorkloadSection['pod'] {
  if (range === undefined) return pod;
  const written = (what: 'cpu' | 'memory'): boolean => tree.has(['workloads', name, 'pod', what, 'request']);
  const filled = withDefaults(
    {
      cpuRequestMillis: written('cpu') ? pod.cpu.request : null,
      cpuLimitMillis: pod.cpu.limit ?? null,
      memoryRequestMiB: written('memory') ? pod.memory.request : null,
      memoryLimitMiB: pod.memory.limit ?? null,
    },
    range,
  );
  const objection = limitRangeObjection(filled, range);
  if (objection !== null) {
    tree.reject(
      ['workloads', name, 'pod'],
      `must be what limitRange allows: ${objection}`,
      'Change the requests and limits of the pod, or limitRange.',
    );
  }
  return {
    ...pod,
    cpu: { ...pod.cpu, ...given(filled.cpuRequestMillis, filled.cpuLimitMillis) },
    memory: { ...pod.memory, ...given(filled.memoryRequestMiB, filled.memoryLimitMiB) },
  };
}

/** What is still not said stays as it is. */
function given(request: number | null, limit: number | null): { readonly request?: number; readonly limit?: number } {
  return { ...(request === null ? {} : { request }), ...(limit === null ? {} : { limit }) };
}
