import { InputError } from '../../domain/errors.js';
import { closest } from '../../domain/did-you-mean.js';
import type { WorkloadPlan } from './workload-plan.js';

/** The workload that requests from outside go to, and how sure that is. */
export interface Entry {
  readonly plan: WorkloadPlan;
  /** Why this one, without a full stop. */
  readonly why: string;
  /** Names of all that it may be as well, in the order of the files; empty where the manifests or the user say so. */
  readonly candidates: readonly string[];
}

type Rank = readonly [test: (plan: WorkloadPlan) => boolean, why: (plan: WorkloadPlan) => string, says: boolean];

/** What speaks for a workload, the strongest first; `says` where it says so by itself, if no other workload has it. */
const ranks: readonly Rank[] = [
  [
    ({ doors }) => doors.at(0)?.route != null,
    ({ doors }) => `${doors[0].route?.place()} ${doors[0].route?.title} names Service ${doors[0].name}`,
    true,
  ],
  [
    ({ doors }) => doors.at(0)?.isPublic === true,
    ({ doors }) => `${doors[0].place} Service ${doors[0].name} is open to the outside`,
    true,
  ],
  [
    ({ doors, scaler }) => doors.length > 0 && scaler.kind !== 'none',
    ({ doors }) => `it has an autoscaler and a Service (${doors[0].place})`,
    false,
  ],
  [({ doors }) => doors.length > 0, ({ doors }) => `it has a Service (${doors[0].place})`, false],
  [({ scaler }) => scaler.kind !== 'none', () => 'it has an autoscaler', false],
];

/**
 * The workload that requests from outside go to: the one that is asked for, else what a route names, what is open to the outside, what has
 * an autoscaler, what has a Service, the first. It is a guess unless the manifests name exactly one, or hold only one that can be reached.
 *
 * Throws InputError where the one asked for is not there.
 */
export function entryWorkload(plans: readonly WorkloadPlan[], wanted: string | undefined): Entry {
  if (wanted !== undefined) return { plan: asked(plans, wanted), why: '--to', candidates: [] };
  if (plans.length === 1) return { plan: plans[0], why: 'the only workload', candidates: [] };
  for (const [test, why, says] of ranks) {
    const found = plans.filter(test);
    if (found.length === 0) continue;
    const plan = found.find(({ scaler }) => scaler.kind !== 'none') ?? found[0];
    if (found.length === 1 && says) return { plan, why: why(plan), candidates: [] };
    return entryAmong(plan, why(plan), says ? found : plans);
  }
  return entryAmong(plans[0], 'it is the first', plans);
}

/** Those without a Service cannot be called by name, so they are no candidates where others have one. */
function entryAmong(plan: WorkloadPlan, why: string, plans: readonly WorkloadPlan[]): Entry {
  const reachable = plans.filter(({ doors }) => doors.length > 0);
  const candidates = reachable.includes(plan) ? reachable : plans;
  return { plan, why, candidates: candidates.length === 1 ? [] : candidates.map(({ name }) => name) };
}

function asked(plans: readonly WorkloadPlan[], wanted: string): WorkloadPlan {
  const found = plans.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = plans.map(({ name }) => name);
  const meant = closest(wanted, names);
  const hint = meant === null ? `Workloads are ${names.join(', ')}.` : `Did you mean ${meant}?`;
  throw new InputError({ source: '--to' }, `must be a workload of the manifests, was ${JSON.stringify(wanted)}`, hint);
}
