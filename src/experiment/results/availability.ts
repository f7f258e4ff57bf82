import type { LostRequests, Measurement } from '../../domain/measurement.js';
import type { LostShare, LostToDisruption } from '../../domain/disruption-result.js';
import type { RunResult } from '../../domain/run-result.js';
import { columnOf, type StepTimes } from './step-times.js';

/** Half of the minute around a scaling action. */
const HALF_MINUTE = 30;

/** How many requests were answered, and how many scaling itself cost. */
export function availabilityOf(measurement: Measurement, times: StepTimes): RunResult['availability'] {
  const { requests, refusedByScaling: refused, cutByScaling: cutOff, slowedByCold } = measurement.totals;
  const total = refused + cutOff;
  const during = offeredAround(measurement, times);
  return {
    ratio: requests.offered === 0 ? 1 : requests.served / requests.offered,
    lostToScaling: {
      refused,
      cutOff,
      total,
      share: requests.offered === 0 ? 0 : total / requests.offered,
      shareDuringScaling: during === 0 ? 0 : Math.min(1, total / during),
    },
    ...lostOtherwise(measurement),
    slowedByCold,
  };
}

/** What new revisions, evictions and preemption cost, where there were any. */
function lostOtherwise({ totals, rollouts }: Measurement): LostToDisruption {
  const { lostToRollout, lostToEviction, lostToPreemption, requests } = totals;
  const summary = ({ refused, cutOff }: LostRequests): LostShare => {
    const total = refused + cutOff;
    return { refused, cutOff, total, share: requests.offered === 0 ? 0 : total / requests.offered };
  };
  return {
    ...(rollouts === undefined ? {} : { lostToRollout: summary(lostToRollout ?? { refused: 0, cutOff: 0 }) }),
    ...(lostToEviction === undefined ? {} : { lostToEviction: summary(lostToEviction) }),
    ...(lostToPreemption === undefined ? {} : { lostToPreemption: summary(lostToPreemption) }),
  };
}

/** Requests offered within half a minute of a scaling action, from the series: a step that lies partly inside counts in proportion. */
function offeredAround(measurement: Measurement, times: StepTimes): number {
  const offered = columnOf(measurement.series, 'service', '', 'offered');
  const changes = [...measurement.scaling, ...measurement.nodeScaling];
  const instants = changes.map(({ atSeconds }) => atSeconds).sort((a, b) => a - b);
  let sum = 0;
  let next = 0;
  for (let i = times.first; i < times.count; i += 1) {
    const start = times.startSeconds[i];
    const end = start + times.lengthSeconds[i];
    while (next < instants.length && instants[next] + HALF_MINUTE <= start) next += 1;
    sum += (offered[i] * covered(instants, next, start, end)) / times.lengthSeconds[i];
  }
  return sum;
}

/** Seconds of [start, end) that lie around an instant, overlaps counted once. */
function covered(instants: readonly number[], from: number, start: number, end: number): number {
  let seconds = 0;
  let reached = start;
  for (let i = from; i < instants.length && instants[i] - HALF_MINUTE < end; i += 1) {
    const until = Math.min(end, instants[i] + HALF_MINUTE);
    const since = Math.max(reached, instants[i] - HALF_MINUTE);
    if (until <= since) continue;
    seconds += until - since;
    reached = until;
  }
  return seconds;
}
