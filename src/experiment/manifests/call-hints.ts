import type { Remark } from './draft.js';
import { unknown } from './draft-parts.js';
import type { WorkloadPlan } from './workload-plan.js';

/** A host in a value such as `http://catalogue.shop.svc:8080/v1` or `catalogue:9090`. */
const hosts = /(?:^|\/\/|[@,\s])([a-z][a-z0-9-]*)(?=[.:/,]|$)/g;

/**
 * That calls are unknown, with the workloads that are probably called: those whose Service is named as a host in the environment.
 *
 * Only a hint: whether a call is made for every request, no manifest says.
 */
export function callHints(plan: WorkloadPlan, all: readonly WorkloadPlan[]): Remark {
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
  const measure = 'the spans of a traced request';
  if (hints.size === 0) {
    const why = 'the workload serves alone; what it calls, databases included, is not in the manifests';
    return unknown({ topic: 'dependencies', why, measure });
  }
  const places = [...hints.values()].join(', ');
  const why = `the workload serves alone, but ${places} names Services that it may call; databases are not in the manifests`;
  return unknown({ topic: 'dependencies', why, measure }, `calls: [${[...hints.keys()].join(', ')}]`);
}
