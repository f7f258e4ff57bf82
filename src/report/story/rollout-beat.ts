import { formatSeconds } from '../../domain/number-format.js';
import { bothClocks } from '../format/clock.js';
import type { StoryWindow } from './story-window.js';

/** New revisions that began to replace pods before the worst minutes ended, and were not through before their lead; null where none was. */
export function rolloutBeat({ report, worst, lead }: StoryWindow): string | null {
  const { rollouts = [], originIso } = report.result;
  const start = report.series.startSeconds[lead];
  const told = rollouts
    .filter(({ startSeconds: at, tookSeconds }) => at < worst.toSeconds && at + (tookSeconds ?? Infinity) > start)
    .map(({ workload, revision, startSeconds, tookSeconds }) => {
      const through = tookSeconds === null ? 'was never through' : `was through after ${formatSeconds(tookSeconds)}`;
      return `Revision ${revision} of ${workload} began to roll out at ${bothClocks(startSeconds, originIso)} and ${through}`;
    });
  return told.length === 0 ? null : told.join('; ');
}
