import type { CallCache } from './call-cache.js';

/** The ring that a pod belongs to while it listens. */
export interface RingOfPods {
  /** A pod begins to listen: it takes over its part of the keys, and knows none of them. */
  joined(): void;
  /** A pod stops listening: its part of the keys goes to the others, who know none of them. */
  left(): void;
}

/** Among the pods of which workloads the keys of caches are spread: a pod belongs to the ring while it listens. */
export class CacheRing {
  private readonly caches: { readonly front: number; readonly cache: CallCache }[] = [];
  /** Pods that listen, by their front's index. */
  private readonly members = new Map<number, number>();

  /** Enters a cache of the callers at a front. */
  add(front: number, cache: CallCache): void {
    this.caches.push({ front, cache });
  }

  /** The ring of the pods behind a front. */
  of(front: number): RingOfPods {
    return { joined: () => this.joined(front), left: () => this.left(front) };
  }

  private joined(front: number): void {
    const members = (this.members.get(front) ?? 0) + 1;
    this.members.set(front, members);
    if (members > 1) this.lose(front, 1 / members);
  }

  private left(front: number): void {
    const members = this.members.get(front) ?? 0;
    this.members.set(front, members - 1);
    this.lose(front, 1 / members);
  }

  private lose(front: number, share: number): void {
    for (const one of this.caches) if (one.front === front) one.cache.loseKeys(share);
  }
}
