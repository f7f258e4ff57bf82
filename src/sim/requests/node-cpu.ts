import type { LoadPort, NodeCpuPort } from '../data-plane.js';
import type { Contender, CoreContest } from './contender.js';
import { fillByWeight } from './fill-by-weight.js';
import { SteadyLoad } from './steady-load.js';
import type { StationBoard } from './station-board.js';

/**
 * Written for speed where it matters: as long as all contenders together want no more than there is, a change costs one sum.
 * It means: at every instant the cores are divided among those that can run, by weight, none getting more than it can use.
 *
 * Contenders call `changed` whenever `want` or, while the node is full, `stopped` has changed; whoever gets more or less is told.
 */
export class NodeCpu implements NodeCpuPort, CoreContest {
  /** Those that want something, in the order in which they began to. */
  private readonly contenders: Contender[] = [];
  private readonly wants: number[] = [];
  private readonly weights: number[] = [];
  private readonly shares: number[] = [];
  private full = false;

  constructor(
    private readonly cores: number,
    private readonly board: StationBoard,
  ) {}

  load(weight: number): LoadPort {
    return new SteadyLoad(weight, this.board, this);
  }

  changed(contender: Contender): void {
    this.seat(contender);
    let wanted = 0;
    for (const one of this.contenders) wanted += one.want;
    if (wanted > this.cores) this.divide();
    else if (this.full) this.release();
  }

  private seat(contender: Contender): void {
    const position = this.contenders.indexOf(contender);
    if (contender.want > 0 && position < 0) this.contenders.push(contender);
    if (contender.want > 0 || position < 0) return;
    this.contenders.splice(position, 1);
    contender.receive(Infinity);
  }

  private divide(): void {
    const { contenders, wants, weights, shares } = this;
    if (!this.full) for (const one of contenders) one.refresh();
    this.full = true;
    wants.length = contenders.length;
    weights.length = contenders.length;
    for (let i = 0; i < contenders.length; i += 1) {
      wants[i] = contenders[i].stopped ? 0 : contenders[i].want;
      weights[i] = contenders[i].weight;
    }
    fillByWeight(this.cores, wants, weights, shares);
    for (let i = 0; i < contenders.length; i += 1) {
      contenders[i].receive(contenders[i].stopped ? contenders[i].want : shares[i]);
    }
  }

  private release(): void {
    this.full = false;
    for (const one of this.contenders) one.receive(Infinity);
  }
}
