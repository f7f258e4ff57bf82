import { Bug } from '../../domain/errors.js';

const SECOND_MICROS = 1e6;
const HOUR_MICROS = 3600e6;

/**
 * Lengths of bins by the length of the log: never longer than the half minute or more that an autoscaler needs from a change of load
 * to a ready pod (scrape, tick, start), so that no peak that matters hides inside a bin. Each length divides the next. A log of a day, rotated
 * a little late, is still one of a day.
 */
const lengths = [
  { spanMicros: 25 * HOUR_MICROS, binMicros: SECOND_MICROS },
  { spanMicros: 7.5 * 24 * HOUR_MICROS, binMicros: 5 * SECOND_MICROS },
  { spanMicros: 32 * 24 * HOUR_MICROS, binMicros: 10 * SECOND_MICROS },
  { spanMicros: Infinity, binMicros: 30 * SECOND_MICROS },
];

/** A request is at work in at most this many bins; the rest of a longer one (a stream, a held connection) is left out. */
const MOST_BINS_BUSY = 3600;

/**
 * Requests by bins, in any order: how many arrived, and how long requests were at work.
 *
 * Without a length given, bins start at one second and coarsen as the log turns out longer: memory depends on the span, never on the
 * number of requests. Bins lie at multiples of their length since 1970-01-01T00:00Z.
 */
export class RequestBins {
  private bin: number;
  private counts = new Float64Array(1024);
  private busy = new Float64Array(1024);
  /** Number of the bin that element 0 holds; null before the first request. */
  private origin: number | null = null;
  private first = Infinity;
  private last = -Infinity;
  private earliest = Infinity;
  private latest = -Infinity;

  constructor(private readonly fixedBinMicros: number | null) {
    this.bin = fixedBinMicros ?? SECOND_MICROS;
  }

  get binMicros(): number {
    return this.bin;
  }

  /** Start of the first bin with a request, microseconds since 1970. */
  get startMicros(): number {
    return this.first * this.bin;
  }

  /** Makes the bins reach to an instant at which nothing is counted. */
  cover(atMicros: number): void {
    this.reach(atMicros);
  }

  /** Adds a request that arrived at `atMicros` and was at work for `busyMicros`, NaN where that is unknown. */
  add(atMicros: number, busyMicros: number): void {
    const number = this.reach(atMicros);
    this.counts[this.at(number)] += 1;
    if (busyMicros > 0) this.spread(atMicros, atMicros + busyMicros);
  }

  /** Requests that arrived in each bin from the first to the last that has one. */
  arrivals(): Float64Array {
    return this.counts.slice(this.at(this.first), this.at(this.last) + 1);
  }

  /** Mean number of *other* requests at work in the bin in which a request arrived: what it met, whatever it took itself. */
  othersAtWork(atMicros: number, busyMicros: number): number {
    const number = Math.floor(atMicros / this.bin);
    const own = Math.min(atMicros + busyMicros, (number + 1) * this.bin) - atMicros;
    return Math.max(0, this.busy[this.at(number)] - own) / this.bin;
  }

  /** Number of the bin of an instant, for which there is then room. */
  private reach(atMicros: number): number {
    this.earliest = Math.min(this.earliest, atMicros);
    this.latest = Math.max(this.latest, atMicros);
    this.coarsen();
    const number = Math.floor(atMicros / this.bin);
    this.first = Math.min(this.first, number);
    this.last = Math.max(this.last, number);
    this.make(number);
    return number;
  }

  private at(number: number): number {
    if (this.origin === null) throw new Bug('bins without a request hold nothing');
    return number - this.origin;
  }

  private spread(from: number, until: number): void {
    let start = from;
    let number = Math.floor(from / this.bin);
    for (let i = 0; start < until && i < MOST_BINS_BUSY; i += 1) {
      const end = Math.min(until, (number + 1) * this.bin);
      this.make(number);
      this.busy[this.at(number)] += end - start;
      start = end;
      number += 1;
    }
  }

  private coarsen(): void {
    if (this.fixedBinMicros !== null || this.origin === null) return;
    const span = this.latest - this.earliest;
    const wanted = lengths.find(({ spanMicros }) => span <= spanMicros)?.binMicros ?? this.bin;
    if (wanted <= this.bin) return;
    const factor = wanted / this.bin;
    const origin = Math.floor(this.origin / factor);
    this.counts = gathered(this.counts, this.origin, factor, origin);
    this.busy = gathered(this.busy, this.origin, factor, origin);
    this.origin = origin;
    this.first = Math.floor(this.first / factor);
    this.last = Math.floor(this.last / factor);
    this.bin = wanted;
  }

  /** Makes room for a bin on either side, half as much again at a time. */
  private make(number: number): void {
    this.origin ??= number;
    const size = this.counts.length;
    const at = number - this.origin;
    if (at >= 0 && at < size) return;
    const before = at < 0 ? Math.ceil(size / 2 - at) : 0;
    const length = Math.max(size + before, Math.ceil(1.5 * (at + before + 1)));
    this.counts = moved(this.counts, before, length);
    this.busy = moved(this.busy, before, length);
    this.origin -= before;
  }
}

function moved(items: Float64Array<ArrayBuffer>, by: number, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(items, by);
  return larger;
}

/** Sums of `factor` bins each, the first result being number `origin` of the longer bins. */
function gathered(
  items: Float64Array<ArrayBuffer>,
  first: number,
  factor: number,
  origin: number,
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(Math.floor((first + items.length - 1) / factor) - origin + 1);
  for (let i = 0; i < items.length; i += 1) sums[Math.floor((first + i) / factor) - origin] += items[i];
  return sums;
}
