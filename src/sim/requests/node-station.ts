import { cpuWeight } from '../../domain/cpu-weight.js';
import type { PodSpec } from '../../domain/world-spec.js';
import type { Contender, CoreContest } from './contender.js';
import type { CpuSupply } from './cpu-supply.js';
import { type CpuTally, WITHHELD } from './cpu-tally.js';
import { SharingStation } from './sharing-station.js';
import type { StationConfig, StationContext } from './station.js';

/** Where a station's threads run, and with what weight. */
export interface NodeSeat {
  readonly node: CoreContest;
  weight: number;
  readonly tally: CpuTally;
  /** A station's next event has changed. */
  readonly stationChanged: (station: number) => void;
}

/**
 * A sharing station whose threads compete for the cores of their node. While the node has enough for all it is like any other; on a full
 * node the ends of its quota and the beginnings of its periods are events, which may fall between whole microseconds. Every end of a CPU phase is one, as it leaves
 * cores to others.
 */
export class NodeStation extends SharingStation implements Contender {
  want = 0;
  stopped = false;
  weight: number;
  private granted = Infinity;
  /** While the node is full: when its quota is used up or comes back. */
  private turnsAt = Infinity;

  constructor(
    config: StationConfig,
    cpu: CpuSupply,
    context: StationContext,
    private readonly seat: NodeSeat,
  ) {
    super(config, cpu, context);
    this.weight = seat.weight;
  }

  override settle(): void {
    for (;;) {
      const { turnsAt } = this;
      if (turnsAt <= this.board.clock[0] && turnsAt <= Math.min(this.phaseEndsAt, this.pausing.minKey))
        this.turn(turnsAt);
      else if (!this.finishNext()) break;
    }
    this.announce();
  }

  override resupply(pod: PodSpec): void {
    this.weight = cpuWeight(pod.cpuRequestMillis ?? 0);
    super.resupply(pod);
    if (this.active.size === 0) return;
    this.stopped = this.cpu.empty;
    this.seat.node.changed(this);
    this.look();
  }

  override clear(): number[] {
    const all = super.clear();
    this.lookAhead();
    return all;
  }

  refresh(): void {
    if (this.active.size === 0) return;
    this.moveTo(this.board.now);
    this.stopped = this.cpu.empty;
  }

  receive(cores: number): void {
    if (cores === this.granted) return;
    if (this.active.size > 0) this.moveTo(this.board.now);
    this.granted = cores;
    this.cpu.grant(cores);
    this.look();
    this.seat.stationChanged(this.index);
  }

  protected override threadsChanged(): void {
    const want = this.cpu.want(this.active.size);
    if (want !== this.want) {
      if (this.want === 0) this.stopped = this.cpu.empty;
      this.want = want;
      this.seat.node.changed(this);
    }
    this.foresee();
  }

  protected override moveTo(at: number): void {
    const n = this.active.size;
    if (this.granted < this.want && n > 0) {
      this.seat.tally[WITHHELD] += this.cpu.running(this.movedAt, at, n) * (this.want - this.granted);
    }
    super.moveTo(at);
  }

  protected override announce(): void {
    this.board.nextAt[this.index] = Math.min(this.pausing.minKey, this.phaseEndsAt, this.turnsAt);
  }

  private foresee(): void {
    super.threadsChanged();
    const n = this.active.size;
    this.turnsAt = Infinity;
    if (n > 0 && this.granted < Infinity) {
      this.turnsAt = this.stopped ? this.cpu.periodEnds : this.cpu.runsOutAt(this.movedAt, n);
    }
  }

  private look(): void {
    this.foresee();
    this.announce();
  }

  private turn(at: number): void {
    const stops = at < this.cpu.periodEnds;
    this.moveTo(at);
    if (stops) this.cpu.exhaust();
    if (stops !== this.stopped) {
      this.stopped = stops;
      this.seat.node.changed(this);
    }
    this.look();
  }
}
