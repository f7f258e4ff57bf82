import type { EvictPod, ResizePod, SetPodResources } from '../../domain/command.js';
import { Bug } from '../../domain/errors.js';
import { clampedTo, type LimitRange, withDefaults } from '../../domain/limit-range.js';
import { resourcesOf } from '../../domain/with-resources.js';
import type { Micros } from '../../kernel/micros.js';
import type { Node } from '../nodes/node.js';
import { evict, type PodOwner } from '../pods/evict.js';
import type { Pod } from '../pods/pod.js';
import type { SimContext } from '../sim-context.js';
import { InPlaceResizes } from './in-place-resizes.js';

/** What vertical scaling touches of a cluster. */
export interface VerticalParts {
  readonly context: SimContext;
  readonly range: LimitRange | undefined;
  readonly ownerOf: (workload: string) => PodOwner;
  /** There is room on nodes that was not there before. */
  readonly roomAppeared: (now: Micros) => void;
}

/** Carries out what the engine asks of single pods and of those to come: their resources, and their eviction. */
export class VerticalCommands {
  private readonly resizes: InPlaceResizes;

  constructor(private readonly parts: VerticalParts) {
    this.resizes = new InPlaceResizes(parts.context, parts.range, parts.roomAppeared);
  }

  /** Pods created from now on have other resources: the namespace's defaults fill them up, and its bounds hold them. */
  setResources({ workload, resources }: SetPodResources, now: Micros): void {
    const { context, range } = this.parts;
    const { template } = this.changing(workload).workload;
    const allowed = range === undefined ? resources : clampedTo(withDefaults(resources, range), range);
    template.setResources(allowed);
    const { spec } = template.form();
    context.emit({ type: 'podResourcesSet', at: now, workload, resources: resourcesOf(spec) });
  }

  /** Evicts a pod, if its workload's disruption budget lets it go; its controller replaces it at once. A pod that is gone is none. */
  evict({ workload, pod: name, reason }: EvictPod, now: Micros): void {
    const owner = this.parts.ownerOf(workload);
    const pod = podNamed(owner, name);
    if (pod === undefined || !pod.active) return;
    const granted = evict(this.parts.context, owner, pod, { reason, cause: 'eviction' }, now);
    if (granted) owner.controller.reconcile(now);
  }

  /** Resizes a pod in place, now or later. A pod that is gone is none. */
  resize({ workload, pod: name, resources }: ResizePod, now: Micros): void {
    const owner = this.changing(workload);
    const pod = podNamed(owner, name);
    if (pod !== undefined) this.resizes.ask(owner.workload, pod, resources, now);
  }

  /** A pod is gone; what was kept for it on its node is free before anybody looks for room there. */
  gone(pod: Pod): void {
    this.resizes.forget(pod);
  }

  /** There may be room on a node. */
  retry(node: Node, now: Micros): void {
    this.resizes.retry(node, now);
  }

  private changing(workload: string): PodOwner {
    const owner = this.parts.ownerOf(workload);
    if (owner.workload.spec.resourcesChange === true) return owner;
    throw new Bug(`resources of ${workload} must not change in a world that was not told that they may`);
  }
}

function podNamed({ workload }: PodOwner, name: string): Pod | undefined {
  const pod = workload.history.find((one) => one.name === name);
  return pod === undefined || pod.removedAt !== null ? undefined : pod;
}
