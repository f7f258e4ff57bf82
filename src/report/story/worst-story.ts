import type { RunReport } from '../../domain/run-result.js';
import { bothClocksSpan } from '../format/clock.js';
import { bottleneckBeat } from './bottleneck-beat.js';
import { capacityBeat } from './capacity-beat.js';
import { engineBeat } from './engine-beat.js';
import { faultBeat } from './fault-beat.js';
import { loadBeat } from './load-beat.js';
import { storyWindow } from './story-window.js';
import { rolloutBeat } from './rollout-beat.js';
import { refreshBeat } from './refresh-beat.js';
import { recoveryBeat, usersBeat } from './users-beat.js';
import { stretchName } from './stretch-name.js';

/** A short story: what happened around the worst minutes of a run, a sentence for each of those who took part. */
export interface Story {
  readonly title: string;
  /** The worst minutes, in seconds since the start of the run. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly beats: readonly { readonly who: string; readonly what: string }[];
}

/** Tells the worst five minutes, or what there is of them, from the series and the decisions; null where every request met the objective. */
export function worstStory(report: RunReport): Story | null {
  const window = storyWindow(report);
  if (window === null) return null;
  const { fromSeconds, toSeconds } = window.worst;
  const beats = [
    ['Load', loadBeat(window)],
    ['Fault', faultBeat(window)],
    ['Rollout', rolloutBeat(window)],
    ['Engine', engineBeat(window)],
    ['Pods', capacityBeat(window)],
    ['Machines', refreshBeat(window)],
    ['Users', usersBeat(window)],
    ['Recovery', recoveryBeat(window)],
    ['Bottleneck', bottleneckBeat(window)],
  ] as const;
  return {
    title: `The worst ${stretchName(window.worst)}: ${bothClocksSpan(fromSeconds, toSeconds, report.result.originIso)}`,
    fromSeconds,
    toSeconds,
    beats: beats.flatMap(([who, what]) => (what === null ? [] : [{ who, what: `${what.replace(/\.$/, '')}.` }])),
  };
}
