import type { NodeWorld } from './node-world.js';

interface Thread {
  readonly request: number;
  left: number;
}

interface Pod {
  readonly threads: Thread[];
  /** CPU time left in the period; Infinity without a quota. */
  left: number;
  refillAt: number;
}

/** One nanosecond. */
const NANO = 0.001;

/**
 * Several pods on one node, written from the rules alone: from one event to the next everybody runs at a constant rate, found by raising all
 * rates together in proportion to weight until each is at what it can use or nothing is left. Returns when each request is done.
 */
export function naiveNode(world: NodeWorld): readonly (readonly number[])[] {
  const ends = world.pods.map(({ arrivals }) => arrivals.map(() => NaN));
  const pods = world.pods.map((): Pod => ({ threads: [], left: NaN, refillAt: NaN }));
  const toCome = world.pods.map(({ arrivals }) => arrivals.map(({ at, cpu }, request) => ({ at, cpu, request })));
  for (let now = 0; ;) {
    pods.forEach((pod, i) => {
      const { quota } = world.pods[i];
      while (toCome[i].length > 0 && toCome[i][0].at <= now) {
        const { cpu, request } = toCome[i].shift()!;
        pod.threads.push({ request, left: cpu });
        if (Number.isNaN(pod.refillAt)) begin(pod, now, quota);
      }
    });
    const wants = [
      ...pods.map((pod, i) => (pod.left <= 0 ? 0 : Math.min(pod.threads.length, world.pods[i].cores))),
      ...world.neighbours.map(({ cores, from, to }) => (from <= now && now < to ? cores : 0)),
    ];
    const weights = [...world.pods, ...world.neighbours].map(({ weight }) => weight);
    const rates = raise(world.cores, wants, weights);
    const events = [
      ...toCome.flatMap((list) => list.slice(0, 1).map(({ at }) => at)),
      ...world.neighbours.flatMap(({ from, to }) => [from, to]).filter((at) => at > now),
      ...pods.map(({ refillAt }) => (Number.isNaN(refillAt) ? Infinity : refillAt)).filter((at) => at > now),
      ...pods.flatMap((pod, i) => (rates[i] > 0 ? [now + pod.left / rates[i]] : [])),
      ...pods.flatMap((pod, i) => completions(pod, rates[i], now)),
    ].filter((at) => at < Infinity);
    const working = pods.some(({ threads }) => threads.length > 0) || toCome.some((list) => list.length > 0);
    if (!working) return ends;
    const next = Math.max(now, Math.min(...events));
    pods.forEach((pod, i) => {
      const each = (next - now) * (pod.threads.length === 0 ? 0 : rates[i] / pod.threads.length);
      for (const thread of pod.threads) thread.left -= each;
      pod.left -= (next - now) * rates[i];
      if (pod.left < NANO) pod.left = 0;
      const { quota } = world.pods[i];
      if (next >= pod.refillAt && quota !== undefined) {
        pod.left = quota.cores * quota.periodMicros;
        pod.refillAt += quota.periodMicros;
      }
      if (!Number.isInteger(next)) return;
      for (const thread of [...pod.threads]) {
        if (thread.left > NANO) continue;
        ends[i][thread.request] = next;
        pod.threads.splice(pod.threads.indexOf(thread), 1);
      }
    });
    now = next;
  }
}

function begin(pod: Pod, now: number, quota: NodeWorld['pods'][number]['quota']): void {
  pod.left = quota === undefined ? Infinity : quota.cores * quota.periodMicros;
  pod.refillAt = quota === undefined ? Infinity : now + quota.periodMicros;
}

/** First whole microseconds at which demands are met. */
function completions({ threads }: Pod, rate: number, now: number): number[] {
  const each = rate / threads.length;
  return threads.map(({ left }) => {
    if (left <= NANO) return Math.ceil(now);
    return each > 0 ? Math.ceil(now + left / each - NANO) : Infinity;
  });
}

function raise(cores: number, wants: readonly number[], weights: readonly number[]): number[] {
  const rates = wants.map(() => 0);
  let left = cores;
  for (;;) {
    const open = wants.map((_, i) => i).filter((i) => rates[i] < wants[i]);
    const weight = open.reduce((sum, i) => sum + weights[i], 0);
    if (open.length === 0 || left <= 1e-12) return rates;
    const step = Math.min(left / weight, ...open.map((i) => (wants[i] - rates[i]) / weights[i]));
    for (const i of open) {
      const closes = (wants[i] - rates[i]) / weights[i] <= step;
      left -= closes ? wants[i] - rates[i] : weights[i] * step;
      rates[i] = closes ? wants[i] : rates[i] + weights[i] * step;
    }
  }
}
