import type { PodView } from '../../../domain/observation.js';
import type { PodResources } from '../../../domain/pod-resources.js';
import type { Micros } from '../../../kernel/micros.js';
import type { PodIncident } from '../../ports.js';
import { amountsOf, sameResources } from './pod-resources-amounts.js';
import type { ResizeStatus, UpdaterContainer, UpdaterPod } from './updater-pod.js';
import { onlyContainer } from './vpa-recommender.js';

interface Resizing {
  readonly status: ResizeStatus;
  /** What the pod had when the resize was asked for, or refused. */
  readonly before: PodResources;
}

/** What the updater has to remember of pods between ticks: kills, and resizes that are under way or were refused. */
export class PodMemory {
  private readonly kills = new Map<string, NonNullable<UpdaterContainer['oomKill']>>();
  private readonly resizing = new Map<string, Resizing>();

  /** Takes what has befallen a pod. */
  take(incident: PodIncident, pod: PodView, has: PodResources): void {
    if (incident.type === 'podResizeRefused') this.resizing.set(pod.name, { status: incident.cause, before: has });
    if (incident.type !== 'containerOomKilled') return;
    // A container that was killed has been running since the kill before, the first one since its pod was bound.
    const startedAt = this.kills.get(pod.name)?.killedAt ?? pod.scheduledAt ?? pod.createdAt;
    this.kills.set(pod.name, { startedAt, killedAt: incident.at });
  }

  /** A resize has been asked for. */
  asked(pod: string, before: PodResources): void {
    this.resizing.set(pod, { status: 'in-progress', before });
  }

  /** Forgets pods that are gone. */
  keepOnly(pods: ReadonlySet<string>): void {
    for (const known of [this.kills, this.resizing]) {
      for (const pod of known.keys()) if (!pods.has(pod)) known.delete(pod);
    }
  }

  /** A pod as the updater sees it; a resize is over when the pod has something else than before. */
  show(pod: PodView, has: PodResources): UpdaterPod {
    const known = this.resizing.get(pod.name);
    if (known !== undefined && !sameResources(known.before, has)) this.resizing.delete(pod.name);
    const startedAt: Micros | null = pod.scheduledAt;
    return {
      name: pod.name,
      startedAt,
      pending: !pod.started,
      containers: [{ name: onlyContainer, ...amountsOf(has), given: null, oomKill: this.kills.get(pod.name) ?? null }],
      resize: this.resizing.get(pod.name)?.status ?? 'none',
      restartsOnResize: false,
    };
  }
}
