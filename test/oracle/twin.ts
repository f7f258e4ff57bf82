/**
 * A queue whose averages are known exactly, and which is fed the very requests that the system under test gets: what its averages are off in
 * a batch tells what those of the system under test are off there, so that it serves as a control for the variance.
 *
 * It must be another queue than the system under test (another number of servers, another speed, another discipline), written here and
 * sharing nothing with the product but the requests. A control leaves the expectation of an estimate alone, whatever the product does.
 */
export interface Twin {
  /** The next request, in order of arrival. Times in microseconds; `patience` is Infinity where nobody gives up. */
  serve(arrivedAt: number, demand: number, patience: number, source: string): void;
  /** Sums over the requests since the last call, by the names of `known`; times in mean service times. */
  take(): readonly number[];
  /** What the twin counts, with the expectation a request. */
  readonly known: readonly KnownAverage[];
}

/** An average known beforehand, by name. */
export interface KnownAverage {
  readonly name: ControlName;
  readonly expected: number;
}

/** What a twin counts: waits, waits longer than a given one, requests refused, requests that gave up, the time those of one source stay. */
export type ControlName = 'wait' | 'long wait' | 'refused' | 'gave up' | `sojourn of ${string}`;
