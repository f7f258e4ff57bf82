import type { BalanceDecision, BalanceRule } from '../../domain/balance/balance-decision.js';
import type { BalanceSettings } from '../../domain/balance/balance-settings.js';
import type { TrafficSplit } from '../../domain/balance/traffic-split.js';
import type { Decision } from '../../domain/decision.js';
import { formatNumber, formatSeconds, formatShare, plural } from '../../domain/number-format.js';
import { reasonLabel } from './reason-label.js';

/** Pods whose weights are told one by one; of more only the greatest changes. */
const TOLD = 5;

/** Whether something about balancers, draining or revisions was changed. */
export function actsOnTraffic({ balance }: Decision): boolean {
  if (balance === undefined) return false;
  const { split, revisions, settings, drain } = balance;
  return (split ?? revisions ?? settings ?? drain) !== undefined;
}

/** What was decided about the balancers: shares from and to, replicas by revision, settings, draining, and what led there. */
export function balanceSentences(decision: Decision): readonly string[] {
  const { balance } = decision;
  if (balance === undefined || (balance.policy === 'none' && !actsOnTraffic(decision))) return [];
  const { policy, split, revisions, reason, rules } = balance;
  const told = rules.map(ruleSentence).filter((sentence) => sentence !== '');
  if (!actsOnTraffic(decision)) return [`Shares of new requests stay (${policy}: ${reasonLabel(reason)})`, ...told];
  return [
    ...(split === undefined ? [] : [`${splitSentence(split.from, split.to)} (${policy}: ${reasonLabel(reason)})`]),
    ...(revisions === undefined ? [] : [revisionSentence(revisions)]),
    ...settingSentences(balance.settings ?? {}),
    ...drainSentences(balance),
    ...told,
  ];
}

function splitSentence(from: TrafficSplit | null, to: TrafficSplit): string {
  if (to.by === 'zone') return hintSentence(to.hints);
  const before = from !== null && from.by === to.by ? from.weights : {};
  const ordinary = to.by === 'pod' ? 1 : 0;
  const unit = to.by === 'revision' ? '%' : '';
  const weightBefore = (name: string): number => (Object.hasOwn(before, name) ? before[name] : ordinary);
  const changed = Object.entries(to.weights)
    .map(([name, weight]) => ({ name, weight, before: weightBefore(name) }))
    .filter((one) => one.weight !== one.before || from === null)
    .sort((a, b) => Math.abs(b.weight - b.before) - Math.abs(a.weight - a.before));
  const told = changed
    .slice(0, TOLD)
    .map(
      ({ name, weight, before: old }) =>
        `${to.by === 'revision' ? `revision ${name}` : name} ${from === null ? '' : `from ${formatNumber(old)}${unit} `}to ${formatNumber(weight)}${unit}`,
    );
  const more = changed.length > TOLD ? ` and ${plural(changed.length - TOLD, 'more', 'more')}` : '';
  const what = to.by === 'revision' ? 'Shares of new requests' : 'Weights';
  if (told.length === 0) return `${what} go to pods that were not there before`;
  return `${what} go ${told.join(', ')}${more}`;
}

function hintSentence(hints: Readonly<Record<string, string>>): string {
  const counts = new Map<string, number>();
  for (const zone of Object.values(hints)) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  if (counts.size === 0) return 'Callers of all zones choose among all endpoints';
  const told = [...counts].map(([zone, count]) => `${plural(count, 'endpoint is', 'endpoints are')} for ${zone}`);
  return told.join(', ');
}

function revisionSentence(revisions: Readonly<Record<string, number>>): string {
  return `Replicas by revision: ${Object.entries(revisions)
    .map(([revision, replicas]) => `${replicas} of ${revision}`)
    .join(', ')}`;
}

function settingSentences({ health, slowStart, outlierEjection }: BalanceSettings): readonly string[] {
  const time = (micros: number): string => formatSeconds(micros / 1e6);
  return [
    ...(health === undefined
      ? []
      : [
          `Balancers are set to check health every ${time(health.intervalMicros)}, ${health.fall} failures taking an endpoint out and ${health.rise} successes bringing it back`,
        ]),
    ...(slowStart === undefined
      ? []
      : [
          `Balancers are set to start new endpoints slowly over ${time(slowStart.windowMicros)}, from ${formatShare(slowStart.minWeight)} of their weight`,
        ]),
    ...(outlierEjection === undefined
      ? []
      : [
          `Balancers are set to eject endpoints after ${outlierEjection.consecutiveErrors} failures in a row, at most ${formatShare(outlierEjection.maxEjected)} of them and none below ${formatShare(outlierEjection.panicThreshold)} left`,
        ]),
  ];
}

function drainSentences({ drain }: BalanceDecision): readonly string[] {
  if (drain === undefined) return [];
  const { order, deadlineSeconds } = drain;
  const first =
    order.length === 0
      ? ''
      : `${order.slice(0, TOLD).join(', ')}${order.length > TOLD ? ' ...' : ''} leave first, as the least busy`;
  const deadline = deadlineSeconds === null ? '' : `pods that leave are cut after ${formatSeconds(deadlineSeconds)}`;
  const sentence = [first, deadline].filter((part) => part !== '').join('; ');
  return sentence === '' ? [] : [sentence];
}

const templates: Readonly<Record<string, (of: Readonly<Record<string, string>>) => string>> = {
  capacity: ({ leastMillis, mostMillis }) => `pods can use from ${leastMillis}m to ${mostMillis}m of an ordinary core`,
  latency: ({ leastMs, mostMs, pods }) => `mean latency of ${pods} pods was from ${leastMs} to ${mostMs} ms`,
  floor: ({ pods, floor }) => `${pods} would get less than the floor of ${floor}`,
  'bounded-change': ({ pods, maxChange }) => `${pods} may change by no more than ${maxChange} of themselves at a tick`,
  'zone-share': ({ zone, share, endpoints }) => `${zone} has CPU for ${share} endpoints and gets ${endpoints}`,
  canary: ({ revision, step, of, weight, available, wanted }) =>
    `revision ${revision} is at step ${step} of ${of} with ${weight}% of the traffic, ${available} of ${wanted} pods available`,
  analysis: ({ canaryMs, stableMs, maxLatencyRatio }) =>
    `its requests took ${canaryMs} ms on average, those of the stable revision ${stableMs} ms, at most ${maxLatencyRatio} times as much being allowed`,
};

function ruleSentence({ rule, numbers }: BalanceRule): string {
  if (!Object.hasOwn(templates, rule)) return '';
  const words: Record<string, string> = {};
  for (const [key, value] of Object.entries(numbers))
    words[key] = typeof value === 'number' ? formatNumber(value) : value;
  return templates[rule](words);
}
