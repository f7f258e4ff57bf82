import type { WorkloadSpec } from '../../domain/world-spec.js';
import type { ProcessPort, TrafficCounters, WorkloadPort } from '../data-plane.js';
import type { Balancer } from './balancer.js';
import { type Front, FrontTally } from './front.js';
import type { Draw } from './operations.js';
import { OUTCOME } from './outcome.js';
import { PodProcess, type ProcessHost } from './pod-process.js';
import type { Station } from './station.js';

/** What a workload's front is made from. */
export interface WorkloadFrontParts {
  readonly index: number;
  readonly spec: WorkloadSpec;
  readonly lazy: boolean;
  readonly balancer: Balancer;
  readonly patience: Draw | null;
  /** Makes the station of a new process and enters it among the stations. */
  readonly makeStation: () => Station;
  /** Enters a process under its station's index. */
  readonly enter: (process: PodProcess) => void;
  readonly host: ProcessHost;
}

/** A workload as its callers see it: a balancer over the processes of its pods. */
export class WorkloadFront implements Front, WorkloadPort {
  readonly name: string;
  readonly index: number;
  readonly lazy: boolean;
  readonly countsCpu: boolean;
  readonly tally = new FrontTally();
  readonly refusal = OUTCOME.rejected;
  /** Every process ever opened, in order of opening. */
  readonly opened: PodProcess[] = [];
  private readonly balancer: Balancer;

  constructor(private readonly parts: WorkloadFrontParts) {
    this.name = parts.spec.name;
    this.index = parts.index;
    this.lazy = parts.lazy;
    this.balancer = parts.balancer;
    this.countsCpu = parts.spec.pod.serving.discipline === 'processor-sharing';
  }

  choose(at: number, ordinal: number, salt: number): Station | null {
    return this.balancer.pick(at, ordinal, salt);
  }

  patience(ordinal: number, salt: number): number {
    const { patience } = this.parts;
    return patience === null ? Infinity : patience.sample(patience.random, ordinal, salt);
  }

  loadChanged(station: Station): void {
    this.balancer.loadChanged(station);
  }

  open(ordinal: number, speed: number): ProcessPort {
    const process = new PodProcess(ordinal, speed, this.parts.makeStation(), this.parts.host);
    this.opened.push(process);
    this.parts.enter(process);
    return process;
  }

  route(endpoints: readonly ProcessPort[]): void {
    const byWeight = this.parts.spec.balancer.weights === 'cpu-speed';
    const ours = endpoints.filter((endpoint): endpoint is PodProcess => endpoint instanceof PodProcess);
    this.balancer.route(ours.map(({ station, speed }) => ({ station, weight: byWeight ? speed : 1 })));
  }

  /** Completes everything due up to and including `at` at every process. */
  settle(at: number): void {
    for (const process of this.opened) if (process.station.nextAt <= at) process.station.settle(at);
  }

  counters(): TrafficCounters {
    return { requests: this.tally.offered, errors: this.tally.failed };
  }

}
