import type { NodePoolSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { NodeCpuPort } from '../data-plane.js';
import type { PodSize } from './pod-size.js';

/** One node of a pool: what is free on it, and whether it lives and is believed to live. */
export class Node {
  readonly name: string;
  private cpuMillis = 0;
  private memoryMiB = 0;
  private scoredCpuMillis = 0;
  private scoredMemoryMiB = 0;
  private podCount = 0;
  /** Kept for pods on it that are to grow. */
  keptCpuMillis = 0;
  keptMemoryMiB = 0;
  /** `absent` before it is asked for, and when it was lost on its way; `warm` while it waits in a warm pool. */
  state: 'absent' | 'provisioning' | 'booting' | 'warm' | 'ready' | 'gone' = 'absent';
  /** It takes no more pods, and is terminated when the last one has left. */
  cordoned = false;
  /** Its process was up before it was called into service. */
  primed = false;
  /** Its pods can run; the control plane may not know yet that they cannot. */
  alive = false;
  /** The control plane knows that it takes no pods: it is not there yet, or does not answer. */
  lost = true;
  /** When its kubelet last saw it short of memory; null while it does not have the condition MemoryPressure. */
  pressureSeenAt: Micros | null = null;
  /** Since when the machine runs. */
  paidFrom: Micros | null = null;
  readyAt: Micros | null = null;
  /** Gone for good. */
  removedAt: Micros | null = null;
  /** Why; empty while it is there. */
  removalReason = '';
  /** Times in which the machine was stopped. */
  readonly stops: { from: Micros; to: Micros | null }[] = [];
  /** Times in which it was away and was to come back. */
  readonly outages: { from: Micros; to: Micros | null }[] = [];
  /** Its cores, where pods share them by weight. */
  cpu: NodeCpuPort | null = null;
  /** Grows when it comes back; what was planned for its loss before is void. */
  returns = 0;

  constructor(
    readonly pool: NodePoolSpec,
    /** Position in its pool, in the order of being asked for. */
    readonly ordinal: number,
    /** Which image of its pool it was made from, the first one being 0. */
    readonly image = 0,
  ) {
    this.name = `${pool.name}-${ordinal}`;
  }

  /** It takes pods from now on, for the first time. */
  join(now: Micros): void {
    this.state = 'ready';
    this.alive = true;
    this.lost = false;
    this.paidFrom ??= now;
    this.readyAt = now;
  }

  /** The machine runs, and is paid for. */
  run(now: Micros): void {
    this.state = 'booting';
    this.paidFrom ??= now;
    const stop = this.stops.at(-1);
    if (stop?.to === null) stop.to = now;
  }

  /** It is terminated; where it was lost before, that was its end. */
  terminate(reason: string, now: Micros): void {
    this.state = 'gone';
    this.alive = false;
    this.lost = true;
    this.returns += 1;
    this.removedAt ??= now;
    if (this.removalReason === '') this.removalReason = reason;
  }

  /** Pods that hold a place on it. */
  get pods(): number {
    return this.podCount;
  }

  /** Whether the node has CPU, memory and a place for one more such pod, and does not keep it off. */
  fits(size: PodSize): boolean {
    const open = !this.lost && !this.cordoned && !this.keepsOff(size);
    return open && this.hasPlace() && this.hasCpu(size) && this.hasMemory(size);
  }

  /** Whether such a pod is kept off as the node is low on memory. */
  keepsOff({ bestEffort }: PodSize): boolean {
    return bestEffort && this.pressureSeenAt !== null;
  }

  /** Whether it takes one more pod of any size. */
  hasPlace(): boolean {
    return this.podCount < this.pool.maxPods;
  }

  /** Whether the CPU requested is free. A pod that requests none needs none, even where too much is taken. */
  hasCpu(size: PodSize): boolean {
    return size.cpuMillis === 0 || this.cpuMillis + this.keptCpuMillis + size.cpuMillis <= this.pool.cpuMillis;
  }

  /** Whether the memory requested is free. */
  hasMemory(size: PodSize): boolean {
    return size.memoryMiB === 0 || this.memoryMiB + this.keptMemoryMiB + size.memoryMiB <= this.pool.memoryMiB;
  }

  /** Whether a pod on it may request so much more CPU, in thousandths of a core; less it always may. */
  hasMoreCpu(by: number): boolean {
    return by <= 0 || this.cpuMillis + by <= this.pool.cpuMillis;
  }

  /** The same of memory, in MiB. */
  hasMoreMemory(by: number): boolean {
    return by <= 0 || this.memoryMiB + by <= this.pool.memoryMiB;
  }

  /** Keeps so much more CPU and memory for pods on it that are to grow; less where negative. */
  keep(cpuMillis: number, memoryMiB: number): void {
    this.keptCpuMillis += cpuMillis;
    this.keptMemoryMiB += memoryMiB;
  }

  /**
   * How free the node would be with the pod on it, 0 to 1: the mean of the free shares of CPU and memory.
   * Source: Kubernetes, pkg/scheduler/framework/plugins/noderesources/least_allocated.go, equal weights.
   */
  freeShareWith(size: PodSize): number {
    const cpu = freeShare(this.scoredCpuMillis + size.scoredCpuMillis, this.pool.cpuMillis);
    const memory = freeShare(this.scoredMemoryMiB + size.scoredMemoryMiB, this.pool.memoryMiB);
    return (cpu + memory) / 2;
  }

  /** A pod was bound to it. */
  take(size: PodSize): void {
    this.add(size, 1);
  }

  /** A pod left it. */
  give(size: PodSize): void {
    this.add(size, -1);
  }

  private add(size: PodSize, sign: 1 | -1): void {
    this.podCount += sign;
    this.cpuMillis += sign * size.cpuMillis;
    this.memoryMiB += sign * size.memoryMiB;
    this.scoredCpuMillis += sign * size.scoredCpuMillis;
    this.scoredMemoryMiB += sign * size.scoredMemoryMiB;
  }
}

function freeShare(used: number, allocatable: number): number {
  return used >= allocatable ? 0 : (allocatable - used) / allocatable;
}
