/** The instants at which requests of one traffic source arrive, one after the other. */
export interface ArrivalProcess {
  /**
   * Writes the next instants, in whole microseconds and never decreasing, and returns how many: fewer than there is room for only
   * at the end of the series.
   */
  fill(out: Float64Array): number;
}
