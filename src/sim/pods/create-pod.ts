import type { Micros } from '../../kernel/micros.js';
import type { PodSize } from '../nodes/pod-size.js';
import type { SimContext } from '../sim-context.js';
import { Pod } from './pod.js';
import type { SimWorkload } from './sim-workload.js';

/** Makes the next pod of a workload: pending, and known to everybody. */
export function createPod(context: SimContext, workload: SimWorkload, size: PodSize, now: Micros): Pod {
  const { spec, pods, history, lifecycle } = workload;
  const pod = new Pod(spec.name, history.length, size, now);
  pod.startFactor = lifecycle.slowdown.product;
  pods.add(pod);
  history.push(pod);
  context.emit({ type: 'podCreated', at: now, workload: spec.name, pod: pod.name });
  return pod;
}
