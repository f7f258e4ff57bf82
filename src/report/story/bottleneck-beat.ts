import { bottleneckName } from '../verdict.js';
import { missedShare, type StoryWindow } from './story-window.js';

/** What held the service back; where the objective was never lost, only what the few met that missed it. */
export function bottleneckBeat(window: StoryWindow): string {
  const { bottleneck, slo } = window.report.result;
  if (bottleneck.kind === 'none') return bottleneck.why;
  const told = `${bottleneckName(bottleneck)}: ${bottleneck.why}`;
  return missedShare(window) <= 1 - slo.target ? `None that cost the objective. What these few met was ${told}` : told;
}
