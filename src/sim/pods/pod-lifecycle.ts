import { Bug } from '../../domain/errors.js';
import { probesMatter } from '../../domain/probes-matter.js';
import type { ClusterSpec } from '../../domain/cluster-spec.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { KeyedRandom } from '../../kernel/random.js';
import { PHASE } from '../../kernel/timeline.js';
import type { CutCause, ProcessPort, WorkloadPort } from '../data-plane.js';
import type { EndpointFeed } from '../endpoints/endpoint-feed.js';
import { ActiveFactors } from '../faults/active-factors.js';
import type { ImagePulls } from '../images/image-pulls.js';
import type { Node } from '../nodes/node.js';
import type { StepUsage } from '../series/step-usage.js';
import type { SimContext } from '../sim-context.js';
import { drain } from './drain.js';
import type { DrainRules } from './drain-rules.js';
import { hostOf, NO_NODE } from './host-of.js';
import { ofPod as of } from './of-pod.js';
import type { Pod } from './pod.js';
import type { PodForm } from './pod-form.js';
import { PodNotice } from './pod-notice.js';
import { readyAfter } from './ready-after.js';
import { restartAfterExit } from './restart-back-off.js';
import { startUp } from './start-up.js';
import { type ProbedContainer, resumeProbes, startProbes } from './start-probes.js';

/** What the lives of one workload's pods touch. */
export interface LifecycleParts {
  readonly context: SimContext;
  readonly spec: WorkloadSpec;
  readonly port: WorkloadPort;
  /** Start-up times: the pod's ordinal is the ordinal, its restarts are the salt. */
  readonly starts: KeyedRandom;
  readonly habits: ClusterSpec;
  /** Null where no pod has an image. */
  readonly images: ImagePulls | null;
  readonly feed: EndpointFeed;
  readonly usage: StepUsage;
  readonly draining: DrainRules;
  /** The pod is gone: whoever counted on it or kept a place for it lets go. */
  readonly gone: (pod: Pod, now: Micros) => void;
}

/** A pod that is ready when the run starts counts as ready since a day before it, so that it is a warm one. */
const LONG_BEFORE = 86_400_000_000;

/**
 * The life of a pod: bound -> image pulled -> container started -> process listens -> ready -> terminating -> removed, with crashes on
 * the way.
 *
 * The container runs from the instant the pod is bound, or its image is there; the start-up time passes from there until the process
 * listens. Steps planned ahead carry the pod's `life` and do nothing once it has changed.
 */
export class PodLifecycle {
  /** Factors on the start-up time of pods created at present. */
  readonly slowdown = new ActiveFactors();
  /** Shares of capacity that pods are left with at present. */
  readonly remaining = new ActiveFactors();
  /** A container has started; a pod was resized in place; it has become ready, is no longer, or is gone. */
  readonly started = new PodNotice();
  readonly resized = new PodNotice();
  readonly changed = new PodNotice();
  /** A pod was asked to stop. */
  readonly stopping = new PodNotice();

  constructor(private readonly parts: LifecycleParts) {}

  /** The pod has a place; its container starts, unless the node has died unnoticed. */
  bound(pod: Pod, node: Node | null, now: Micros): void {
    pod.node = node;
    pod.scheduledAt = now;
    pod.endWait(now);
    this.parts.context.emit({ type: 'podScheduled', ...of(pod, now), node: node?.name ?? NO_NODE });
    if (!pod.stranded) this.prepareContainer(pod, now);
  }

  /** A bound pod of the state before the run: its process listens and it is ready, without delay. */
  wake(pod: Pod, now: Micros): void {
    pod.moveOn(now);
    if (pod.spec.startUpCores !== undefined) pod.process?.startUp(0);
    pod.process?.listen(true);
    this.becomeReady(pod, now, micros(now - LONG_BEFORE));
    if (pod.process !== null && probesMatter(pod.spec)) {
      resumeProbes(this.parts.context.timeline, pod.spec, this.probed(pod, pod.process, now));
    }
  }

  /** The pod's deletion, to the account of `cause`: it leaves the endpoints and drains if it serves. A stranded pod hangs until it is evicted. */
  terminate(pod: Pod, reason: string, now: Micros, cause: CutCause = 'scaling'): void {
    const { context } = this.parts;
    this.leaveReady(pod, now);
    pod.terminatingAt = now;
    pod.moveOn(now);
    const { life, process } = pod;
    context.emit({ type: 'podBeganTerminating', ...of(pod, now), reason });
    this.stopping.tell(pod, now);
    if (pod.stranded) return;
    if (process === null || (!process.listening && process.inFlight() === 0)) {
      this.remove(pod, reason, cause, now);
      return;
    }
    drain(context.timeline, this.parts.draining.of(pod, cause), {
      process,
      cause,
      current: () => pod.life === life,
      finish: (at) => this.remove(pod, reason, cause, at),
    });
  }

  /** The pod is gone, and whatever it had on board is cut off to the account of `cause`. */
  remove(pod: Pod, reason: string, cause: CutCause, now: Micros): void {
    this.stopContainer(pod, cause);
    this.leaveReady(pod, now);
    pod.removedAt = now;
    pod.removalReason = reason;
    this.parts.context.emit({ type: 'podRemoved', ...of(pod, now), reason });
    this.parts.gone(pod, now);
    this.changed.tell(pod, now);
  }

  /** The container exits; it is started again in place after a delay. */
  exit(pod: Pod, reason: string, now: Micros): void {
    this.stopContainer(pod, 'failure');
    this.loseReadiness(pod, reason, now);
    pod.restarts += 1;
    const { waitMicros, entry } = restartAfterExit(this.parts.habits, pod.backOff, now);
    pod.backOff = entry;
    if (waitMicros > 0) pod.beginWait('crashLoopBackOff', now);
    this.later(pod, waitMicros, (at) => {
      pod.endWait(at);
      pod.startFactor = this.slowdown.product;
      this.prepareContainer(pod, at);
    });
  }

  /** The pod's node is back: a pod that was deleted meanwhile is gone, any other has its container started again. */
  nodeReturned(pod: Pod, now: Micros): void {
    if (pod.terminatingAt !== null) {
      this.remove(pod, 'node returned', 'failure', now);
      return;
    }
    this.loseReadiness(pod, 'node returned', now);
    if (pod.process !== null) pod.restarts += 1;
    pod.startFactor = this.slowdown.product;
    this.prepareContainer(pod, now);
  }

  /** A pod that is bound has other requests and limits from now on, its running container too. */
  resize(pod: Pod, form: PodForm, now: Micros): void {
    const more = form.size.cpuMillis - pod.size.cpuMillis;
    if (pod.ready) this.parts.usage.changeRequest(more, now);
    pod.become(form, now);
    if (pod.running) pod.process?.resize(form.spec);
    this.resized.tell(pod, now);
  }

  /** The container stops with everything on board, and nothing planned for the pod happens any more. */
  stopContainer(pod: Pod, cause: CutCause): void {
    pod.moveOn(this.parts.context.timeline.now);
    if (!pod.running) return;
    this.parts.usage.book(pod);
    pod.endContainer();
    pod.process?.cut(cause);
  }

  /** The Ready condition turns false, and the endpoints lose the pod. */
  loseReadiness(pod: Pod, reason: string, now: Micros): void {
    if (!pod.ready) return;
    this.leaveReady(pod, now);
    this.parts.context.emit({ type: 'podBecameUnready', ...of(pod, now), reason });
  }

  /** Hands the share of capacity that is lost at present to a pod's process. */
  applyLostCapacity(pod: Pod): void {
    if (pod.running) pod.process?.loseCapacity(1 - this.remaining.product);
  }

  /** The container starts as soon as its image is there. */
  private prepareContainer(pod: Pod, now: Micros): void {
    const { images, spec } = this.parts;
    const { life } = pod;
    const { image } = pod.spec;
    if (image !== undefined) {
      if (images === null) throw new Bug(`pods of ${spec.name} must not have an image in a cluster that pulls none`);
      const there = images.ready(pod, image, (at) => {
        if (pod.life !== life) return;
        pod.endWait(at);
        this.startContainer(pod, at);
      });
      if (!there) {
        pod.beginWait('imagePull', now);
        return;
      }
    }
    this.startContainer(pod, now);
  }

  private startContainer(pod: Pod, now: Micros): void {
    const { context, port, starts, feed } = this.parts;
    pod.process = port.open(pod.ordinal, hostOf(pod.node), pod.form);
    pod.bookedCpuMicros = 0;
    pod.running = true;
    pod.runningSince = now;
    pod.startedAt ??= now;
    if (this.remaining.product !== 1) this.applyLostCapacity(pod);
    context.emit({ type: 'podStarted', ...of(pod, now) });
    const start = micros(pod.form.start(starts, pod.ordinal, pod.restarts) * pod.startFactor);
    this.startProcess(pod, start);
    if (probesMatter(pod.spec)) startProbes(context.timeline, pod.spec, this.probed(pod, pod.process, now));
    if (pod.restarts > 0) feed.processReplaced(pod);
    this.started.tell(pod, now);
  }

  private startProcess(pod: Pod, lengthMicros: Micros): void {
    const { startUpCores, readiness } = pod.spec;
    if (startUpCores !== undefined) {
      this.startUpOnCpu(pod, lengthMicros, startUpCores);
      return;
    }
    this.later(pod, lengthMicros, () => pod.process?.listen(true));
    if (!probesMatter(pod.spec)) this.readyLater(pod, readyAfter(lengthMicros, readiness));
  }

  /** The start takes longer where the node does not give the CPU it needs. */
  private startUpOnCpu(pod: Pod, lengthMicros: Micros, cores: number): void {
    const { context } = this.parts;
    const { process, spec } = pod;
    const begun = context.timeline.now;
    if (process === null) return;
    const later = (delay: Micros, step: (at: Micros) => void): void => this.later(pod, delay, step);
    const through = (at: Micros): void => {
      process.listen(true);
      const took = micros(at - begun);
      if (!probesMatter(spec)) this.readyLater(pod, micros(readyAfter(took, spec.readiness) - took));
    };
    startUp({ process, cores, lengthMicros, later, through });
  }

  private readyLater(pod: Pod, delay: Micros): void {
    this.later(pod, delay, (at) => {
      this.parts.usage.book(pod);
      this.becomeReady(pod, at, at);
    });
  }

  /** What probes do to a container; a pod that flaps is as warm as when it was ready first. */
  private probed(pod: Pod, process: ProcessPort, startedAt: Micros): ProbedContainer {
    const { context, usage } = this.parts;
    const { life, spec } = pod;
    const current = (): boolean => pod.life === life;
    let warmSince = pod.ready ? micros(startedAt - LONG_BEFORE) : null;
    return {
      process,
      startedAt,
      current,
      ready: (now) => {
        if (pod.ready) return;
        warmSince ??= now;
        usage.book(pod);
        this.becomeReady(pod, now, warmSince);
      },
      unready: (now) => this.loseReadiness(pod, 'readiness probe failed', now),
      failed: (reason, now) => {
        const finish = (at: Micros): void => this.exit(pod, reason, at);
        if (process.listening)
          drain(context.timeline, spec.termination, { process, cause: 'failure', current, finish });
        else finish(now);
      },
    };
  }

  private becomeReady(pod: Pod, now: Micros, warmSince: Micros): void {
    const { context, feed, usage } = this.parts;
    usage.changeReady(pod, 1, now);
    pod.readySince = now;
    pod.readyAt ??= now;
    pod.process?.markReady(warmSince);
    context.emit({ type: 'podBecameReady', ...of(pod, now) });
    feed.change(pod, true, now);
    this.changed.tell(pod, now);
  }

  private leaveReady(pod: Pod, now: Micros): void {
    if (!pod.ready) return;
    const { feed, usage } = this.parts;
    usage.book(pod);
    usage.changeReady(pod, -1, now);
    pod.readySince = null;
    feed.change(pod, false, now);
    this.changed.tell(pod, now);
  }

  private later(pod: Pod, delay: Micros, step: (at: Micros) => void): void {
    const { timeline } = this.parts.context;
    const { life } = pod;
    timeline.at(micros(timeline.now + delay), PHASE.world, (at) => {
      if (pod.life === life) step(at);
    });
  }
}
