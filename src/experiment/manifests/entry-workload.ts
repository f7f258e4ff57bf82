import { InputError } from '../../domain/errors.js';
import { closest } from '../../domain/did-you-mean.js';
import type { WorkloadPlan } from './workload-plan.js';

/** The workload that requests from outside go to: the one that is asked for, else that of a public Service, of any Service, or the first. Throws InputError where the one asked for is not there. */
export function entryWorkload(plans: readonly WorkloadPlan[], wanted: string | undefined): WorkloadPlan {
  if (wanted === undefined) {
    const open = plans.find(({ doors }) => doors.at(0)?.isPublic === true);
    return open ?? plans.find(({ doors }) => doors.length > 0) ?? plans[0];
  }
  const found = plans.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = plans.map(({ name }) => name);
  const meant = closest(wanted, names);
  const hint = meant === null ? `Workloads are ${names.join(', ')}.` : `Did you mean ${meant}?`;
  throw new InputError({ source: '--to' }, `must be a workload of the manifests, was ${JSON.stringify(wanted)}`, hint);
}
