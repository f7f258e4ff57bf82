import { InputError } from '../../domain/errors.js';
import type { RecordedDestinations } from '../service-time-fit.js';
import type { Trace } from '../trace.js';
import type { LogFormat } from './log-format.js';
import { LogLineReader } from './log-line.js';
import { LogTally } from './log-tally.js';
import type { LogTraceOptions } from './log-trace-options.js';
import { PartRecord } from './part-record.js';
import { isMeant, needsOf, type RequestMatch } from './request-match.js';

/** More names of services than any cluster has: a field that is something else does not fill the memory. */
const MOST_UPSTREAMS = 10_000;

/** One pass over the lines of a log, for all of its requests or for several choices of them; null is all. */
export class LogPass {
  private readonly tally: LogTally;
  private readonly reader: LogLineReader;
  private readonly parts: readonly PartRecord[];
  private readonly upstreams = new Map<string, number>();
  private readonly hasUpstreams: boolean;

  /** Throws InputError where a choice looks at what the log does not say. */
  constructor(
    private readonly path: string,
    private readonly options: LogTraceOptions,
    choices: readonly (readonly RequestMatch[] | null)[],
  ) {
    const { format, binMicros } = options;
    this.tally = new LogTally(path, format);
    this.reader = new LogLineReader(format);
    this.hasUpstreams = format.groups.upstream !== undefined;
    this.parts = choices.map((only) => {
      if (only !== null) requireSaid(only, format, path);
      return new PartRecord(format, binMicros ?? null, only);
    });
  }

  accept(text: string, number: number): void {
    if (text.trim() === '') {
      this.tally.blank += 1;
      return;
    }
    const line = this.reader.read(text);
    if (line === null) {
      this.tally.countBroken(text, number);
      return;
    }
    this.tally.countRead(line.stampMicros, number);
    if (this.hasUpstreams) this.countUpstream();
    for (const part of this.parts) {
      if (part.only === null || isMeant(this.reader.destination(), part.only)) part.take(line);
      else part.passOver(line);
    }
  }

  /** Call after the last line; null where a choice took nothing. Throws InputError where the file is no log. */
  traces(sha256: string): readonly (Trace | null)[] {
    this.tally.requireLog();
    const name = this.options.name ?? this.path;
    const about = { name, sha256, tally: this.tally, destinations: this.destinations() };
    return this.parts.map((part) => (part.requests === 0 ? null : part.trace(about)));
  }

  private countUpstream(): void {
    const { upstream } = this.reader.destination();
    if (upstream === null) return;
    const before = this.upstreams.get(upstream);
    if (before !== undefined || this.upstreams.size < MOST_UPSTREAMS) this.upstreams.set(upstream, (before ?? 0) + 1);
  }

  private destinations(): RecordedDestinations {
    const { request, uri, host } = this.options.format.groups;
    const upstreams = [...this.upstreams]
      .map(([name, requests]) => ({ name, requests }))
      .sort((a, b) => b.requests - a.requests || (a.name < b.name ? -1 : 1));
    return { paths: (request ?? uri) !== undefined, hosts: host !== undefined, upstreams };
  }
}

function requireSaid(only: readonly RequestMatch[], format: LogFormat, source: string): void {
  const { request, uri, host, upstream } = format.groups;
  const said = { path: request ?? uri, host, upstream };
  const missing = needsOf(only).find((part) => said[part] === undefined);
  if (missing === undefined) return;
  throw new InputError(
    { source, path: 'only' },
    `must look at what the log says, but lines of ${format.name} say no ${missing}`,
    'Name the format with logFormat, as the log_format of nginx, or choose by something else.',
  );
}
