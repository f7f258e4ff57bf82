import type { VerticalAmounts } from './vertical-amounts.js';

/** Why a pod is touched. */
export type UpdateCause = 'outside-bounds' | 'quick-oom' | 'changed-enough';

/** Why a pod is left alone. */
export type LeaveCause =
  | 'no-recommendation'
  | 'within-bounds-and-young'
  | 'within-bounds-and-never-started'
  | 'change-too-small'
  | 'nothing-would-change'
  | 'eviction-requirement'
  | 'too-few-replicas'
  | 'disruption-budget'
  | 'rate-limit'
  | 'pending'
  | 'resize-under-way'
  | 'resize-infeasible';

/** What a container gets. */
export interface ContainerTarget {
  readonly container: string;
  readonly request: VerticalAmounts;
  readonly limit: VerticalAmounts;
}

/** What becomes of one pod in a round of the updater, why, and what the rule saw. */
export type PodUpdate =
  | {
      readonly pod: string;
      readonly action: 'evict' | 'resize';
      readonly cause: UpdateCause;
      readonly numbers: Readonly<Record<string, number>>;
      /** What a resize asks for; what a new pod would get after an eviction. */
      readonly containers: readonly ContainerTarget[];
    }
  | {
      readonly pod: string;
      readonly action: 'leave';
      readonly cause: LeaveCause;
      readonly numbers: Readonly<Record<string, number>>;
    };
