/** What is remembered of one series of a matrix while its samples go by. */
export interface SeriesState {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Time and value of the last sample; NaN before the first. */
  lastMicros: number;
  lastValue: number;
  firstMicros: number;
  /** Steps at which the value rose, and at which it fell. */
  rises: number;
  falls: number;
  steps: number;
}

/** Names that Prometheus gives to counters. Source: Prometheus, "Metric and label naming". */
const counterName = /_(total|count|sum|bucket)$/;
/** Below this many steps monotony says nothing. */
const FEWEST_STEPS = 10;

/** Whether series are counters: by their names where these say so, else by whether they all but always rise. */
export function areCounters(all: readonly SeriesState[]): { readonly counters: boolean; readonly why: string } {
  if (all.every(({ name }) => counterName.test(name)))
    return { counters: true, why: `the name ${all[0].name} is that of a counter` };
  const steps = sum(all, 'steps');
  const rising = steps >= FEWEST_STEPS && sum(all, 'falls') <= 0.05 * steps && sum(all, 'rises') >= 0.6 * steps;
  if (rising)
    return {
      counters: true,
      why: `the values rise at ${sum(all, 'rises')} of ${steps} steps, as those of a counter do`,
    };
  return { counters: false, why: 'neither the name nor the course of the values is that of a counter' };
}

function sum(all: readonly SeriesState[], key: 'rises' | 'falls' | 'steps'): number {
  return all.reduce((total, state) => total + state[key], 0);
}
