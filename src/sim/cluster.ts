import type { Command } from '../domain/command.js';
import { Bug } from '../domain/errors.js';
import type { ScalingEvent } from '../domain/run-result.js';
import type { WorldSpec } from '../domain/world-spec.js';
import { type Micros, toSeconds } from '../kernel/micros.js';
import type { Streams } from '../kernel/streams.js';
import { PHASE } from '../kernel/timeline.js';
import type { ExactPlane } from './requests/request-plane.js';
import { ImagePulls } from './images/image-pulls.js';
import { BindPace } from './nodes/bind-pace.js';
import { buildNodes } from './nodes/build-nodes.js';
import { EvictionRate } from './nodes/eviction-rate.js';
import { type BringUp, bringUpNodes } from './nodes/join-nodes.js';
import type { Node } from './nodes/node.js';
import { Scheduler } from './nodes/scheduler.js';
import { shareCpu } from './nodes/share-cpu.js';
import type { Pod } from './pods/pod.js';
import { PodCreation } from './pods/pod-creation.js';
import { simWorkload, type SimWorkload } from './pods/sim-workload.js';
import { WorkloadController } from './pods/workload-controller.js';
import type { SimContext } from './sim-context.js';

/** The simulated cluster: nodes, one scheduler, and for every workload its pods and their controller. */
export class Cluster {
  readonly nodes: readonly Node[];
  /** By name, in the scenario's order. */
  readonly workloads: ReadonlyMap<string, SimWorkload>;
  /** Applied changes of the number of replicas, in order. */
  readonly scaling: ScalingEvent[] = [];
  /** Brings up nodes that are not there yet. */
  readonly bringUp: BringUp;
  /** Null where no pod has an image. */
  readonly images: ImagePulls | null;
  readonly evictions: EvictionRate;
  private readonly controllers: ReadonlyMap<string, WorkloadController>;
  private readonly scheduler: Scheduler;

  constructor(
    private readonly context: SimContext,
    private readonly world: Pick<WorldSpec, 'nodePools' | 'cluster' | 'workloads'>,
    plane: ExactPlane,
    streams: Streams,
  ) {
    this.evictions = new EvictionRate(world.cluster.nodeEvictionsPerSecond ?? null);
    this.nodes = buildNodes(world.nodePools, context.timeline.now);
    if (world.cluster.sharesCpu === true) shareCpu(context.timeline, this.nodes, (cores) => plane.node(cores));
    const scheduler = new Scheduler(this.nodes, {
      bound: (pod, node, now) => this.workload(pod.workload).lifecycle.bound(pod, node, now),
      unschedulable: (pod, reason, at) => {
        pod.beginWait('node', at);
        context.emit({ type: 'podFoundUnschedulable', at, workload: pod.workload, pod: pod.name, reason });
      },
    });
    this.scheduler = scheduler;
    const release = (pod: Pod, now: Micros): void => scheduler.release(pod, now);
    this.bringUp = bringUpNodes(context, this, streams);
    const { images } = world.cluster;
    this.images = images === undefined ? null : new ImagePulls(context.timeline, images);
    const parts = { context, plane, streams, habits: world.cluster, images: this.images, release };
    this.workloads = new Map(world.workloads.map((spec) => [spec.name, simWorkload(spec, parts)]));
    this.controllers = new Map(
      [...this.workloads].map(([name, workload]) => [name, new WorkloadController(context, workload, scheduler)]),
    );
  }

  /** The state before the run: nodes and initial pods are ready and routed to. Initial pods without room wait and then start like any other. */
  boot(now: Micros): void {
    for (const node of this.nodes) if (node.alive) this.announce(node, now);
    for (const [name, { spec, pods, lifecycle, feed }] of this.workloads) {
      this.controllerOf(name).setReplicas(spec.initialReplicas, now);
      for (const pod of pods) if (pod.running) lifecycle.wake(pod, now);
      feed.arriveNow();
    }
    this.begin();
  }

  /** What the state before the run came about without: from now on pulls, binds and creations take their time. */
  private begin(): void {
    const { timeline } = this.context;
    const { podCreation, bindsPerSecond } = this.world.cluster;
    this.images?.begin();
    for (const node of this.nodes) {
      if (node.pool.joining === undefined || node.alive) continue;
      timeline.at(node.pool.joining.at, PHASE.world, () => this.bringUp(node));
    }
    if (bindsPerSecond !== undefined) this.scheduler.limit(new BindPace(timeline, bindsPerSecond));
    if (podCreation === undefined) return;
    const creation = new PodCreation(timeline, podCreation);
    for (const controller of this.controllers.values()) controller.limit(creation);
  }

  /** A node takes pods. */
  announce({ name, pool }: Node, now: Micros): void {
    const { instanceType, cpuMillis, memoryMiB, maxPods } = pool;
    this.context.emit({ type: 'nodeBecameReady', at: now, node: name, instanceType, cpuMillis, memoryMiB, maxPods });
  }

  /** There is room that was not there before. */
  placeWaiting(now: Micros): void {
    this.scheduler.place(now);
  }

  /** A command of the engine takes effect. */
  apply(command: Command, now: Micros): void {
    const { workload, replicas } = command;
    const controller = this.controllerOf(workload);
    const from = controller.replicas;
    if (replicas !== from) {
      const reason = replicas > from ? 'scaled up' : 'scaled down';
      this.scaling.push({ atSeconds: toSeconds(now), workload, from, to: replicas, reason });
    }
    controller.setReplicas(replicas, now);
  }

  /** The workload of that name. */
  workload(name: string): SimWorkload {
    return this.workloads.get(name) ?? missing(name);
  }

  /** The controller of the workload of that name. */
  controllerOf(name: string): WorkloadController {
    return this.controllers.get(name) ?? missing(name);
  }
}

function missing(name: string): never {
  throw new Bug(`the world must have a workload named ${JSON.stringify(name)}, and has none`);
}
