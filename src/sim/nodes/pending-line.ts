import type { Pod } from '../pods/pod.js';

/** Pods of one size that wait for a node, first created first: the first speaks for all. */
export class PendingLine {
  private readonly pods: Pod[] = [];
  private head = 0;

  /** Adds the newest pod, with its place in the order of creation of the whole cluster. */
  add(pod: Pod): void {
    this.pods.push(pod);
  }

  /** The first pod that still waits, or null. Pods deleted meanwhile are forgotten on the way. */
  first(): Pod | null {
    while (this.head < this.pods.length && !this.pods[this.head].active) this.head += 1;
    if (this.head < this.pods.length) return this.pods[this.head];
    this.pods.length = 0;
    this.head = 0;
    return null;
  }

  /** Takes the first pod out of the line. */
  shift(): void {
    this.head += 1;
  }
}
