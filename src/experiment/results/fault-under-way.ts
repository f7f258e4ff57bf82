import type { Bottleneck } from '../../domain/bottleneck.js';
import type { Measurement } from '../../domain/measurement.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { clockTime } from './clock-time.js';
import { faultEpisodes } from './fault-episodes.js';
import { columnOf } from './step-times.js';
import { accountForHalf, type Window } from './worst-window.js';

/** What a fault has left waiting is late for so long after it. */
const AFTERMATH_SECONDS = 60;

/** The fault of the scenario during which, or right after which, at least half of the late and failed requests came to their end; the first of several. */
export function faultUnderWay({ series }: Measurement, { faults }: WorldSpec, window: Window): Bottleneck | null {
  const violated = columnOf(series, 'service', '', 'violated');
  for (const { fromSeconds, toSeconds, label } of faultEpisodes(faults)) {
    const during = (i: number): boolean => {
      const start = series.startSeconds[i];
      return start + series.stepSeconds > fromSeconds && start < toSeconds + AFTERMATH_SECONDS;
    };
    if (accountForHalf(violated, window, during) === null) continue;
    const until = Number.isFinite(toSeconds) ? ` to ${clockTime(toSeconds * 1e6)}` : ' on';
    return { kind: 'fault', name: '', why: `${label} from ${clockTime(fromSeconds * 1e6)}${until}` };
  }
  return null;
}
