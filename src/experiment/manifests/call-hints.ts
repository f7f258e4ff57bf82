import type { Remark } from './draft.js';
import { remark } from './draft-parts.js';
import type { WorkloadPlan } from './workload-plan.js';

/** A host in a value such as `http://catalogue.shop.svc:8080/v1` or `catalogue:9090`. */
const hosts = /(?:^|\/\/|[@,\s])([a-z][a-z0-9-]*)(?=[.:/,]|$)/g;

/**
 * Workloads that a workload probably calls, as remarks: those whose Service is named as a host in its environment.
 *
 * Only a hint: whether a call is made for every request, no manifest says.
 */
export function callHints(plan: WorkloadPlan, all: readonly WorkloadPlan[]): readonly Remark[] {
  const hints = new Map<string, string>();
  for (const { container, path } of plan.workload.containers) {
    container.env.forEach(({ name, value }, i) => {
      for (const [, host] of String(value ?? '').matchAll(hosts)) {
        const called = all.find((other) => other !== plan && other.doors.some((door) => door.name === host));
        const place = plan.workload.manifest.origin([...path, 'env', i], `env ${name}`);
        if (called !== undefined && !hints.has(called.name)) hints.set(called.name, place);
      }
    });
  }
  if (hints.size === 0) return [];
  const places = [...hints.values()].join(', ');
  return [remark(`perhaps calls: [${[...hints.keys()].join(', ')}], as ${places} names their Services`)];
}
