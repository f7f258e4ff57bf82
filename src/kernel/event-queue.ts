/**
 * Written for speed: a 4-ary heap in typed arrays. It means: an array of {time, order, payload} sorted by time, then order.
 *
 * Total order (time, phase, sequence): at one instant a lower phase comes first, inside a phase the first pushed. Times are whole
 * microseconds, so there is no epsilon. A payload is a whole number up to 2^53 that the owner gives meaning to.
 */
export class EventQueue {
  private times = new Float64Array(64);
  private orders = new Float64Array(64);
  private payloads = new Float64Array(64);
  private sequence = 0;
  size = 0;

  /** Adds an event. `phase` is a whole number from 0 to 15. */
  push(time: number, phase: number, payload: number): void {
    if (this.size === this.times.length) this.grow();
    const order = phase * PHASE_STRIDE + this.sequence;
    this.sequence += 1;
    this.siftUp(this.size, time, order, payload);
    this.size += 1;
  }

  /** Time of the next event, or Infinity. */
  get nextTime(): number {
    return this.size === 0 ? Infinity : this.times[0];
  }

  /** Payload of the next event; meaningless when empty. */
  get nextPayload(): number {
    return this.payloads[0];
  }

  /** Phase of the next event; meaningless when empty. */
  get nextPhase(): number {
    return Math.floor(this.orders[0] / PHASE_STRIDE);
  }

  /** Removes the next event and returns its payload. Must not be called when empty. */
  pop(): number {
    const payload = this.payloads[0];
    this.size -= 1;
    if (this.size > 0) this.siftDown(this.times[this.size], this.orders[this.size], this.payloads[this.size]);
    return payload;
  }

  private siftUp(index: number, time: number, order: number, payload: number): void {
    const { times, orders, payloads } = this;
    let hole = index;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      if (times[parent] < time || (times[parent] === time && orders[parent] < order)) break;
      times[hole] = times[parent];
      orders[hole] = orders[parent];
      payloads[hole] = payloads[parent];
      hole = parent;
    }
    times[hole] = time;
    orders[hole] = order;
    payloads[hole] = payload;
  }

  private siftDown(time: number, order: number, payload: number): void {
    const { times, orders, payloads, size } = this;
    let hole = 0;
    for (;;) {
      const child = this.leastChild(hole, size);
      if (child < 0 || times[child] > time || (times[child] === time && orders[child] > order)) break;
      times[hole] = times[child];
      orders[hole] = orders[child];
      payloads[hole] = payloads[child];
      hole = child;
    }
    times[hole] = time;
    orders[hole] = order;
    payloads[hole] = payload;
  }

  private leastChild(parent: number, size: number): number {
    const { times, orders } = this;
    const first = parent * 4 + 1;
    if (first >= size) return -1;
    const last = Math.min(first + 4, size);
    let best = first;
    for (let child = first + 1; child < last; child += 1) {
      if (times[child] < times[best] || (times[child] === times[best] && orders[child] < orders[best])) best = child;
    }
    return best;
  }

  private grow(): void {
    const capacity = this.times.length * 2;
    const times = new Float64Array(capacity);
    const orders = new Float64Array(capacity);
    const payloads = new Float64Array(capacity);
    times.set(this.times);
    orders.set(this.orders);
    payloads.set(this.payloads);
    this.times = times;
    this.orders = orders;
    this.payloads = payloads;
  }
}

/** Sequence numbers stay below this, phases above: 2^48 events a queue. */
const PHASE_STRIDE = 2 ** 48;
