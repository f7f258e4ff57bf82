import { bothClocks } from '../format/clock.js';
import { formatWhole, plural } from '../../domain/number-format.js';
import { peakRow, type StoryWindow, workloadColumn } from './story-window.js';

/** What was ready when it was needed most, and what was still on its way. */
export function capacityBeat(window: StoryWindow): string {
  const { lead, to, workload, report } = window;
  const [needed, ready] = [workloadColumn(window, 'demandPods'), workloadColumn(window, 'readyPods')];
  const desired = workloadColumn(window, 'desiredPods');
  const worst = peakRow(
    needed.map((count, i) => count - ready[i]),
    lead,
    to,
  );
  if (worst === null) return `Nothing is known of the pods of ${workload}`;
  const when = bothClocks(report.series.startSeconds[worst], report.result.originIso);
  const there = `${plural(ready[worst], 'pod')} of ${workload} ${ready[worst] === 1 ? 'was' : 'were'} ready`;
  const { kind, name } = report.result.bottleneck;
  if (needed[worst] <= ready[worst] && kind === 'workers' && name === workload)
    return `By its CPU ${workload} was never short of pods: at the tightest, ${when}, ${there} and ${formatWhole(needed[worst])} needed; their workers ran out`;
  if (needed[worst] <= ready[worst])
    return `${workload} was never short of pods: at the tightest, ${when}, ${there} and ${formatWhole(needed[worst])} needed`;
  const waiting = desired[worst] - ready[worst];
  const way = waiting > 0 ? `; ${formatWhole(waiting)} more had been asked for and were not ready yet` : '';
  return `At ${when} ${there} where ${formatWhole(needed[worst])} were needed${way}`;
}
