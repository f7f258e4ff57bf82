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
  const { replicas, weight, maxWeight, maxSurge } = request;
  if (replicas === 0) return { canary: 0, stable: 0 };
  const up = Math.ceil((replicas * weight) / maxWeight);
  const down = Math.floor((replicas * weight) / maxWeight);
  const zeroAllowed = weight === maxWeight || weight === 0 || (replicas === 1 && maxSurge === 0);
  const downAllowed = down !== 0 || zeroAllowed;
  const options: { readonly canary: number; readonly total: number }[] = [];
  if (up < replicas || zeroAllowed) options.push({ canary: up, total: replicas });
  if (downAllowed && !isTied(request, replicas)) options.push({ canary: down, total: replicas });
  if (maxSurge > 0) {
    options.push({ canary: up, total: replicas + 1 });
    if (downAllowed && !isTied(request, replicas + 1)) options.push({ canary: down, total: replicas + 1 });
  }
  const off = ({ canary, total }: (typeof options)[number]): number => Math.abs((canary * maxWeight) / total - weight);
  const [first, ...others] = options;
  if (first === undefined) return { canary: 0, stable: replicas };
  const { canary, total } = others.reduce((best, option) => (off(option) < off(best) ? option : best), first);
  return { canary, stable: total - canary };
}

/** Whether both roundings are as far off. */
function isTied({ weight, maxWeight }: WeightRequest, total: number): boolean {
  return (total * (weight / maxWeight)) % 1 === 0.5;
}
