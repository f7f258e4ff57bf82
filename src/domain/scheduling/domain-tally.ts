/**
 * Counts of pods in each domain of a topology, with the least of them at hand.
 *
 * A domain exists as long as a node is in it; counts are whole numbers and not negative. Everything takes constant time, but that the
 * least is looked for again after it has gone up.
 */
export class DomainTally {
  private readonly counts = new Map<string, { pods: number; nodes: number }>();
  /** How many domains have so many pods. */
  private readonly domainsWith: number[] = [];
  private least = 0;

  /** Domains that have a node. */
  get domains(): number {
    return this.counts.size;
  }

  /** Pods of a domain; null where it has no node. */
  pods(domain: string): number | null {
    return this.counts.get(domain)?.pods ?? null;
  }

  /** Pods of the emptiest domain; 0 where there is none. */
  fewest(): number {
    if (this.counts.size === 0) return 0;
    while (this.with(this.least) === 0) this.least += 1;
    return this.least;
  }

  /** Pods of all domains. */
  total(): number {
    let total = 0;
    for (const { pods } of this.counts.values()) total += pods;
    return total;
  }

  /** Takes in a node. */
  addNode(domain: string): void {
    const found = this.counts.get(domain);
    if (found === undefined) {
      this.counts.set(domain, { pods: 0, nodes: 1 });
      this.tally(0, 1);
    } else found.nodes += 1;
  }

  /** Takes out a node whose pods have been taken out before. */
  removeNode(domain: string): void {
    const found = this.counts.get(domain);
    if (found === undefined) return;
    found.nodes -= 1;
    if (found.nodes > 0) return;
    this.counts.delete(domain);
    this.tally(found.pods, -1);
  }

  /** Takes in pods (or out, where negative) of a domain that has a node. */
  addPods(domain: string, pods: number): void {
    const found = this.counts.get(domain);
    if (found === undefined) return;
    this.tally(found.pods, -1);
    found.pods += pods;
    this.tally(found.pods, 1);
  }

  private with(pods: number): number {
    return this.domainsWith[pods] ?? 0;
  }

  private tally(pods: number, domains: number): void {
    while (this.domainsWith.length <= pods) this.domainsWith.push(0);
    this.domainsWith[pods] += domains;
    if (domains > 0 && pods < this.least) this.least = pods;
  }
}
