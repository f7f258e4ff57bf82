import { fitDistribution } from '../fit-distribution.js';
import type { ServiceTimeFit } from '../service-time-fit.js';
import type { RequestBins } from './request-bins.js';
import type { RequestSample, TimedRequest } from './request-sample.js';

/** Share of the requests, those that met the fewest others, that count as undisturbed. */
const QUIET_SHARE = 0.1;
/** A quantile of fewer says nothing; all requests are taken where the quietest tenth has fewer. */
const FEWEST = 100;
/** Fewer than this fit nothing. */
const FEWEST_AT_ALL = 30;

/**
 * The service time from request times: at low load, where nobody waits, the one is the other.
 *
 * Requests are ranked by how many *others* were at work when they arrived - their own time must not decide whether they count as
 * quiet, or short ones would be chosen - and the quietest tenth is fitted. Null where fewer than 30 requests have a time.
 */
export function fitServiceTime(
  sample: RequestSample,
  bins: RequestBins,
  resolutionMicros: number,
  from: string,
): ServiceTimeFit | null {
  const requests = sample.requests();
  if (requests.length < FEWEST_AT_ALL) return null;
  const others = Float64Array.from(requests, ({ arrivalMicros, takenMicros }) =>
    bins.othersAtWork(arrivalMicros, takenMicros),
  );
  const ranked = Float64Array.from(others).sort();
  const wanted = Math.min(requests.length, Math.max(FEWEST, Math.ceil(QUIET_SHARE * requests.length)));
  // All that met as few belong to them: a cut among equals would follow the order of the file.
  const quiet = times(requests.filter((_, i) => others[i] <= ranked[wanted - 1]));
  const busiest = times(requests.filter((_, i) => others[i] >= ranked[ranked.length - wanted]));
  return {
    ...fitDistribution(quiet, resolutionMicros),
    requests: quiet.length,
    meanMicros: quiet.reduce((sum, value) => sum + value, 0) / quiet.length,
    quietMedianMicros: quiet[quiet.length >> 1],
    busyMedianMicros: busiest[busiest.length >> 1],
    from,
  };
}

function times(requests: readonly TimedRequest[]): Float64Array {
  return Float64Array.from(requests, ({ takenMicros }) => takenMicros).sort();
}
