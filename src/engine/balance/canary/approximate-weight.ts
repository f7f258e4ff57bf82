/** Replicas of both versions. */
export interface CanarySplit {
  readonly canary: number;
  readonly stable: number;
}

/** What traffic a canary is to get, without a router that could split it. */
export interface WeightRequest {
  readonly replicas: number;
  readonly weight: number;
  /** The weight that means all. */
  readonly maxWeight: number;
  /** Pods beyond `replicas` that there may be. */
  readonly maxSurge: number;
}

/**
 * The split of pods whose share of canaries is closest to the weight, as Argo Rollouts' basic canary: the exact number rounded up or
 * down, of `replicas` pods or of one more where surge is allowed; of two that are as close the larger canary. A weight between none
 * and all leaves neither version without a pod, where two pods are allowed.
 */
export function approximateWeight(request: WeightRequest): CanarySplit {
  const { replicas, weight, maxWeight } = request;
  if (replicas === 0) return { canary: 0, stable: 0 };
  const [first, ...others] = optionsOf(request);
  if (first === undefined) return { canary: 0, stable: replicas };
  const off = ({ canary, total }: Option): number => Math.abs((canary * maxWeight) / total - weight);
  const { canary, total } = others.reduce((best, option) => (off(option) < off(best) ? option : best), first);
  return { canary, stable: total - canary };
}

interface Option {
  readonly canary: number;
  readonly total: number;
}

/** In the order in which one of two that are as close is preferred. */
function optionsOf(request: WeightRequest): readonly Option[] {
  const { replicas, weight, maxWeight, maxSurge } = request;
  const up = Math.ceil((replicas * weight) / maxWeight);
  const down = Math.floor((replicas * weight) / maxWeight);
  const zeroAllowed = weight === maxWeight || weight === 0 || (replicas === 1 && maxSurge === 0);
  const downAllowed = down !== 0 || zeroAllowed;
  const downOf = (total: number): readonly Option[] =>
    downAllowed && !isTied(request, total) ? [{ canary: down, total }] : [];
  return [
    ...(up < replicas || zeroAllowed ? [{ canary: up, total: replicas }] : []),
    ...downOf(replicas),
    ...(maxSurge > 0 ? [{ canary: up, total: replicas + 1 }, ...downOf(replicas + 1)] : []),
  ];
}

/** Whether both roundings are as far off. */
function isTied({ weight, maxWeight }: WeightRequest, total: number): boolean {
  return (total * (weight / maxWeight)) % 1 === 0.5;
}
