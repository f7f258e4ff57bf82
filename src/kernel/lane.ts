/**
 * A first-in, first-out queue of events whose times never decrease: cheaper than a heap for input already sorted by time,
 * such as a trace, or time-outs of one constant length. A ring in typed arrays; it means `array.push` and `array.shift`.
 */
export class Lane {
  private times = new Float64Array(64);
  private payloads = new Float64Array(64);
  private head = 0;
  size = 0;

  /** Adds an event not before the last one added. The payload is a whole number up to 2^53. */
  push(time: number, payload: number): void {
    if (this.size === this.times.length) this.grow();
    const slot = (this.head + this.size) & (this.times.length - 1);
    this.times[slot] = time;
    this.payloads[slot] = payload;
    this.size += 1;
  }

  /** Time of the first event, or Infinity. */
  get nextTime(): number {
    return this.size === 0 ? Infinity : this.times[this.head];
  }

  /** Removes the first event and returns its payload. Must not be called when empty. */
  shift(): number {
    const payload = this.payloads[this.head];
    this.head = (this.head + 1) & (this.times.length - 1);
    this.size -= 1;
    return payload;
  }

  private grow(): void {
    const capacity = this.times.length * 2;
    const times = new Float64Array(capacity);
    const payloads = new Float64Array(capacity);
    for (let i = 0; i < this.size; i += 1) {
      const slot = (this.head + i) & (this.times.length - 1);
      times[i] = this.times[slot];
      payloads[i] = this.payloads[slot];
    }
    this.times = times;
    this.payloads = payloads;
    this.head = 0;
  }
}
