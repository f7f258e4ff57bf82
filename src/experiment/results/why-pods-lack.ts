import type { PodRecord } from '../../domain/measurement.js';
import type { Bottleneck } from '../../domain/bottleneck.js';
import { heldUpPods, type HeldUpBy } from './held-up-pods.js';

/** A moment at which a workload had fewer ready pods than it needed. */
export interface Gap {
  /** In microseconds. */
  readonly at: number;
  readonly missing: number;
  /** Pods asked for, and pods that exist. */
  readonly desired: number;
  readonly existing: number;
}

type Cause = Pick<Bottleneck, 'kind'> & { readonly phrase: string };

const CAUSES: Readonly<Partial<Record<HeldUpBy | 'creation', Cause>>> = {
  imagePull: { kind: 'imagePulls', phrase: 'waited for their image' },
  crashLoopBackOff: { kind: 'crashLoops', phrase: 'were in CrashLoopBackOff' },
  node: { kind: 'nodes', phrase: 'waited for a machine to come up' },
  scheduler: { kind: 'controlPlane', phrase: 'waited for the scheduler' },
  creation: { kind: 'controlPlane', phrase: 'had been asked for and were not created yet' },
};

/**
 * What held up the pods that were missing, where over all moments one thing held up half of them or more; null where they had only not
 * been asked for, or were on their ordinary way. `pods` are those of the workload alone.
 */
export function whyPodsLack(
  pods: readonly PodRecord[],
  gaps: readonly Gap[],
): (Pick<Bottleneck, 'kind'> & { why: string }) | null {
  const sums = new Map<HeldUpBy | 'creation', number>();
  const add = (what: HeldUpBy | 'creation', count: number) => sums.set(what, (sums.get(what) ?? 0) + count);
  let missing = 0;
  for (const gap of gaps) {
    missing += gap.missing;
    for (const [what, count] of heldUpPods(pods, gap.at)) add(what, Math.min(count, gap.missing));
    add('creation', Math.max(0, Math.min(gap.desired - gap.existing, gap.missing)));
  }
  const worst = [...sums].sort(([, a], [, b]) => b - a).at(0);
  const cause = worst === undefined ? undefined : CAUSES[worst[0]];
  if (worst === undefined || cause === undefined || worst[1] === 0 || worst[1] < missing / 2) return null;
  const share = `${((worst[1] / missing) * 100).toFixed(0)}%`;
  return { kind: cause.kind, why: `${share} of the pods that were missing ${cause.phrase}` };
}
