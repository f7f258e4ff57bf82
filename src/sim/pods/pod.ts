import type { Micros } from '../../kernel/micros.js';
import type { ProcessPort } from '../data-plane.js';
import type { Node } from '../nodes/node.js';
import type { PodSize } from '../nodes/pod-size.js';

/** What is remembered of one pod of one workload, from its creation on. Whoever owns a step of its life writes that step's fields. */
export class Pod {
  readonly name: string;
  scheduledAt: Micros | null = null;
  /** Where it was placed; null before, and on a platform without nodes. */
  node: Node | null = null;
  /** When its container first ran: the end of Kubernetes' phase Pending. */
  startedAt: Micros | null = null;
  /** When it first became ready. */
  readyAt: Micros | null = null;
  /** Since when it is ready without a break; null while it is not. */
  readySince: Micros | null = null;
  terminatingAt: Micros | null = null;
  removedAt: Micros | null = null;
  removalReason = '';
  /** Its newest process; it stays here after its end, since a balancer may still route to it. */
  process: ProcessPort | null = null;
  /** The container of that process runs. */
  running = false;
  restarts = 0;
  /** Grows whenever what was planned for it no longer holds; a plan made in an earlier life is void. */
  life = 0;
  /** How much longer than drawn it takes to start. */
  startFactor = 1;
  /** CPU time of the newest process that is already in the books, in microseconds. */
  bookedCpuMicros = 0;
  /** It has been reported to fit nowhere. */
  foundUnschedulable = false;

  constructor(
    readonly workload: string,
    /** Position in the workload's order of creation, 0 the first. */
    readonly ordinal: number,
    readonly size: PodSize,
    readonly createdAt: Micros,
  ) {
    this.name = `${workload}-${ordinal}`;
  }

  get ready(): boolean {
    return this.readySince !== null;
  }

  /** It counts as a replica: neither asked to stop nor gone. */
  get active(): boolean {
    return this.terminatingAt === null && this.removedAt === null;
  }

  /** Whatever it stands on has died, so that nothing can start, stop or be measured there. */
  get stranded(): boolean {
    return this.node !== null && !this.node.alive;
  }
}
