import type { Micros } from '../../../kernel/micros.js';
import type { UpdaterPod } from './updater-pod.js';

/** A deferred resize is given up after five minutes, one in progress after an hour. */
const deferredMicros = 300e6;
const inProgressMicros = 3600e6;

/**
 * Since when each pod's resize has been seen under way, and whether to give it up and evict the pod instead.
 *
 * Source: VPA, CanEvictInPlacingPod; unlike there a resize that has come to an end is forgotten, so that the next one has its time.
 */
export class ResizePatience {
  private readonly since = new Map<string, Micros>();

  /** Notes the pods of a round. */
  watch(pods: readonly UpdaterPod[], now: Micros): void {
    const resizing = new Set(pods.filter(({ resize }) => resize !== 'none').map(({ name }) => name));
    for (const name of this.since.keys()) if (!resizing.has(name)) this.since.delete(name);
    for (const name of resizing) if (!this.since.has(name)) this.since.set(name, now);
  }

  /** Whether the pod's resize has failed or takes too long. */
  isOver({ name, resize }: UpdaterPod, now: Micros): boolean {
    const waited = now - (this.since.get(name) ?? now);
    switch (resize) {
      case 'none':
        return false;
      case 'deferred':
        return waited > deferredMicros;
      case 'in-progress':
        return waited > inProgressMicros;
      case 'infeasible':
      case 'error':
        return true;
    }
  }
}
