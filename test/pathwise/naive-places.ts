import type { DependencySpec, ServingSpec } from '../../src/domain/world-spec.js';
import { NaiveCfs } from './naive-cfs.js';
import type { Place } from './naive-nouns.js';
import { NaiveFcfs, NaiveSharing, type NaiveStation } from './naive-station.js';

/** The station of a pod. */
export function podStation({ discipline, concurrency, queueLimit, cpuCores, quota }: ServingSpec): NaiveStation {
  if (discipline === 'processor-sharing') return new NaiveSharing(concurrency, queueLimit, cpuCores);
  if (discipline === 'cfs') return new NaiveCfs(concurrency, queueLimit, cpuCores, quota);
  return new NaiveFcfs(concurrency, queueLimit);
}

/** A dependency behind its rate limit: a bucket that holds one second's worth of tokens, full at first. */
export function dependencyPlace({ rateLimit }: DependencySpec, station: NaiveStation): Place {
  if (rateLimit === null) return { choose: () => station, patience: null, connections: null, fleet: null };
  const full = Math.max(1, rateLimit);
  let tokens = full;
  let filledAt = 0;
  const choose = (_ordinal: number, _salt: number, at: number): NaiveStation | null => {
    tokens = Math.min(full, tokens + ((at - filledAt) * rateLimit) / 1e6);
    filledAt = at;
    if (tokens < 1) return null;
    tokens -= 1;
    return station;
  };
  return { choose, patience: null, connections: null, fleet: null };
}
