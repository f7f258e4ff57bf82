import type { ServingSpec } from '../../src/domain/world-spec.js';
import { NaiveFcfs, NaiveSharing, type NaiveStation } from './naive-station.js';

/** What a pod that takes jobs serves them with. */
export function workerStation({ discipline, concurrency, queueLimit, cpuCores }: ServingSpec): NaiveStation {
  if (discipline === 'processor-sharing') return new NaiveSharing(concurrency, queueLimit, cpuCores);
  return new NaiveFcfs(concurrency, queueLimit);
}
