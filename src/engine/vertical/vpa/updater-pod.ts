import type { Micros } from '../../../kernel/micros.js';
import type { VerticalAmounts } from './vertical-amounts.js';

/** How far a resize in place has come. `deferred`: the node has no room now; `infeasible`: it never will. */
export type ResizeStatus = 'none' | 'in-progress' | 'deferred' | 'infeasible' | 'error';

/** A container as the updater sees it. */
export interface UpdaterContainer {
  readonly name: string;
  readonly request: VerticalAmounts;
  readonly limit: VerticalAmounts;
  /** What the node has given it, where it reports that; null counts as `request`. */
  readonly given: VerticalAmounts | null;
  /** Its last kill for memory; null when there was none, or another end came after it. */
  readonly oomKill: { readonly startedAt: Micros; readonly killedAt: Micros } | null;
}

/** A pod as the updater sees it; terminating ones are not shown to it. */
export interface UpdaterPod {
  readonly name: string;
  /** When it was bound to a node; null before. */
  readonly startedAt: Micros | null;
  /** Its containers have not started yet. */
  readonly pending: boolean;
  readonly containers: readonly UpdaterContainer[];
  readonly resize: ResizeStatus;
  /** Whether a resize restarts a container. */
  readonly restartsOnResize: boolean;
}
