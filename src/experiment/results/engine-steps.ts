import type { Decision, MetricReading } from '../../domain/decision.js';
import type { ResponseStep } from '../../domain/load-response.js';
import type { CuredShortage } from './shortages.js';

/** How the engine comes by its metrics, in seconds. */
export interface MetricTimes {
  /** From a scrape until the engine can see it. */
  readonly lagSeconds: number;
  /** Over which it takes rates. */
  readonly windowSeconds: number;
}

/**
 * What the time consisted of from the beginning of a shortage until as many replicas were asked for as ended it; the steps are in the order
 * in which they began, and add up. Empty where enough had been asked for before.
 *
 * Until the first decision on a sample read after the beginning it is scrape, lag and tick. From each decision to the next one it is to the
 * account of the first: of its metrics where they alone asked for too little, else of its reason. A command on older samples (a forecast,
 * the clock) only waited for its tick.
 */
export function engineSteps(
  { workload, from, cure: { askedAt, replicas } }: CuredShortage,
  decisions: readonly Decision[],
  times: MetricTimes,
): readonly ResponseStep[] {
  const made = decisions.filter(
    ({ at, workload: of, counts }) => of === workload && counts !== 'nodes' && at / 1e6 >= from && at / 1e6 <= askedAt,
  );
  const first = made.findIndex((decision) => sampledAt(decision) > from);
  if (first < 0) return [{ what: 'tick' as const, seconds: askedAt - from }].filter(lasts);
  const informed = made[first];
  const seen = informed.at / 1e6 - sampledAt(informed);
  const lag = Math.min(seen, times.lagSeconds);
  const steps: ResponseStep[] = [
    { what: 'scrape', seconds: sampledAt(informed) - from },
    { what: 'lag', seconds: lag },
    { what: 'tick', seconds: seen - lag },
  ];
  for (let i = first; i < made.length; i += 1) {
    const until = i + 1 < made.length ? made[i + 1].at / 1e6 : askedAt;
    steps.push(lacking(made[i], until - made[i].at / 1e6, { from, replicas, windowSeconds: times.windowSeconds }));
  }
  return merged(steps.filter(lasts));
}

interface Need {
  readonly from: number;
  readonly replicas: number;
  readonly windowSeconds: number;
}

/** Why a decision did not ask for enough. */
function lacking(decision: Decision, seconds: number, { from, replicas, windowSeconds }: Need): ResponseStep {
  const { rawDesired, reason, metrics, winner } = decision;
  if (rawDesired === null || rawDesired >= replicas) return { what: 'held', seconds, reason };
  const reachesBack = sampledAt(decision) - windowSeconds < from;
  const isDiluted = reachesBack && metrics.some((metric) => metric.name === winner && isRate(metric));
  return { what: isDiluted ? 'window' : 'metric', seconds, asked: { least: rawDesired, most: rawDesired } };
}

/** Rates are taken over the window of the scenario's metrics; gauges are as they are, expressions have windows of their own. */
function isRate({ name, unit, age }: MetricReading): boolean {
  return age === undefined && !name.startsWith('memory') && (unit === '%' || unit === 'millicores' || unit === '/s');
}

/** Neighbours of one kind are one step. */
function merged(steps: readonly ResponseStep[]): readonly ResponseStep[] {
  const all: ResponseStep[] = [];
  for (const step of steps) {
    const last = all.at(-1);
    if (last === undefined || last.what !== step.what || last.reason !== step.reason) {
      all.push(step);
      continue;
    }
    const seconds = last.seconds + step.seconds;
    all[all.length - 1] =
      last.asked === undefined || step.asked === undefined
        ? { ...last, seconds }
        : {
            ...last,
            seconds,
            asked: {
              least: Math.min(last.asked.least, step.asked.least),
              most: Math.max(last.asked.most, step.asked.most),
            },
          };
  }
  return all;
}

function lasts({ seconds }: ResponseStep): boolean {
  return seconds > 0;
}

/** When its newest sample was read, in seconds; -Infinity where there was none. */
function sampledAt({ at, dataAgeSeconds }: Decision): number {
  return dataAgeSeconds === null ? -Infinity : at / 1e6 - dataAgeSeconds;
}
