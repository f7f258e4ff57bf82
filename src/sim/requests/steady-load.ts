import type { LoadPort } from '../data-plane.js';
import type { Contender, CoreContest } from './contender.js';
import type { StationBoard } from './station-board.js';

/** Threads that keep cores busy without serving anybody: a neighbour's, or those of a process that starts up. */
export class SteadyLoad implements Contender, LoadPort {
  readonly stopped = false;
  want = 0;
  private granted = Infinity;
  private used = 0;
  private since = 0;

  constructor(
    public weight: number,
    private readonly board: StationBoard,
    /** Null where nobody competes. */
    private readonly node: CoreContest | null,
  ) {}

  use(cores: number): void {
    if (cores === this.want) return;
    this.pass();
    this.want = cores;
    this.node?.changed(this);
  }

  /** Another weight from now on. */
  weigh(weight: number): void {
    this.weight = weight;
    if (this.want > 0) this.node?.changed(this);
  }

  usedMicros(): number {
    if (this.want === 0) return this.used;
    return this.used + Math.min(this.want, this.granted) * (this.board.now - this.since);
  }

  refresh(): void {
    // It has no quota that could stop it.
  }

  receive(cores: number): void {
    this.pass();
    this.granted = cores;
  }

  private pass(): void {
    this.used = this.usedMicros();
    this.since = this.board.now;
  }
}
