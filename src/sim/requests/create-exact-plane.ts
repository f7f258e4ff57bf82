import { cpuWeight } from '../../domain/cpu-weight.js';
import { Bug } from '../../domain/errors.js';
import type { DependencySpec, PodSpec, WorkloadSpec, WorldSpec } from '../../domain/world-spec.js';
import { mayThrottle } from '../../domain/may-throttle.js';
import { requestsMayExceedMemory } from '../../domain/memory-use.js';
import { podsOf } from '../../domain/pods-of.js';
import { probesMatter, probesTakeCpu } from '../../domain/probes-matter.js';
import type { Streams } from '../../kernel/streams.js';
import { type Balancing, makeBalancing } from '../balancing/make-balancing.js';
import { needsGate } from '../balancing/needs-gate.js';
import { ClientChoosers } from '../connections/client-choosers.js';
import { JobDesk } from '../queues/job-desk.js';
import { PublishingCall } from '../queues/publishing-call.js';
import { queueNamed } from '../queues/queue-named.js';
import { networkOf } from '../network/network-state.js';
import { StationPlaces } from '../network/station-places.js';
import { Activation } from './activation.js';
import type { Activator } from './activator.js';
import { addTraffic } from './add-traffic.js';
import { CacheRing } from './cache-ring.js';
import { Calls } from './calls.js';
import { ColdWork } from './cold-work.js';
import { CollectingStation } from './collecting-station.js';
import { CpuBooks } from './cpu-books.js';
import { CpuSupply } from './cpu-supply.js';
import { DependencyFront } from './dependency-front.js';
import { FrontTally } from './front.js';
import { FcfsBank } from './fcfs-bank.js';
import { FcfsStation } from './fcfs-station.js';
import { canBeLazy, countsRequests } from './can-be-lazy.js';
import { InFlightLimits } from './in-flight-limits.js';
import type { NodeCpu } from './node-cpu.js';
import { NodeStation } from './node-station.js';
import type { Draw } from './draw.js';
import { drawOf, OperationTable } from './operations.js';
import type { PlaneState, RequestObserver } from './plane-state.js';
import { PoolStation } from './pool-station.js';
import { ProbeDesk } from './probe-desk.js';
import { RequestPlane } from './request-plane.js';
import { RequestRecorder } from './request-recorder.js';
import { SharingStation } from './sharing-station.js';
import type { Station, StationContext } from './station.js';
import { StationBoard } from './station-board.js';
import { StationIndex } from './station-index.js';
import { Visits } from './visits.js';
import { SUMS, type WorkSums } from './work-sums.js';
import { WarmUp } from './warm-up.js';
import { WorkloadFront } from './workload-front.js';
import type { Distribution } from '../../kernel/distributions.js';

/** Switches for tests and comparisons. */
export interface PlaneOptions {
  /** Indexes every station, also where lazy completion would do. */
  readonly indexAll?: boolean;
  /** Is told of each logical request's end. */
  readonly observer?: RequestObserver;
}

/** Builds the exact request path of a world. */
export function createExactPlane(world: WorldSpec, streams: Streams, options: PlaneOptions = {}): RequestPlane {
  return new PlaneBuilder(world, streams, options).build();
}

class PlaneBuilder {
  private readonly state: PlaneState;
  private plane: RequestPlane | null = null;
  private bank: FcfsBank | null = null;
  private readonly probes: ProbeDesk;
  private readonly limits: InFlightLimits;
  /** What the stations of each front have done. */
  private readonly works: WorkSums;
  private readonly places = new StationPlaces();

  constructor(
    private readonly world: WorldSpec,
    private readonly streams: Streams,
    private readonly options: PlaneOptions,
  ) {
    this.works = new Float64Array(SUMS * (world.workloads.length + world.dependencies.length));
    const processes: PlaneState['processes'] = [];
    const fronts: PlaneState['fronts'] = [];
    const frontOf: PlaneState['frontOf'] = [];
    const board = new StationBoard();
    board.clock[0] = 0 - world.warmUpMicros;
    const index = new StationIndex(board);
    const visits = new Visits();
    const watched = world.workloads.some(countsRequests);
    const limited = world.workloads.some(requestsMayExceedMemory);
    const probed = world.workloads.some((workload) => podsOf(workload).some(probesMatter));
    this.state = {
      board,
      visits,
      calls: new Calls(visits),
      fronts,
      frontOf,
      stations: [],
      processes,
      operations: [],
      sites: [],
      callers: [],
      ring: new CacheRing(),
      index,
      recorder: new RequestRecorder(
        world.slo.latencyMicros,
        world.traffic.every(({ queue }) => queue !== undefined),
      ),
      cold: world.workloads.some(({ pod }) => pod.warmUp !== undefined) ? new ColdWork(visits) : null,
      callRandom: streams.stream('call', ''),
      backoffRandom: streams.stream('backoff', ''),
      observer: options.observer ?? null,
      jobs: null,
      network: networkOf(world, this.places, { fronts, frontOf }, streams, board.clock),
      activation: null,
      stationChanged: (station) => {
        index.update(station);
        if (watched) frontOf[station].loadChanged(station);
        if (probed) probes.changed(station);
        if (limited) limits.changed(station);
      },
    };
    const probes = new ProbeDesk(this.state);
    this.probes = probes;
    const limits = new InFlightLimits(board);
    this.limits = limits;
  }

  build(): RequestPlane {
    const { world, streams, state } = this;
    const plane = new RequestPlane(state);
    this.plane = plane;
    const desk = this.openQueues(plane);
    if (world.workloads.some(({ activator }) => activator !== undefined)) {
      state.activation = new Activation(state, plane.attempts);
    }
    this.bank = new FcfsBank(state.board, state.visits, this.works, plane, state.recorder);
    plane.useBank(this.bank);
    for (const workload of world.workloads) state.fronts.push(this.workloadFront(workload));
    for (const dependency of world.dependencies) {
      const front = this.dependencyFront(dependency);
      state.fronts.push(front);
      state.network?.onlyStation.push(front.station.index);
    }
    const fronts = new Map(
      state.fronts.map(({ name, index, tally, gate, meter }) => [name, { front: index, tally, gate, meter }]),
    );
    const table = new OperationTable(world, fronts, streams, new ClientChoosers(state, streams), {
      ...state,
      publishing: (queue, operation) => new PublishingCall(queueNamed(desk, queue), operation),
    });
    for (const spec of world.traffic) addTraffic(spec, { plane, table, desk, streams });
    return plane;
  }

  private openQueues({ attempts: { boarding, setTimer } }: RequestPlane): JobDesk | null {
    const { world, streams, state } = this;
    if (world.queues === undefined) return null;
    const desk = new JobDesk({ ...world, queues: world.queues }, { plane: state, boarding, setTimer, streams });
    state.jobs = desk;
    return desk;
  }

  private workloadFront(spec: WorkloadSpec): WorkloadFront {
    const lazy = this.options.indexAll !== true && canBeLazy(this.world, spec);
    const index = this.state.fronts.length;
    const { patience } = spec.pod.serving;
    const balancing = this.balancing(spec, lazy);
    const activator = this.activator(spec, balancing);
    const jobs = this.state.jobs?.consumedBy(spec.name) ?? null;
    const front: WorkloadFront = new WorkloadFront({
      index,
      spec,
      lazy,
      tally: this.tally(index),
      balancing: activator === null ? balancing : { ...balancing, balancer: activator },
      activator,
      patience: patience === null ? null : this.draw('patience', spec.name, patience),
      warmUp: spec.pod.warmUp === undefined ? null : new WarmUp(spec.pod.warmUp),
      books: new CpuBooks({
        throttles: mayThrottle(spec),
        shares: this.world.cluster.sharesCpu === true,
        startUp: podsOf(spec).some(({ startUpCores }) => startUpCores !== undefined),
        probes: podsOf(spec).some(probesTakeCpu),
      }),
      makeStation: (node, pod) => this.podStation(spec, pod, front, node),
      enter: (process, place) => {
        this.state.processes[process.station.index] = process;
        this.places.enter(process.station.index, place);
      },
      host: this.host(),
      watches: { probes: this.probes, limits: this.limits, ring: this.state.ring.of(index), consumer: jobs },
      jobs,
    });
    if (activator !== null) {
      this.enter(activator.buffer, front);
      this.state.processes[activator.buffer.index] = null;
      this.places.enter(activator.buffer.index, undefined);
    }
    return front;
  }

  /** Only a balancer that does nothing but choose, once for each request, can have an activator before it. */
  private activator(spec: WorkloadSpec, { balancer, ledger, gate }: Balancing): Activator | null {
    if (spec.activator === undefined || this.state.activation === null) return null;
    if (gate !== null || ledger !== null || this.state.network !== null) {
      throw new Bug(`the activator of ${spec.name} cannot stand before balancers that watch, or over a network`);
    }
    return this.state.activation.add(spec.activator, balancer);
  }

  private balancing(spec: WorkloadSpec, lazy: boolean): Balancing {
    const bank = spec.pod.serving.discipline === 'fcfs' ? this.bank : null;
    const gated = needsGate(this.world, spec);
    const { state: plane, streams, places } = this;
    return makeBalancing(spec, { plane, streams, places, lazy, bank, gated });
  }

  private dependencyFront(spec: DependencySpec): DependencyFront {
    const { state } = this;
    const index = state.fronts.length;
    const station = new FcfsStation(spec, index, this.fcfs(), state.board, state.visits);
    const front = new DependencyFront(index, spec, station, this.tally(index), state.board);
    this.enter(station, front);
    state.processes[station.index] = null;
    this.places.enter(station.index, spec.place);
    return front;
  }

  private podStation({ name }: WorkloadSpec, pod: PodSpec, front: WorkloadFront, node: NodeCpu | null): Station {
    const station = this.disciplined(name, pod, front, node);
    this.enter(station, front);
    return station;
  }

  private disciplined(name: string, pod: PodSpec, front: WorkloadFront, node: NodeCpu | null): Station {
    const { visits, board } = this.state;
    const { serving } = pod;
    const { index } = front;
    const context = { board, visits, work: front.tally.work, sink: this.host() };
    switch (serving.discipline) {
      case 'fcfs':
        return new FcfsStation(serving, index, this.fcfs(), board, visits);
      case 'processor-sharing':
      case 'cfs':
        return this.sharing(pod, front.books, node, context);
      case 'per-request':
        return new PoolStation(serving, this.draw('set-up', name, serving.setUp), context);
    }
  }

  private sharing(
    { serving, cpuRequestMillis, jvm }: PodSpec,
    { tally }: CpuBooks,
    node: NodeCpu | null,
    context: StationContext,
  ): Station {
    const cpu = new CpuSupply(serving.cpuCores, serving.discipline === 'cfs' ? serving.quota : undefined, tally);
    if (jvm !== undefined) return new CollectingStation(serving, cpu, context);
    if (node === null) return new SharingStation(serving, cpu, context);
    return new NodeStation(serving, cpu, context, {
      node,
      weight: cpuWeight(cpuRequestMillis ?? 0),
      tally,
      stationChanged: (station) => this.state.stationChanged(station),
    });
  }

  private enter(station: Station, front: WorkloadFront | DependencyFront): void {
    this.state.stations.push(station);
    this.state.frontOf.push(front);
    if (!front.lazy) this.state.index.add(station.index);
  }

  private tally(front: number): FrontTally {
    return new FrontTally(this.works.subarray(front * SUMS, (front + 1) * SUMS));
  }

  private draw(purpose: string, entity: string, distribution: Distribution): Draw {
    return drawOf(distribution, this.streams.stream(purpose, entity));
  }

  private fcfs(): FcfsBank {
    if (this.bank === null) throw new RangeError('stations are made after the bank');
    return this.bank;
  }

  private host(): RequestPlane {
    if (this.plane === null) throw new RangeError('stations are made after the plane');
    return this.plane;
  }
}
