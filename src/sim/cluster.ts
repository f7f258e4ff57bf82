import type { Command, ScaleNodes, SetReplicas } from '../domain/command.js';
import { Bug } from '../domain/errors.js';
import type { RolloutRecord } from '../domain/measurement.js';
import type { ScalingEvent } from '../domain/run-result.js';
import type { NodePoolSpec, WorldSpec } from '../domain/world-spec.js';
import { type Micros, toSeconds } from '../kernel/micros.js';
import type { Streams } from '../kernel/streams.js';
import { PHASE } from '../kernel/timeline.js';
import type { ExactPlane } from './requests/request-plane.js';
import { ImagePulls } from './images/image-pulls.js';
import { BindPace } from './nodes/bind-pace.js';
import { buildScheduler, keepInStep } from './nodes/build-scheduler.js';
import { drainNode } from './nodes/drain-node.js';
import { EvictionRate } from './nodes/eviction-rate.js';
import { MachineSupply } from './nodes/machine-supply.js';
import type { Node } from './nodes/node.js';
import { NodeFleet } from './nodes/node-fleet.js';
import type { MachineUse, NodeGroup } from './nodes/node-group.js';
import type { PodScheduler } from './nodes/pod-scheduler.js';
import { shareCpu } from './nodes/share-cpu.js';
import { MachineController } from './pods/machine-controller.js';
import { deletionHabits } from './pods/deletion-habits.js';
import type { Pod } from './pods/pod.js';
import { PodCreation } from './pods/pod-creation.js';
import type { ReplicaController } from './pods/replica-controller.js';
import { simWorkload, type SimWorkload } from './pods/sim-workload.js';
import { WorkloadController } from './pods/workload-controller.js';
import { applyBalance } from './pods/apply-balance.js';
import type { SimContext } from './sim-context.js';
import { VerticalCommands } from './vertical/vertical-commands.js';

/** The simulated cluster: nodes, one scheduler, and for every workload its pods and their controller. */
export class Cluster {
  readonly fleet: NodeFleet;
  readonly supply: MachineSupply;
  /** By name, in the scenario's order. */
  readonly workloads: ReadonlyMap<string, SimWorkload>;
  /** Applied changes of the number of replicas, in order. */
  readonly scaling: ScalingEvent[] = [];
  /** The same of the nodes of pools whose pods are scheduled. */
  readonly nodeScaling: ScalingEvent[] = [];
  /** Null where no pod has an image. */
  readonly images: ImagePulls | null;
  readonly evictions: EvictionRate;
  private readonly controllers: ReadonlyMap<string, ReplicaController>;
  private readonly deployments: WorkloadController[] = [];
  private readonly machines = new Map<string, MachineController>();
  private readonly scheduler: PodScheduler;
  private readonly vertical: VerticalCommands;

  constructor(
    readonly context: SimContext,
    private readonly world: Pick<WorldSpec, 'nodePools' | 'cluster' | 'workloads' | 'faults'>,
    plane: ExactPlane,
    private readonly streams: Streams,
  ) {
    this.evictions = new EvictionRate(world.cluster.nodeEvictionsPerSecond ?? null);
    this.supply = new MachineSupply(world, streams);
    this.fleet = new NodeFleet(world.nodePools, {
      context,
      streams,
      supply: this.supply,
      tellsMachines: world.workloads.some(({ commanded }) => commanded !== undefined),
      useOf: (pool) => this.useOf(pool),
      equip: (node) => {
        if (world.cluster.sharesCpu === true) shareCpu(context.timeline, node, (cores) => plane.node(cores));
      },
      joined: (_, now) => this.placeWaiting(now),
      ended: (node) => this.images?.nodeDied(node),
    });
    const scheduler = buildScheduler(this, world, this.fleet.shared);
    this.scheduler = scheduler;
    this.vertical = new VerticalCommands({
      context,
      range: world.cluster.limitRange,
      ownerOf: (name) => ({ workload: this.workload(name), controller: this.controllerOf(name) }),
      roomAppeared: (now) => this.placeWaiting(now),
    });
    const release = (pod: Pod, now: Micros): void => {
      this.vertical.gone(pod);
      scheduler.release(pod, now);
      if (pod.node === null) return;
      this.vertical.retry(pod.node, now);
      this.groupOf(pod.node)?.vacated(pod.node, now);
    };
    const { images } = world.cluster;
    this.images = images === undefined ? null : new ImagePulls(context.timeline, images);
    const parts = { context, plane, streams, habits: world.cluster, images: this.images, release };
    this.workloads = new Map(world.workloads.map((spec) => [spec.name, simWorkload(spec, parts)]));
    keepInStep(scheduler, this.workloads.values());
    this.controllers = new Map(
      [...this.workloads].map(([name, workload]) => [name, this.controller(workload, scheduler)]),
    );
  }

  /** Every node there ever was. */
  get nodes(): readonly Node[] {
    return this.fleet.nodes;
  }

  /** What became of new revisions, workload by workload. */
  get rollouts(): readonly RolloutRecord[] {
    return this.deployments.flatMap(({ records }) => records);
  }

  /** Brings up a node that is not there yet. */
  bringUp(node: Node): void {
    this.fleet.bringUp(node);
  }

  /** The state before the run: nodes and initial pods are ready and routed to. Initial pods without room wait and then start like any other. */
  boot(now: Micros): void {
    for (const node of this.nodes) if (node.alive) this.announce(node, now);
    for (const group of this.fleet.groups.values()) {
      if (group.pool.workload === undefined) group.ask(group.pool.count, [], now);
    }
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
    for (const group of this.fleet.groups.values()) group.begin(timeline.now);
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
  announce(node: Node, now: Micros): void {
    this.fleet.announce(node, now);
  }

  /** There is room that was not there before. */
  placeWaiting(now: Micros): void {
    this.scheduler.place(now);
  }

  /** A command of the engine takes effect. */
  apply(command: Command, now: Micros): void {
    if (command.type === 'scaleNodes') {
      this.scaleNodes(command, now);
      return;
    }
    if (command.type !== 'setReplicas') {
      this.applyOther(command, now);
      return;
    }
    const { workload, replicas } = command;
    const controller = this.controllerOf(workload);
    note(this.scaling, workload, { from: controller.replicas, to: replicas, now });
    controller.setReplicas(replicas, now);
  }

  /** The group that a node belongs to; undefined where it is of a fixed pool. */
  groupOf(node: Node): NodeGroup | undefined {
    return this.fleet.groups.get(node.pool.name);
  }

  /** The workload of that name. */
  workload(name: string): SimWorkload {
    return this.workloads.get(name) ?? missing(name);
  }

  /** The controller of the workload of that name. */
  controllerOf(name: string): ReplicaController {
    return this.controllers.get(name) ?? missing(name);
  }

  private applyOther(command: Exclude<Command, SetReplicas | ScaleNodes>, now: Micros): void {
    if (command.type === 'setWeights' || command.type === 'setBalancing' || command.type === 'drainPods') {
      applyBalance(this.workload(command.workload), command);
    } else if (command.type === 'setRevisions') this.controllerOf(command.workload).setRevisions(command.replicas, now);
    else if (command.type === 'setPodResources') this.vertical.setResources(command, now);
    else if (command.type === 'evictPod') this.vertical.evict(command, now);
    else this.vertical.resize(command, now);
  }

  private scaleNodes({ pool, nodes, remove, retire }: ScaleNodes, now: Micros): void {
    const group = this.fleet.groups.get(pool);
    if (group === undefined || !Number.isInteger(nodes) || nodes < 0) {
      throw new Bug(`nodes must be a whole number of at least 0 of a pool that may change, was ${nodes} of ${pool}`);
    }
    const { workload } = group.pool;
    const change = { from: group.wanted, to: nodes, now };
    note(workload === undefined ? this.nodeScaling : this.scaling, workload ?? pool, change);
    group.ask(nodes, remove, now, retire);
  }

  /** What the machines of a group are for: pods of all workloads, or processes of the one that they belong to. */
  private useOf({ workload }: NodePoolSpec): MachineUse {
    if (workload === undefined) {
      return {
        launched: () => undefined,
        inService: (_, now) => this.placeWaiting(now),
        drain: (node, reason) => drainNode(this, node, this.world.cluster, reason),
      };
    }
    const controller = (): MachineController => this.machines.get(workload) ?? missing(workload);
    return {
      launched: (node, now) => controller().launched(node, now),
      inService: (node, now) => controller().inService(node, now),
      drain: (node, reason, now) => controller().drain(node, reason, now),
    };
  }

  private controller(workload: SimWorkload, scheduler: PodScheduler): ReplicaController {
    const { name } = workload.spec;
    const group = [...this.fleet.groups.values()].find(({ pool }) => pool.workload === name);
    if (group === undefined) {
      const controller = new WorkloadController({
        context: this.context,
        workload,
        scheduler,
        order: deletionHabits(workload.spec, this.world.cluster, this.streams, workload.draining),
      });
      this.deployments.push(controller);
      return controller;
    }
    const machines = new MachineController(this.context, workload, group);
    this.machines.set(name, machines);
    return machines;
  }
}

/** Keeps a change of what is asked for; where nothing changes, it was none. */
function note(
  events: ScalingEvent[],
  workload: string,
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: Micros },
): void {
  if (to === from) return;
  events.push({ atSeconds: toSeconds(now), workload, from, to, reason: to > from ? 'scaled up' : 'scaled down' });
}

function missing(name: string): never {
  throw new Bug(`the world must have a workload named ${JSON.stringify(name)}, and has none`);
}
