import type { Decision, ResourceRule, VerticalDecision } from '../../domain/decision.js';
import { formatNumber, plural } from '../../domain/number-format.js';
import { heapSentences } from './heap-sentences.js';
import { reasonLabel } from './reason-label.js';

/** Whether something was done to pods, or to what new ones get. */
export function actsVertically({ vertical }: Decision): boolean {
  return vertical !== undefined && (changed(vertical).length > 0 || vertical.evict.length + vertical.resize.length > 0);
}

/** What was decided about requests and limits: what new pods get, who is evicted or resized, and who had to yield. */
export function verticalSentences(decision: Decision): readonly string[] {
  const { vertical } = decision;
  if (vertical === undefined) return [];
  const { policy, evict, resize, rules, reason } = vertical;
  const yields = rules.filter(({ rule }) => rule === 'horizontal-first').map(yielded);
  if (!actsVertically(decision)) return [`Requests stay (${policy}: ${reasonLabel(reason)})`, ...yields];
  const changes = changed(vertical);
  return [
    ...(changes.length === 0 ? [] : [`New pods get ${changes.join(', ')} (${policy})`, ...heapSentences(rules)]),
    ...(evict.length === 0
      ? []
      : [`${plural(evict.length, 'pod is', 'pods are')} evicted to come back with that: ${evict.join(', ')}`]),
    ...(resize.length === 0
      ? []
      : [`${plural(resize.length, 'pod is', 'pods are')} resized in place: ${resize.join(', ')}`]),
    ...yields,
  ];
}

const amounts = [
  ['cpuRequestMillis', 'a CPU request of', 'm'],
  ['cpuLimitMillis', 'a CPU limit of', 'm'],
  ['memoryRequestMiB', 'a memory request of', ' MiB'],
  ['memoryLimitMiB', 'a memory limit of', ' MiB'],
] as const;

function changed({ from, template }: VerticalDecision): readonly string[] {
  return amounts
    .filter(([key]) => from[key] !== template[key])
    .map(([key, words, unit]) => `${words} ${shown(template[key], unit)} instead of ${shown(from[key], unit)}`);
}

function shown(amount: number | null, unit: string): string {
  return amount === null ? 'none' : `${formatNumber(amount)}${unit}`;
}

function yielded({ resource, before, after }: ResourceRule): string {
  const unit = resource === 'cpu' ? 'm' : ' MiB';
  const name = resource === 'cpu' ? 'CPU' : 'memory';
  return `Replicas are scaled by ${name}, so its request stays ${shown(after, unit)} where ${shown(before, unit)} would be recommended`;
}
