import { createHash } from 'node:crypto';
import { InputError } from '../../domain/errors.js';
import { fileChunks } from '../file-chunks.js';
import { LineSplitter } from '../line-splitter.js';
import type { RecordedRequests } from '../service-time-fit.js';
import type { Trace } from '../trace.js';
import { fitServiceTime } from './fit-service-time.js';
import type { LogFormat } from './log-format.js';
import { type LogLine, LogLineReader } from './log-line.js';
import { logNotes } from './log-notes.js';
import { LogTally } from './log-tally.js';
import { RequestBins } from './request-bins.js';
import { RequestSample } from './request-sample.js';

/** How an access log is to be read. */
export interface LogTraceOptions {
  /** What the trace is called; the path by default. */
  readonly name?: string;
  readonly format: LogFormat;
  /** Length of a bin; chosen by the length of the log by default. */
  readonly binMicros?: number;
}

/**
 * Reads an access log, plain or gzip, as a trace of requests by bins; `recorded` of the trace holds the fitted service time and the
 * mean size of a response where the log tells them.
 *
 * The file is streamed: memory depends on the time that the log spans, not on its size. Lines may stand out of order. Broken lines
 * are counted and named in the notes. Throws InputError, with the line, for a file that is no such log.
 */
export async function readAccessLog(path: string, options: LogTraceOptions): Promise<Trace> {
  const log = new LogRecord(path, options);
  const hash = createHash('sha256');
  const splitter = new LineSplitter((line, number) => log.accept(line, number));
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of fileChunks(path, hash)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0')) throw new InputError({ source: path }, 'must be a text file, was binary', 'Give the access log itself, plain or gzip.');
    splitter.push(text);
  }
  splitter.push(decoder.decode());
  splitter.end();
  return log.trace(hash.digest('hex'));
}

/** What is kept of the lines read so far. */
class LogRecord {
  private readonly tally: LogTally;
  private readonly reader: LogLineReader;
  private readonly bins: RequestBins;
  private readonly sample = new RequestSample();
  private bytes = 0;
  private failed = 0;

  constructor(
    private readonly path: string,
    private readonly options: LogTraceOptions,
  ) {
    this.tally = new LogTally(path, options.format);
    this.reader = new LogLineReader(options.format);
    this.bins = new RequestBins(options.binMicros ?? null);
  }

  accept(text: string, number: number): void {
    if (text.trim() === '') {
      this.tally.blank += 1;
      return;
    }
    const line = this.reader.read(text);
    if (line === null) this.tally.countBroken(text, number);
    else this.request(line, number);
  }

  private request(line: LogLine, number: number): void {
    const { stampMicros, requestMicros, status } = line;
    this.tally.countRead(stampMicros, number);
    const arrival = arrivalOf(this.options.format, stampMicros, requestMicros);
    const taken = this.taken(line);
    this.bins.add(arrival, taken);
    if (!Number.isNaN(line.bytes)) this.bytes += line.bytes;
    if (Number.isNaN(taken)) return;
    if (status < 200 || status >= 400) this.failed += 1;
    else this.sample.add(arrival, taken);
  }

  /** The upstream's time where the format has one: the rest is the client's network. */
  private taken({ requestMicros, upstreamMicros }: LogLine): number {
    return this.options.format.groups.upstreamSeconds === undefined ? requestMicros : upstreamMicros;
  }

  trace(sha256: string): Trace {
    const { tally, bins, failed } = this;
    const { format, name, binMicros } = this.options;
    tally.requireLog();
    const values = bins.arrivals();
    const recorded: RecordedRequests = {
      serviceTime: fitServiceTime(this.sample, bins, this.resolutionMicros(), this.timeName()),
      responseBytes: format.groups.bytes === undefined ? null : this.bytes / tally.read,
    };
    return {
      name: name ?? this.path,
      startEpochMicros: bins.startMicros,
      binMicros: bins.binMicros,
      timesMicros: Float64Array.from({ length: values.length }, (_, i) => i * bins.binMicros),
      values,
      unit: 'requests',
      rows: tally.read,
      gaps: 0,
      repaired: 0,
      notes: logNotes({ format, tally, bins, binGiven: binMicros !== undefined, requests: recorded, failed }),
      sha256,
      recorded,
    };
  }

  /** Seconds are written with three decimals; microseconds are whole. */
  private resolutionMicros(): number {
    const { requestMicros, upstreamSeconds } = this.options.format.groups;
    return requestMicros !== undefined && upstreamSeconds === undefined ? 1 : 1000;
  }

  private timeName(): string {
    return this.options.format.groups.upstreamSeconds === undefined ? 'the request time' : '$upstream_response_time';
  }
}

/** A line stamped at the end of its request, and by the whole second, ended half a second after its stamp on average. */
function arrivalOf({ stampedAtEnd, groups }: LogFormat, stampMicros: number, requestMicros: number): number {
  if (!stampedAtEnd || !(requestMicros >= 0)) return stampMicros;
  return Math.round(stampMicros + (groups.epochSeconds === undefined ? 500_000 : 0) - requestMicros);
}
