import type { EnginePods, Quota } from '../../domain/engine-config.js';

/** Sums of fractions of a MiB may miss a whole pod by a hair. */
const HAIR = 1e-9;

/** What is left of a quota while it is handed out. A request that a manifest does not set counts as nothing. */
export class QuotaRest {
  private readonly left: { pods: number; cpuMillis: number; memoryMiB: number };

  constructor(private readonly quota: Quota) {
    this.left = {
      pods: quota.pods ?? Infinity,
      cpuMillis: quota.cpuMillis ?? Infinity,
      memoryMiB: quota.memoryMiB ?? Infinity,
    };
  }

  /** Hands out pods, also beyond what is left. */
  take(workload: EnginePods, pods: number): void {
    this.left.pods -= pods;
    this.left.cpuMillis -= pods * (workload.cpuRequestMillis ?? 0);
    this.left.memoryMiB -= pods * (workload.memoryRequestMiB ?? 0);
  }

  /** How many more pods of a workload it allows, and by which of its limits. */
  room(workload: EnginePods): { most: number; limit: keyof Quota } {
    const { left } = this;
    let limit: keyof Quota = 'pods';
    let most = Math.max(0, left.pods);
    const byCpu = pods(left.cpuMillis, workload.cpuRequestMillis);
    if (byCpu < most) [most, limit] = [byCpu, 'cpuMillis'];
    const byMemory = pods(left.memoryMiB, workload.memoryRequestMiB);
    if (byMemory < most) [most, limit] = [byMemory, 'memoryMiB'];
    return { most, limit };
  }

  /** The limit and what is left of it, for the explanation. */
  numbers(limit: keyof Quota): { limit: number; left: number } {
    return { limit: this.quota[limit] ?? Infinity, left: this.left[limit] };
  }
}

function pods(left: number, request: number | null): number {
  if (request === null || request === 0) return Infinity;
  return Math.max(0, Math.floor(left / request + HAIR));
}
