import type { RunReport } from '../../domain/run-result.js';
import { bothClocksSpan } from '../format/clock.js';
import { bottleneckName } from '../verdict.js';
import { capacityBeat } from './capacity-beat.js';
import { engineBeat } from './engine-beat.js';
import { loadBeat } from './load-beat.js';
import { storyWindow } from './story-window.js';
import { refreshBeat } from './refresh-beat.js';
import { recoveryBeat, usersBeat } from './users-beat.js';

/** A short story: what happened around the worst minutes of a run, a sentence for each of those who took part. */
export interface Story {
  readonly title: string;
  /** Middle of the worst minutes, in seconds since the start of the run. */
  readonly atSeconds: number;
  readonly beats: readonly { readonly who: string; readonly what: string }[];
}

/** Tells the worst five minutes from the series and the decisions; null where every request met the objective. */
export function worstStory(report: RunReport): Story | null {
  const window = storyWindow(report);
  if (window === null) return null;
  const { fromSeconds, toSeconds } = window.worst;
  const { bottleneck } = report.result;
  const name = bottleneck.kind === 'none' ? '' : `${bottleneckName(bottleneck)}: `;
  const beats = [
    ['Load', loadBeat(window)],
    ['Engine', engineBeat(window)],
    ['Pods', capacityBeat(window)],
    ['Machines', refreshBeat(window)],
    ['Users', usersBeat(window)],
    ['Recovery', recoveryBeat(window)],
    ['Bottleneck', `${name}${bottleneck.why}`],
  ] as const;
  return {
    title: `The worst five minutes: ${bothClocksSpan(fromSeconds, toSeconds, report.result.originIso)}`,
    atSeconds: (fromSeconds + toSeconds) / 2,
    beats: beats.flatMap(([who, what]) => (what === null ? [] : [{ who, what: `${what.replace(/\.$/, '')}.` }])),
  };
}
