import type { Micros } from '../../../kernel/micros.js';

/** What Knative calls a DeciderSpec: how many pods are wanted for which load. */
export interface KpaSpec {
  /** What one pod is to be kept at: requests at once, or requests a second; above 0. */
  readonly target: number;
  /** What one pod can take; at least `target`. */
  readonly total: number;
  /** Requests beyond the present ones that ready pods must have room for, or the activator stays in the path; -1 keeps it there always. */
  readonly targetBurstCapacity: number;
  /** Panic begins where the panic window asks for so many times the ready pods. */
  readonly panicThreshold: number;
  /** At most so many times the ready pods; above 1. */
  readonly maxScaleUpRate: number;
  /** At least the ready pods divided by this; above 1. */
  readonly maxScaleDownRate: number;
  readonly stableWindow: Micros;
  /** Fewer pods only when so long nobody asked for more; 0 for none. */
  readonly scaleDownDelay: Micros;
  /** At least so many pods where any are wanted; 0 or 1 for none. */
  readonly activationScale: number;
  /** Whether requests can come. What nothing leads to falls without limit and without delay. */
  readonly reachable: boolean;
}
