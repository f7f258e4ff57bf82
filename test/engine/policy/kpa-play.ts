import type { EngineWorkload } from '../../../src/domain/engine-config.js';
import { abstain } from '../../../src/domain/forecast.js';
import type { PodView } from '../../../src/domain/observation.js';
import { policies } from '../../../src/engine/policy/policies.js';
import type { HorizontalProposal } from '../../../src/engine/ports.js';
import { seconds } from '../../../src/kernel/micros.js';
import { noLeadTime, observed, workload } from '../fixture.js';

/** What a tick meets. */
export interface Step {
  /** Requests at once; null where no figure is fresh. */
  readonly load: number | null;
  /** Pods that are ready; as many as asked for without it. */
  readonly ready?: number;
}

/** Ticks every two seconds with a figure each; pods are ready as soon as they are asked for. */
export function play(written: object, steps: readonly Step[], changes: Partial<EngineWorkload> = {}, initial = 1) {
  const of = workload({ minReplicas: 0, maxReplicas: 100, ...changes });
  const policy = policies.kpa.create(policies.kpa.schema.parse(written), of);
  const proposals: HorizontalProposal[] = [];
  let spec = initial;
  for (const [i, { load, ready = spec }] of steps.entries()) {
    const now = seconds(2 * (i + 1));
    const metrics = { in_flight: { value: load ?? 0, sampledAt: now } };
    const stale = load === null ? { status: 'stale' as const, reason: 'newest sample is 80 s old' } : {};
    const proposal = policy.decide({
      now,
      originEpochMicros: 0,
      workload: of,
      specReplicas: spec,
      statusReplicas: spec,
      pods: Array.from({ length: ready }, (_, k) => readyView(`web-${k}`)),
      observation: observed(now / 1e6, 1, { metrics, ...stale }),
      observations: new Map(),
      commanded: null,
      leadTime: noLeadTime,
      forecast: abstain('none', now, 'none'),
    });
    proposals.push(proposal);
    spec = proposal.desired;
  }
  return proposals;
}

/** A pod that has been ready since the start. */
export function readyView(name: string): PodView {
  const at = seconds(0);
  return { name, createdAt: at, scheduledAt: at, started: true, ready: true, readyChangedAt: at, terminating: false };
}

/** So many ticks with one figure. */
export function loads(load: number | null, times: number): Step[] {
  return new Array<Step>(times).fill({ load });
}

/** Ten requests a pod, all of it. */
export const ten = { target: 10, targetUtilization: '100%' };
