import type { LimitRange } from '../../domain/limit-range.js';
import type { PodResources } from '../../domain/pod-resources.js';
import { resourcesOf } from '../../domain/with-resources.js';
import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { PHASE } from '../../kernel/timeline.js';
import type { Node } from '../nodes/node.js';
import type { Pod } from '../pods/pod.js';
import { resized } from '../pods/pod-form.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import type { SimContext } from '../sim-context.js';
import { type ResizeObjection, resizeObjection } from './resize-objection.js';

/** How often a kubelet looks at a pod again of its own. Source: Kubernetes, KubeletConfiguration, syncFrequency. */
const SYNC = seconds(60);

/** A resize that waits. */
interface Waiting {
  readonly workload: SimWorkload;
  readonly resources: PodResources;
  /** What is kept for it on its node, beyond what the pod has. */
  readonly kept: { readonly node: Node; readonly cpuMillis: number; readonly memoryMiB: number } | null;
}

/**
 * Resizes pods in place: at once where that is possible, else as soon as there is room on the node, or at the kubelet's next look. What a
 * deferred resize asks for is kept free meanwhile: the scheduler counts the larger of what a pod has and what it wants.
 *
 * A container keeps its workers and its heap; its quota, weight and memory limit change at that instant. Source: KEP-1287.
 */
export class InPlaceResizes {
  /** In the order of asking. */
  private readonly waiting = new Map<Pod, Waiting>();

  constructor(
    private readonly context: SimContext,
    private readonly range: LimitRange | undefined,
    /** There is room on nodes that was not there before. */
    private readonly roomAppeared: (now: Micros) => void,
  ) {}

  /** A resize is asked for; one that waits for the same pod is forgotten. */
  ask(workload: SimWorkload, pod: Pod, resources: PodResources, now: Micros): void {
    const freed = this.forget(pod);
    const objection = resizeObjection(pod, resources, this.range, now);
    if (objection === null) this.carryOut(workload, pod, resources, now);
    else this.putOff(workload, pod, { resources, objection }, now);
    if (freed) this.roomAppeared(now);
  }

  private putOff(
    workload: SimWorkload,
    pod: Pod,
    { resources, objection }: { readonly resources: PodResources; readonly objection: ResizeObjection },
    now: Micros,
  ): void {
    if (objection.cause === 'deferred') {
      this.waiting.set(pod, { workload, resources, kept: keep(pod, resources) });
      this.lookLater(pod, resources);
    }
    this.context.emit({ type: 'podResizeRefused', at: now, workload: pod.workload, pod: pod.name, ...objection });
  }

  /** There may be room on a node: what waits there is tried again, in the order of asking. */
  retry(node: Node, now: Micros): void {
    for (const pod of [...this.waiting.keys()]) if (pod.node === node) this.look(pod, now);
  }

  /** A pod is gone, or wants something else: whatever it waited for is forgotten. Whether that frees something that was kept for it. */
  forget(pod: Pod): boolean {
    const kept = this.waiting.get(pod)?.kept ?? null;
    this.waiting.delete(pod);
    if (kept === null) return false;
    kept.node.keep(0 - kept.cpuMillis, 0 - kept.memoryMiB);
    return kept.cpuMillis > 0 || kept.memoryMiB > 0;
  }

  private look(pod: Pod, now: Micros): void {
    const waits = this.waiting.get(pod);
    if (waits === undefined) return;
    const { workload, resources } = waits;
    const objection = resizeObjection(pod, resources, this.range, now);
    if (objection?.cause === 'deferred') return;
    const freed = this.forget(pod);
    if (objection === null) this.carryOut(workload, pod, resources, now);
    else if (freed) this.roomAppeared(now);
  }

  private lookLater(pod: Pod, resources: PodResources): void {
    const { timeline } = this.context;
    timeline.at(micros(timeline.now + SYNC), PHASE.world, (now) => {
      if (this.waiting.get(pod)?.resources !== resources) return;
      this.look(pod, now);
      if (this.waiting.has(pod)) this.lookLater(pod, resources);
    });
  }

  private carryOut(workload: SimWorkload, pod: Pod, resources: PodResources, now: Micros): void {
    const { node, size } = pod;
    workload.lifecycle.resize(pod, resized(pod.form, resources), now);
    node?.give(size);
    node?.take(pod.size);
    this.context.emit({
      type: 'podResized',
      at: now,
      workload: pod.workload,
      pod: pod.name,
      resources: resourcesOf(pod.spec),
    });
    const less = pod.size.cpuMillis < size.cpuMillis || pod.size.memoryMiB < size.memoryMiB;
    if (node === null || !less) return;
    this.retry(node, now);
    this.roomAppeared(now);
  }
}

function keep(pod: Pod, { cpuRequestMillis, memoryRequestMiB }: PodResources): Waiting['kept'] {
  const { node, size } = pod;
  if (node === null) return null;
  const cpuMillis = Math.max(0, (cpuRequestMillis ?? 0) - size.cpuMillis);
  const memoryMiB = Math.max(0, (memoryRequestMiB ?? 0) - size.memoryMiB);
  node.keep(cpuMillis, memoryMiB);
  return { node, cpuMillis, memoryMiB };
}
