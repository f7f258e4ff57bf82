import type { Decision } from '../../domain/decision.js';
import type { EngineDelayParts } from '../../domain/engine-delay.js';
import type { Shortage } from './shortages.js';

type Parts = { -readonly [Part in 'scrape' | 'lag' | 'tick' | 'metric']: number } & { held: Map<string, number> };

/**
 * What the time consisted of from the beginning of shortages until as many replicas were asked for as ended them; null where pods ended none.
 *
 * Until the first decision on a sample read after the beginning it is scrape, lag and tick. From each decision to the next one it is to the
 * account of the first: of its metrics where they alone asked for too little, else of its reason. A command on older samples (a forecast,
 * the clock) only waited for its tick.
 */
export function engineDelayParts(
  shortages: readonly Shortage[],
  decisions: readonly Decision[],
  lagSeconds: number,
): EngineDelayParts | null {
  const sum: Parts = { scrape: 0, lag: 0, tick: 0, metric: 0, held: new Map() };
  let count = 0;
  let total = 0;
  for (const { workload, from, cure } of shortages) {
    if (cure === null) continue;
    count += 1;
    total += cure.askedAt - from;
    const made = decisions.filter(
      ({ at, workload: of, counts }) =>
        of === workload && counts !== 'nodes' && at / 1e6 >= from && at / 1e6 <= cure.askedAt,
    );
    if (cure.askedAt > from) add(sum, made, { from, ...cure, lagSeconds });
  }
  if (count === 0) return null;
  const held = [...sum.held]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, value]): readonly [string, number] => [reason, value / count]);
  return {
    total: total / count,
    scrape: sum.scrape / count,
    lag: sum.lag / count,
    tick: sum.tick / count,
    metric: sum.metric / count,
    held: Object.fromEntries(held),
  };
}

interface Stretch {
  readonly from: number;
  readonly askedAt: number;
  readonly replicas: number;
  readonly lagSeconds: number;
}

function add(sum: Parts, made: readonly Decision[], { from, askedAt, replicas, lagSeconds }: Stretch): void {
  const first = made.findIndex((decision) => sampledAt(decision) > from);
  if (first < 0) {
    sum.tick += askedAt - from;
    return;
  }
  const informed = made[first];
  const seen = informed.at / 1e6 - sampledAt(informed);
  const lag = Math.min(seen, lagSeconds);
  sum.scrape += sampledAt(informed) - from;
  sum.lag += lag;
  sum.tick += seen - lag;
  for (let i = first; i < made.length; i += 1) {
    const { at, rawDesired, reason } = made[i];
    const until = i + 1 < made.length ? made[i + 1].at / 1e6 : askedAt;
    const seconds = until - at / 1e6;
    if (rawDesired !== null && rawDesired < replicas) sum.metric += seconds;
    else if (seconds > 0) sum.held.set(reason, (sum.held.get(reason) ?? 0) + seconds);
  }
}

/** When its newest sample was read, in seconds; -Infinity where there was none. */
function sampledAt({ at, dataAgeSeconds }: Decision): number {
  return dataAgeSeconds === null ? -Infinity : at / 1e6 - dataAgeSeconds;
}
