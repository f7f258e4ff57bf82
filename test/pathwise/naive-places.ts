import type { DependencySpec, PodSpec, ServingSpec } from '../../src/domain/world-spec.js';
import { NaiveCfs } from './naive-cfs.js';
import type { Place } from './naive-nouns.js';
import { NaiveFcfs, NaiveSharing, type NaiveStation } from './naive-station.js';

/** The station of a pod, which may have to warm up. */
export function podStation({ serving, warmUp }: PodSpec): NaiveStation {
  const station = disciplined(serving);
  const { factor, requests } = warmUp ?? {};
  if (factor === undefined || requests === undefined) return station;
  const offer = station.offer.bind(station);
  let taken = 0;
  station.offer = (visit, at) => {
    visit.cpu *= 1 + (factor - 1) * Math.exp(-taken / requests);
    const aboard = offer(visit, at);
    if (aboard) taken += 1;
    return aboard;
  };
  return station;
}

function disciplined({ discipline, concurrency, queueLimit, cpuCores, quota }: ServingSpec): NaiveStation {
  if (discipline === 'processor-sharing') return new NaiveSharing(concurrency, queueLimit, cpuCores);
  if (discipline === 'cfs') return new NaiveCfs(concurrency, queueLimit, cpuCores, quota);
  return new NaiveFcfs(concurrency, queueLimit);
}

/** A dependency behind its rate limit: a bucket that holds one second's worth of tokens, full at first. */
export function dependencyPlace({ rateLimit }: DependencySpec, station: NaiveStation): Place {
  if (rateLimit === null) return { choose: () => station, patience: null, connections: null };
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
  return { choose, patience: null, connections: null };
}
