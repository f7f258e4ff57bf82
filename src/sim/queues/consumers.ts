/** A pod that takes jobs. */
export interface Consumer {
  readonly station: number;
  /** Jobs taken and not let go of yet. */
  held: number;
  open: boolean;
  /** When it last asked and found too little. */
  askedAt: number;
  /** When it will ask next; NaN where that is not on the agenda. */
  asksAt: number;
}

/** The pods at one queue: who has a place free, in the order in which they asked. */
export class Consumers {
  private readonly all = new Map<number, Consumer>();
  /** Open, with a place free; the one that has waited longest first. */
  private readonly idle = new Set<Consumer>();

  constructor(private readonly prefetch: number) {}

  /** A pod begins to take jobs. */
  open(station: number, now: number): Consumer {
    const consumer = this.all.get(station) ?? { station, held: 0, open: true, askedAt: now, asksAt: NaN };
    consumer.open = true;
    this.all.set(station, consumer);
    if (this.hasPlace(consumer)) this.idle.add(consumer);
    return consumer;
  }

  /** A pod takes no more jobs; it keeps those it has. */
  close(station: number): void {
    const consumer = this.all.get(station);
    if (consumer === undefined) return;
    consumer.open = false;
    this.idle.delete(consumer);
    if (consumer.held === 0) this.all.delete(station);
  }

  /** The pod at a station; undefined where it is closed and holds nothing. */
  at(station: number): Consumer | undefined {
    return this.all.get(station);
  }

  /** Those with a place free, in the order in which they asked. */
  get waiting(): Iterable<Consumer> {
    return this.idle;
  }

  /** Who has asked first; undefined where nobody has a place free. */
  first(): Consumer | undefined {
    for (const consumer of this.idle) return consumer;
    return undefined;
  }

  hasPlace(consumer: Consumer): boolean {
    return consumer.open && consumer.held < this.prefetch;
  }

  /** It takes a job: with places left, it asks again behind the others. */
  take(consumer: Consumer): void {
    consumer.held += 1;
    this.idle.delete(consumer);
    if (this.hasPlace(consumer)) this.idle.add(consumer);
  }

  /** It lets go of a job. */
  letGo(consumer: Consumer): void {
    consumer.held -= 1;
    if (this.hasPlace(consumer)) this.idle.add(consumer);
    else if (!consumer.open && consumer.held === 0) this.all.delete(consumer.station);
  }
}
