import type { PodSpec } from '../../domain/world-spec.js';
import type { PodWait, RequestChange } from '../../domain/measurement.js';
import type { Micros } from '../../kernel/micros.js';
import type { ProcessPort } from '../data-plane.js';
import type { HeapState } from '../jvm/heap-state.js';
import type { Node } from '../nodes/node.js';
import type { BackOffEntry } from './restart-back-off.js';
import type { PodSize } from '../nodes/pod-size.js';
import type { PodForm } from './pod-form.js';

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
  /** It was asked to stop to make room for another of higher priority. */
  preempted = false;
  /** Its newest process; it stays here after its end, since a balancer may still route to it. */
  process: ProcessPort | null = null;
  /** The container of that process runs. */
  running = false;
  /** Since when the newest container runs, or ran; null before the first. */
  runningSince: Micros | null = null;
  restarts = 0;
  /** The heap of the JVM that runs in its container; null where none does. */
  heap: HeapState | null = null;
  /** What the kubelet remembers of its restarts; null before the first. */
  backOff: BackOffEntry | null = null;
  /** Grows whenever what was planned for it no longer holds; a plan made in an earlier life is void. */
  life = 0;
  /** What it has waited for beyond its ordinary start. */
  readonly waits: PodWait[] = [];
  /** What it has requested, in order. */
  readonly requests: RequestChange[];
  /** How much longer than drawn it takes to start. */
  startFactor = 1;
  /** CPU time of the newest process that is already in the books, in microseconds. */
  bookedCpuMicros = 0;
  /** What its process had served when the present step of the series began, in microseconds; NaN where it was not there. */
  servedBefore = NaN;

  constructor(
    readonly workload: string,
    /** Position in the workload's order of creation, 0 the first. */
    readonly ordinal: number,
    private made: PodForm,
    readonly createdAt: Micros,
  ) {
    this.name = `${workload}-${ordinal}`;
    this.requests = [requestsOf(made, createdAt)];
  }

  /** Its container no longer runs. */
  endContainer(): void {
    this.running = false;
    this.heap?.end();
    this.heap = null;
  }

  /** What was planned for it no longer holds, and what it waited for no longer matters. */
  moveOn(now: Micros): void {
    this.life += 1;
    this.endWait(now);
  }

  /** It begins to wait for something. */
  beginWait(what: PodWait['for'], now: Micros): void {
    this.endWait(now);
    this.waits.push({ for: what, from: now, to: null });
  }

  /** What it waited for has come, if it waited. */
  endWait(now: Micros): void {
    const last = this.waits.at(-1);
    if (last?.to === null) this.waits[this.waits.length - 1] = { ...last, to: now };
  }

  /** What it is made of. */
  get form(): PodForm {
    return this.made;
  }

  /** It is made of something else from now on. */
  become(form: PodForm, now: Micros): void {
    this.made = form;
    this.requests.push(requestsOf(form, now));
  }

  get spec(): PodSpec {
    return this.form.spec;
  }

  get size(): PodSize {
    return this.form.size;
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

function requestsOf({ size }: PodForm, from: Micros): RequestChange {
  return { from, cpuMillis: size.cpuMillis, memoryMiB: size.memoryMiB };
}
