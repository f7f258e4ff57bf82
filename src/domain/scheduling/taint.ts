/** What becomes of pods that do not tolerate a taint. */
export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

/** A mark on a node that repels pods. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: TaintEffect;
}

/** A taint, or a kind of taints, that a pod puts up with. */
export interface Toleration {
  /** Absent means every key; then the operator must be `Exists`. */
  readonly key?: string;
  readonly operator: 'Equal' | 'Exists';
  /** For `Equal`. */
  readonly value?: string;
  /** Absent means every effect. */
  readonly effect?: TaintEffect;
}

/** The taint of a node that is low on memory. */
export const MEMORY_PRESSURE: Taint = { key: 'node.kubernetes.io/memory-pressure', value: '', effect: 'NoSchedule' };

/** Whether a pod with these tolerations puts up with a taint, as Kubernetes' `Toleration.ToleratesTaint`. */
export function tolerates(tolerations: readonly Toleration[], taint: Taint): boolean {
  return tolerations.some(
    ({ key, operator, value = '', effect }) =>
      (effect === undefined || effect === taint.effect) &&
      (key === undefined ? operator === 'Exists' : key === taint.key) &&
      (operator === 'Exists' || value === taint.value),
  );
}

/** The first taint that keeps a pod away; one that only advises against it does not. */
export function repellingTaint(tolerations: readonly Toleration[], taints: readonly Taint[]): Taint | null {
  return taints.find((taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(tolerations, taint)) ?? null;
}

/** Taints that advise against a node and that a pod does not tolerate. */
export function discouragingTaints(tolerations: readonly Toleration[], taints: readonly Taint[]): number {
  return taints.filter((taint) => taint.effect === 'PreferNoSchedule' && !tolerates(tolerations, taint)).length;
}
