import type { ResponseStep } from '../../domain/load-response.js';
import type { PodRecord } from '../../domain/measurement.js';
import type { CuredShortage } from './shortages.js';

/**
 * What the time consisted of from when enough replicas were asked for until they were ready, along the pod that was ready last; the steps
 * add up. A pod that was on its way before is followed from then on.
 */
export function floorSteps(
  { workload, from, response, cure: { askedAt } }: CuredShortage,
  pods: readonly PodRecord[],
): readonly ResponseStep[] {
  const until = from + response;
  const last = lastReady(pods, { workload, from, until });
  if (last === null) return [{ what: 'step' as const, seconds: until - askedAt }].filter(({ seconds }) => seconds > 0);
  const ready = last.readyAt;
  const within = (start: number, end: number): number => Math.max(0, Math.min(end, ready) - Math.max(start, askedAt));
  const created = last.createdAt / 1e6;
  const waits = last.waits.map(({ for: what, from: start, to }): ResponseStep => ({
    what,
    seconds: within(start / 1e6, to === null ? ready : to / 1e6),
  }));
  const waitedForNode = waits.reduce((sum, { what, seconds }) => (what === 'node' ? sum + seconds : sum), 0);
  const order = within(askedAt, created);
  const placement = Math.max(0, within(created, (last.scheduledAt ?? last.createdAt) / 1e6) - waitedForNode);
  const waited = waits.reduce((sum, { seconds }) => sum + seconds, 0);
  const start = Math.max(0, ready - askedAt) - order - placement - waited;
  const steps: readonly ResponseStep[] = [
    { what: 'order', seconds: order },
    ...waits.filter(({ what }) => what === 'node'),
    { what: 'placement', seconds: placement },
    ...waits.filter(({ what }) => what !== 'node'),
    { what: 'start', seconds: start },
    { what: 'step', seconds: until - Math.max(ready, askedAt) },
  ];
  return steps.filter(({ seconds }) => seconds > 1e-9);
}

interface Stretch {
  readonly workload: string;
  readonly from: number;
  readonly until: number;
}

/** The pod of a workload that became ready last in a stretch, with the instant in seconds. */
function lastReady(pods: readonly PodRecord[], { workload, from, until }: Stretch) {
  let last: (Omit<PodRecord, 'readyAt'> & { readonly readyAt: number }) | null = null;
  for (const pod of pods) {
    if (pod.workload !== workload || pod.readyAt === null) continue;
    const readyAt = pod.readyAt / 1e6;
    if (readyAt > from && readyAt <= until && (last === null || readyAt > last.readyAt)) last = { ...pod, readyAt };
  }
  return last;
}
