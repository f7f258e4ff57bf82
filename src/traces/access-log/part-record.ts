import type { RecordedDestinations, RecordedRequests } from '../service-time-fit.js';
import type { Trace } from '../trace.js';
import { fitServiceTime } from './fit-service-time.js';
import type { LogFormat } from './log-format.js';
import type { LogLine } from './log-line.js';
import { logDoubts, logNotes } from './log-notes.js';
import type { LogTally } from './log-tally.js';
import { RequestBins } from './request-bins.js';
import type { RequestMatch } from './request-match.js';
import { RequestSample } from './request-sample.js';

/** What is known of the log as a whole once it is read. */
export interface LogWhole {
  readonly name: string;
  readonly sha256: string;
  readonly tally: LogTally;
  readonly destinations: RecordedDestinations;
}

/** What is kept of the requests of a log that are chosen, or of all. */
export class PartRecord {
  requests = 0;
  private readonly bins: RequestBins;
  private readonly sample = new RequestSample();
  private bytes = 0;
  private failed = 0;

  constructor(
    private readonly format: LogFormat,
    private readonly binMicros: number | null,
    readonly only: readonly RequestMatch[] | null,
  ) {
    this.bins = new RequestBins(binMicros);
  }

  take(line: LogLine): void {
    const { stampMicros, requestMicros, status } = line;
    this.requests += 1;
    const arrival = arrivalOf(this.format, stampMicros, requestMicros);
    const taken = this.taken(line);
    this.bins.add(arrival, taken);
    if (!Number.isNaN(line.bytes)) this.bytes += line.bytes;
    if (Number.isNaN(taken)) return;
    if (status < 200 || status >= 400) this.failed += 1;
    else this.sample.add(arrival, taken);
  }

  /** A request of somebody else: the parts of a log begin and end together. */
  passOver({ stampMicros, requestMicros }: LogLine): void {
    this.bins.cover(arrivalOf(this.format, stampMicros, requestMicros));
  }

  /** Only where it has requests. */
  trace({ name, sha256, tally, destinations }: LogWhole): Trace {
    const { format, bins, failed, only, requests } = this;
    const values = bins.arrivals();
    const recorded: RecordedRequests = {
      serviceTime: fitServiceTime(this.sample, bins, this.resolutionMicros(), this.timeName()),
      responseBytes: format.groups.bytes === undefined ? null : this.bytes / requests,
      destinations,
    };
    const chosen = only === null ? null : { requests, only };
    return {
      name,
      startEpochMicros: bins.startMicros,
      binMicros: bins.binMicros,
      timesMicros: Float64Array.from({ length: values.length }, (_, i) => i * bins.binMicros),
      values,
      unit: 'requests',
      rows: requests,
      gaps: 0,
      repaired: 0,
      notes: logNotes({ format, tally, bins, binGiven: this.binMicros !== null, requests: recorded, failed, chosen }),
      doubts: logDoubts({ tally, bins }),
      sha256,
      recorded,
    };
  }

  /** The upstream's time where the format has one: the rest is the client's network. */
  private taken({ requestMicros, upstreamMicros }: LogLine): number {
    return this.format.groups.upstreamSeconds === undefined ? requestMicros : upstreamMicros;
  }

  /** Seconds are written with three decimals; microseconds are whole. */
  private resolutionMicros(): number {
    const { requestMicros, upstreamSeconds } = this.format.groups;
    return requestMicros !== undefined && upstreamSeconds === undefined ? 1 : 1000;
  }

  private timeName(): string {
    return this.format.groups.upstreamSeconds === undefined ? 'the request time' : '$upstream_response_time';
  }
}

/** A line stamped at the end of its request, and by the whole second, ended half a second after its stamp on average. */
function arrivalOf({ stampedAtEnd, groups }: LogFormat, stampMicros: number, requestMicros: number): number {
  if (!stampedAtEnd || !(requestMicros >= 0)) return stampMicros;
  return Math.round(stampMicros + (groups.epochSeconds === undefined ? 500_000 : 0) - requestMicros);
}
