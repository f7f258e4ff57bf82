import { resourcesOf } from '../../domain/with-resources.js';
import type { Micros } from '../../kernel/micros.js';
import type { SimContext } from '../sim-context.js';
import { Pod } from './pod.js';
import { type PodForm, sameResources } from './pod-form.js';
import type { SimWorkload } from './sim-workload.js';

/** Makes the next pod of a workload: pending, and known to everybody. */
export function createPod(context: SimContext, workload: SimWorkload, form: PodForm, now: Micros): Pod {
  const { spec, pods, history, lifecycle } = workload;
  const pod = new Pod(spec.name, history.length, form, now);
  pod.startFactor = lifecycle.slowdown.product;
  pods.add(pod);
  history.push(pod);
  context.emit({
    type: 'podCreated',
    at: now,
    workload: spec.name,
    pod: pod.name,
    ...(sameResources(form.spec, spec.pod) ? {} : { resources: resourcesOf(form.spec) }),
    ...(spec.commanded === undefined || spec.rollouts === undefined ? {} : { revision: form.revision }),
  });
  return pod;
}
