import type { Micros } from '../../../kernel/micros.js';

/** A number of replicas on its way from what metrics ask for to what is carried out. */
export interface Recommended {
  /** Replicas asked for at present. */
  readonly current: number;
  readonly desired: number;
  readonly now: Micros;
}
