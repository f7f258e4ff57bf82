import type { Micros } from '../../kernel/micros.js';

/** When a run takes place: the warm-up ends at time zero, which is `originEpochMicros` after 1970-01-01T00:00Z. */
export interface RunSpan {
  readonly originEpochMicros: number;
  readonly warmUpMicros: Micros;
  readonly durationMicros: Micros;
}
