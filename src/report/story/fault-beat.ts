import { bothClocks, bothClocksSpan } from '../format/clock.js';
import type { StoryWindow } from './story-window.js';

/** What went wrong on purpose around the worst minutes; null where the scenario let nothing go wrong then. */
export function faultBeat({ report, worst, lead }: StoryWindow): string | null {
  const { episodes = [], result, series } = report;
  const start = series.startSeconds[lead];
  const told = episodes
    .filter(({ fromSeconds, toSeconds }) => fromSeconds < worst.toSeconds && toSeconds > start)
    .map(({ fromSeconds, toSeconds, label }) =>
      toSeconds < result.durationSeconds
        ? `${label}, ${bothClocksSpan(fromSeconds, toSeconds, result.originIso)}`
        : `${label}, from ${bothClocks(fromSeconds, result.originIso)} to the end`,
    );
  return told.length === 0 ? null : `The scenario has it so: ${told.join('; ')}`;
}
