import { InputError } from '../../domain/errors.js';
import type { JsonPath, JsonPrimitive } from './json-scanner.js';
import { MatrixSums } from './matrix-sums.js';
import type { SeriesState } from './series-state.js';

const EXPORT =
  "Export with curl -G $PROMETHEUS/api/v1/query_range -d query='sum(rate(http_requests_total[1m]))' -d start=... -d end=... -d step=60.";

/** Takes the primitives of query_range answers, one after the other, and adds up the series that the labels choose. */
export class MatrixReader {
  readonly sums = new MatrixSums();
  /** The chosen series by their labels; one that several answers hold is one series. */
  readonly chosen = new Map<string, SeriesState>();
  /** Series that the labels do not choose, as text, the first of them. */
  readonly others = new Set<string>();
  private readonly topKeys = new Set<string>();
  private isMatrix = false;
  private failure = '';
  private labels: Record<string, string> = {};
  private labelsComplete = false;
  private current: SeriesState | null = null;
  private time = NaN;

  constructor(
    private readonly source: string,
    private readonly wanted: Readonly<Record<string, string>>,
    private readonly line: () => number,
  ) {}

  accept(path: JsonPath, value: JsonPrimitive): void {
    this.topKeys.add(String(path[0]));
    const base = path[0] === 'data' ? 1 : 0;
    if (path[base] === 'resultType') this.requireMatrix(value);
    else if (path[base] === 'result') this.ofResult(path, base + 1, value);
    else if (path[0] === 'error' || path[0] === 'errorType') this.failure += ` ${String(value)}`;
  }

  /** Call after the last primitive. Throws InputError where there was no matrix, or nothing of it is chosen. */
  requireSeries(): void {
    if (this.failure !== '')
      throw this.wrong(`must be a successful answer, was an error:${this.failure}`, 'Mend the query and export again.');
    if (!this.isMatrix) {
      const keys = [...this.topKeys].slice(0, 8).join(', ');
      throw this.wrong(
        `must be an answer of Prometheus' query_range, with data.resultType and data.result, had ${keys === '' ? 'nothing' : keys}`,
        EXPORT,
      );
    }
    if (this.chosen.size > 0) return;
    if (this.others.size === 0)
      throw this.wrong(
        'must hold at least one series, was an empty matrix',
        'See that the query answers in this range of time.',
      );
    throw this.wrong(
      `must hold a series with ${shown(this.wanted)}, held none`,
      `Series found: ${[...this.others].join(', ')}.`,
    );
  }

  private requireMatrix(value: JsonPrimitive): void {
    if (value !== 'matrix')
      throw this.wrong(`must be of resultType matrix, was ${String(value)}`, EXPORT, 'data.resultType');
    this.isMatrix = true;
  }

  /** `result[i].metric.LABEL`, then `result[i].values[j][0]` and `[1]`. */
  private ofResult(path: JsonPath, at: number, value: JsonPrimitive): void {
    const member = path[at + 1];
    if (member === 'metric') this.label(String(path[at + 2]), String(value));
    else if (member === 'values' && path[at + 3] === 0) this.stamp(path, at, value);
    else if (member === 'values' && path[at + 3] === 1) this.sample(path, at, value);
    else if (member === 'histograms') {
      throw this.wrong(
        'must hold plain samples, held native histograms',
        'Ask for histogram_count(rate(NAME[1m])) instead.',
        whereOf(path, at),
      );
    }
  }

  private label(name: string, value: string): void {
    if (this.labelsComplete) this.labels = {};
    this.labelsComplete = false;
    this.labels[name] = value;
  }

  /** The first sample of a series closes its labels. */
  private stamp(path: JsonPath, at: number, value: JsonPrimitive): void {
    if (path[at + 2] === 0) {
      // A series without any label has no primitive that says where it starts.
      if (this.labelsComplete) this.labels = {};
      this.labelsComplete = true;
      this.current = this.seriesOf(this.labels);
    }
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw this.wrong(`must start with a time in seconds, was ${JSON.stringify(value)}`, EXPORT, whereOf(path, at));
    }
    this.time = Math.round(value * 1e6);
  }

  private sample(path: JsonPath, at: number, written: JsonPrimitive): void {
    if (this.current === null) return;
    const value =
      typeof written === 'string' && written !== '' ? Number(written.replace(/^([+-]?)Inf$/, '$1Infinity')) : NaN;
    if (Number.isNaN(value) && written !== 'NaN') {
      throw this.wrong(`must be a number in quotes, was ${JSON.stringify(written)}`, EXPORT, whereOf(path, at));
    }
    if (!Number.isFinite(value)) this.sums.missing += 1;
    else if (!this.sums.add(this.current, this.time, value)) {
      throw this.wrong(
        'must be later than the sample before it in its series, was earlier',
        'Where a file holds several answers, put them in the order of time.',
        whereOf(path, at),
      );
    }
  }

  private seriesOf(labels: Readonly<Record<string, string>>): SeriesState | null {
    if (!Object.entries(this.wanted).every(([name, value]) => labels[name] === value)) {
      if (this.others.size < 5) this.others.add(shown(labels));
      return null;
    }
    const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = this.chosen.get(key);
    if (known !== undefined) return known;
    const state = {
      name: labels['__name__'] ?? '',
      labels,
      lastMicros: NaN,
      lastValue: NaN,
      firstMicros: NaN,
      rises: 0,
      falls: 0,
      steps: 0,
    };
    this.chosen.set(key, state);
    return state;
  }

  private wrong(problem: string, hint: string, path?: string): InputError {
    const line = path === undefined ? {} : { line: this.line(), path };
    return new InputError({ source: this.source, ...line }, problem, hint);
  }
}

function whereOf(path: JsonPath, at: number): string {
  return `data.result[${path[at]}].values[${path[at + 2]}]`;
}

/** Labels as PromQL writes them. */
function shown({ __name__ = '', ...labels }: Readonly<Record<string, string>>): string {
  return `${__name__}{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;
}
