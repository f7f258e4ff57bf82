import type { EnginePods } from '../../domain/engine-config.js';
import type { Request } from './node-ledger.js';
import type { PodRecord } from './pod-record.js';

/** What a pod requests of its node. A request that is not set counts as nothing, as it does for the Kubernetes scheduler. */
export function requested(workload: EnginePods, { view }: Pick<PodRecord, 'view'>): Request {
  const { cpuRequestMillis, memoryRequestMiB } = view.resources ?? workload;
  return { cpuMillis: cpuRequestMillis ?? 0, memoryMiB: memoryRequestMiB ?? 0 };
}
