import type { DecayingCheckpoint, UsageCheckpoint } from '../../../domain/usage-history.js';
import { wholeHalfLife } from './decaying-histogram.js';
import type { HalfLives } from './usage-aggregate.js';

/**
 * The same history by a clock that shows `byMicros` more. References stay multiples of the half-life on the new clock too, so weights, which are
 * those at the reference, are worked out anew; proportions stay.
 */
export function shiftCheckpoint(
  checkpoint: UsageCheckpoint,
  byMicros: number,
  { cpuMicros, memoryMicros }: HalfLives,
): UsageCheckpoint {
  return {
    ...checkpoint,
    firstSampleMicros: later(checkpoint.firstSampleMicros, byMicros),
    lastSampleMicros: later(checkpoint.lastSampleMicros, byMicros),
    cpu: shifted(checkpoint.cpu, byMicros, cpuMicros),
    memory: shifted(checkpoint.memory, byMicros, memoryMicros),
  };
}

function shifted(kept: DecayingCheckpoint, byMicros: number, halfLifeMicros: number): DecayingCheckpoint {
  if (kept.referenceMicros === null) return kept;
  const exact = kept.referenceMicros + byMicros;
  const referenceMicros = wholeHalfLife(exact, halfLifeMicros);
  return {
    ...kept,
    referenceMicros,
    totalWeight: kept.totalWeight * 2 ** ((exact - referenceMicros) / halfLifeMicros),
  };
}

function later(at: number | null, byMicros: number): number | null {
  return at === null ? null : at + byMicros;
}
