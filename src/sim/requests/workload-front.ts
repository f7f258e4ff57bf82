import type { PlaceSpec } from '../../domain/network-spec.js';
import { cpuWeight } from '../../domain/cpu-weight.js';
import type { PodSpec, WorkloadSpec } from '../../domain/world-spec.js';
import type { Balancing } from '../balancing/make-balancing.js';
import type { BalanceSettings } from '../../domain/balance/balance-settings.js';
import type {
  EndpointShare,
  HostOfProcess,
  ProcessForm,
  ProcessPort,
  QueueGauges,
  TrafficCounters,
  WorkloadPort,
} from '../data-plane.js';
import type { ConnectionLedger } from '../connections/connection-ledger.js';
import type { Activator } from './activator.js';
import type { AttemptGate } from './attempt-gate.js';
import type { Balancer, Endpoint } from './balancer-port.js';
import type { CpuBooks } from './cpu-books.js';
import type { Front, FrontTally } from './front.js';
import type { JobQueuePort } from './job-port.js';
import { NodeCpu } from './node-cpu.js';
import type { Draw } from './draw.js';
import { OUTCOME } from './outcome.js';
import { PodProcess, type ProcessHost, type ProcessWatches } from './pod-process.js';
import { ResponseMeter } from './response-meter.js';
import type { Station } from './station.js';
import { SteadyLoad } from './steady-load.js';
import type { WarmUp } from './warm-up.js';

/** What a workload's front is made from. */
export interface WorkloadFrontParts {
  readonly index: number;
  readonly spec: WorkloadSpec;
  readonly lazy: boolean;
  readonly tally: FrontTally;
  readonly balancing: Balancing;
  /** What holds requests while there is no endpoint; null where nothing does. */
  readonly activator: Activator | null;
  readonly patience: Draw | null;
  readonly warmUp: WarmUp | null;
  readonly books: CpuBooks;
  /** Makes the station of a new process, on the cores of its node where it shares them, and enters it among the stations. */
  readonly makeStation: (node: NodeCpu | null, pod: PodSpec) => Station;
  /** Enters a process under its station's index, where it stands included. */
  readonly enter: (process: PodProcess, place: PlaceSpec | undefined) => void;
  readonly host: ProcessHost;
  readonly watches: ProcessWatches;
  /** What its pods take their work from; null where a balancer brings it. */
  readonly jobs: JobQueuePort | null;
}

/** A workload as its callers see it: a balancer over the processes of its pods. */
export class WorkloadFront implements Front, WorkloadPort {
  readonly name: string;
  readonly index: number;
  readonly lazy: boolean;
  readonly fcfs: boolean;
  readonly tally: FrontTally;
  readonly refusal = OUTCOME.rejected;
  readonly timesPatience: boolean;
  readonly noticesBoarding: boolean;
  readonly warmUp: WarmUp | null;
  readonly books: CpuBooks;
  /** Every process ever opened, in order of opening. */
  readonly opened: PodProcess[] = [];
  readonly ledger: ConnectionLedger | null;
  readonly gate: AttemptGate | null;
  readonly meter: ResponseMeter | null;
  readonly queue?: () => QueueGauges;
  private readonly balancer: Balancer;

  constructor(private readonly parts: WorkloadFrontParts) {
    this.name = parts.spec.name;
    this.index = parts.index;
    this.lazy = parts.lazy;
    this.balancer = parts.balancing.balancer;
    this.ledger = parts.balancing.ledger;
    this.gate = parts.balancing.gate;
    this.tally = parts.tally;
    const { latencyBuckets } = parts.spec;
    this.meter = latencyBuckets === undefined ? null : new ResponseMeter(latencyBuckets, parts.host.board);
    this.fcfs = parts.spec.pod.serving.discipline === 'fcfs';
    this.timesPatience = parts.patience !== null;
    this.noticesBoarding = this.timesPatience || this.meter !== null;
    this.warmUp = parts.warmUp;
    this.books = parts.books;
    const { jobs } = parts;
    if (jobs !== null) this.queue = () => jobs.gauges();
  }

  choose(ordinal: number, salt: number, caller: number): number {
    return this.balancer.pick(ordinal, salt, caller);
  }

  patience(ordinal: number, salt: number): number {
    const { patience } = this.parts;
    return patience === null ? Infinity : patience.sample(patience.random, ordinal, salt);
  }

  loadChanged(station: number): void {
    this.balancer.loadChanged(station);
  }

  open(ordinal: number, { speed, place, cpu }: HostOfProcess, form?: ProcessForm): ProcessPort {
    const { spec, demandFactor, revision = 0 } = form ?? { spec: this.parts.spec.pod, demandFactor: 1 };
    const { host, makeStation, watches } = this.parts;
    const node = cpu instanceof NodeCpu ? cpu : null;
    const ownLoad = new SteadyLoad(cpuWeight(spec.cpuRequestMillis ?? 0), host.board, node);
    const process = new PodProcess(ordinal, speed / demandFactor, makeStation(node, spec), host, {
      ...watches,
      ownLoad,
      weight: speed,
      meter: this.meter,
      answers: this.parts.balancing.answers,
    });
    this.parts.balancing.tally?.enter(process.station.index, revision);
    this.opened.push(process);
    for (const board of this.parts.balancing.boards) while (board.stations <= process.station.index) board.enter();
    this.parts.enter(process, place);
    return process;
  }

  route(endpoints: readonly ProcessPort[], shares?: readonly EndpointShare[]): void {
    const byWeight = this.parts.spec.balancer.weights === 'cpu-speed';
    this.balancer.route(
      endpoints.flatMap((endpoint, i): readonly Endpoint[] => {
        if (!(endpoint instanceof PodProcess)) return [];
        const share = shares?.[i];
        const weight = (byWeight ? endpoint.weight : 1) * (share?.weight ?? 1);
        const zone = share?.zone ?? null;
        return [{ station: endpoint.station.index, weight, ...(zone === null ? {} : { zone }) }];
      }),
    );
  }

  set(settings: BalanceSettings): void {
    this.parts.balancing.set(settings);
  }

  /** Completes everything due up to the present instant at every process, and closes the books of a step. */
  closeStep(stepSeconds: number): void {
    let startUpMicros = 0;
    let probedMicros = 0;
    for (const process of this.opened) {
      process.station.settle();
      startUpMicros += process.startUpMicros();
      probedMicros += process.probedMicros;
    }
    this.parts.activator?.buffer.closeStep();
    this.ledger?.closeStep();
    this.gate?.closeStep();
    this.parts.balancing.tally?.closeStep();
    this.books.closeStep(stepSeconds, startUpMicros, probedMicros);
  }

  moreColumns(): Record<string, Float64Array> {
    const { ledger, gate, books, parts } = this;
    const held = parts.activator?.buffer.columns.columns();
    const shared = parts.balancing.tally?.columns.columns();
    return { ...held, ...shared, ...ledger?.columns.columns(), ...gate?.columns.columns(), ...books.columns.columns() };
  }

  counters(): TrafficCounters {
    const { tally, parts } = this;
    return { requests: tally.offered, errors: tally.failed, held: parts.activator?.buffer.queued ?? 0 };
  }
}
