import { isoTime } from '../iso-time.js';
import type { RecordedRequests, ServiceTimeFit } from '../service-time-fit.js';
import type { LogFormat } from './log-format.js';
import { excerpt } from './log-tally.js';
import type { LogTally } from './log-tally.js';
import type { RequestBins } from './request-bins.js';
import type { RequestMatch } from './request-match.js';

/** A silence shorter than this is the nature of traffic. */
const LEAST_SILENCE_SECONDS = 300;

/** What is told of a log. */
export interface LogOutcome {
  readonly format: LogFormat;
  readonly tally: LogTally;
  readonly bins: RequestBins;
  readonly binGiven: boolean;
  readonly requests: RecordedRequests;
  /** Answers by a client or server error, whose times were left out of the fit. */
  readonly failed: number;
  /** The requests that were chosen, and by what; null where all were. */
  readonly chosen: { readonly requests: number; readonly only: readonly RequestMatch[] } | null;
}

/** One sentence for every assumption made and every line that was not taken as it stands. */
export function logNotes(outcome: LogOutcome): readonly string[] {
  const { format, tally, bins, binGiven, chosen } = outcome;
  return [
    `lines are read as ${format.name}, one request each`,
    ...(binGiven
      ? []
      : [
          `bins are ${bins.binMicros / 1e6} s long, chosen by the length of the log to be shorter than an autoscaler's lead time`,
        ]),
    ...(chosen === null
      ? []
      : [`${chosen.requests} of ${tally.read} requests are taken, by only ${JSON.stringify(chosen.only)}`]),
    ...lineNotes(tally),
    ...silenceNotes(bins),
    ...timeNotes(outcome),
  ];
}

/** The sentences about lines and times that were not taken as they stand. */
export function logDoubts({ tally, bins }: Pick<LogOutcome, 'tally' | 'bins'>): readonly string[] {
  return [...lineNotes(tally), ...silenceNotes(bins)];
}

function lineNotes({
  read,
  broken,
  firstBroken,
  unordered,
  firstUnordered,
  furthestBackMicros,
}: LogTally): readonly string[] {
  const notes: string[] = [];
  if (firstBroken !== null) {
    notes.push(
      `${broken} of ${read + broken} lines are broken and left out (first: line ${firstBroken.line}, ${excerpt(firstBroken.text)})`,
    );
  }
  if (firstUnordered !== null) {
    notes.push(
      `${unordered} lines are earlier than one before them, by at most ${furthestBackMicros / 1e6} s (first: line ${firstUnordered}); each is counted at its own time`,
    );
  }
  return notes;
}

function silenceNotes(bins: RequestBins): readonly string[] {
  const arrivals = bins.arrivals();
  const seconds = bins.binMicros / 1e6;
  let longest = { length: 0, end: 0 };
  let length = 0;
  for (let i = 0; i < arrivals.length; i += 1) {
    length = arrivals[i] === 0 ? length + 1 : 0;
    if (length > longest.length) longest = { length, end: i + 1 };
  }
  if (longest.length * seconds < LEAST_SILENCE_SECONDS) return [];
  const from = bins.startMicros + (longest.end - longest.length) * bins.binMicros;
  return [
    `nothing was logged for ${longest.length * seconds} s from ${isoTime(from)}: taken as no requests, though the log may be missing`,
  ];
}

function timeNotes({ format, requests, failed }: LogOutcome): readonly string[] {
  const { serviceTime } = requests;
  if (serviceTime === null) {
    const why = format.groups.requestSeconds ?? format.groups.requestMicros ?? format.groups.upstreamSeconds;
    const reason = why === undefined ? 'the log holds no request time' : 'too few lines hold a request time';
    return [`${reason}: what a request takes, and with it p99, rests on a guess`];
  }
  const arrival = format.stampedAtEnd
    ? ['a line is stamped when its request ends: arrivals are that less the request time']
    : [];
  const left =
    failed === 0 ? [] : [`times of ${failed} answers of status 400 and above, or below 200, are left out of the fit`];
  return [...arrival, fitNote(serviceTime), ...left, ...doubts(serviceTime)];
}

function fitNote({ distribution, from, requests, ksDistance }: ServiceTimeFit): string {
  return `service time is ${distribution.kind}, fitted to ${from} of the ${requests} requests that met the fewest others (Kolmogorov-Smirnov distance ${rounded(ksDistance)})`;
}

function doubts({ requests, ksDistance, quietMedianMicros, busyMedianMicros }: ServiceTimeFit): readonly string[] {
  const notes: string[] = [];
  if (requests < 1000) notes.push(`a fit on ${requests} requests tells little about p99`);
  if (ksDistance > 0.1)
    notes.push('no known distribution fits the request times well: they are probably a mix of kinds of request');
  if (busyMedianMicros > 1.5 * quietMedianMicros) {
    notes.push(
      `in the busiest tenth the median request took ${rounded(busyMedianMicros / quietMedianMicros)} times as long as in the quietest: there was queueing`,
    );
  }
  return notes;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
