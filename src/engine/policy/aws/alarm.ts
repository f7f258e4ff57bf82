/** What an alarm says of the newest datapoints: breaching, with the newest of them, or why not. */
export type AlarmState =
  | { readonly breaches: true; readonly value: number }
  | { readonly breaches: false; readonly why: 'ok' | 'insufficient-data' };

/**
 * An alarm whose last N datapoints all have to breach. With one of them missing it waits, so that nothing is scaled on data that are not
 * there; CloudWatch, told to treat missing data as `missing`, would go by those that are.
 */
export function evaluate(datapoints: readonly (number | null)[], breaches: (value: number) => boolean): AlarmState {
  let value = NaN;
  for (const datapoint of datapoints) {
    if (datapoint === null) return { breaches: false, why: 'insufficient-data' };
    if (!breaches(datapoint)) return { breaches: false, why: 'ok' };
    value = datapoint;
  }
  return { breaches: true, value };
}
