import type { Decision } from '../../domain/decision.js';
import { formatNumber, formatSeconds, plural } from '../../domain/number-format.js';
import { countedNoun } from '../explain/counted-noun.js';
import { reasonLabel } from '../explain/reason-label.js';
import { bothClocks } from '../format/clock.js';
import type { StoryWindow } from './story-window.js';

/** What the engine saw and decided from the lead to the end of the worst minutes. */
export function engineBeat({ report, workload, worst, lead }: StoryWindow): string {
  const origin = report.result.originIso;
  const start = report.series.startSeconds[lead];
  const made = report.decisions.filter(
    ({ at, workload: of, counts }) =>
      of === workload && counts !== 'nodes' && at >= start * 1e6 && at < worst.toSeconds * 1e6,
  );
  const changes = made.filter(({ direction }) => direction !== 'hold');
  if (made.length === 0) return `The engine decided nothing for ${workload} in this time`;
  if (changes.length === 0 && made.every(({ reason }) => reason === 'fixed'))
    return `The number is fixed, and the engine held at ${plural(made[0].desired, countedNoun(made[0]))} all the time`;
  if (changes.length === 0)
    return `${saw(made[0], origin)} and held at ${plural(made[0].desired, countedNoun(made[0]))} all the time: ${usual(made)}`;
  const [first] = changes;
  const asked = `${saw(first, origin)} and asked for ${first.desired} instead of ${plural(first.from, countedNoun(first))}`;
  const last = changes[changes.length - 1];
  if (changes.length === 1) return `${asked}; it changed nothing else`;
  return `${asked}; ${plural(changes.length - 1, 'more change')} led to ${plural(last.desired, countedNoun(last))} at ${bothClocks(last.at / 1e6, origin)}`;
}

function saw(decision: Decision, originIso: string): string {
  const winner = decision.metrics.find(({ name }) => name === decision.winner) ?? decision.metrics.at(0);
  const when = `At ${bothClocks(decision.at / 1e6, originIso)} the engine`;
  if (winner === undefined) return `${when} followed its ${decision.policy} policy, which reads no metric,`;
  const name = winner.name === 'cpu' ? 'CPU' : winner.name;
  if (winner.value === null) return `${when} had no valid ${name}`;
  const age = decision.dataAgeSeconds === null ? '' : `, ${formatSeconds(decision.dataAgeSeconds)} old`;
  return `${when} saw ${name} at ${formatNumber(winner.value)}${winner.unit} (target ${formatNumber(winner.target)}${winner.unit}${age})`;
}

/** The reason that most of the decisions share. */
function usual(decisions: readonly Decision[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of decisions) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const [[reason]] = [...counts].sort(([, a], [, b]) => b - a);
  return reasonLabel(reason);
}
