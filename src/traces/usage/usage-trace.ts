/** What one machine or container used, sample by sample. */
export interface UsageSeries {
  readonly name: string;
  /** When each sample was taken, in whole microseconds from the start of the trace, rising. Steps need not be equal. */
  readonly timesMicros: Float64Array;
  /** Thousandths of a core; NaN where there is no sample. */
  readonly cpuMillis: Float64Array;
  /** null where memory was not recorded; NaN where there is no sample. */
  readonly memoryMiB: Float64Array | null;
}

/** A recording of usage. */
export interface UsageTrace {
  readonly name: string;
  /** Start of the recording, microseconds since 1970-01-01T00:00Z; null where it counts from its own start. */
  readonly startEpochMicros: number | null;
  readonly series: readonly UsageSeries[];
  /** What was assumed while reading, one sentence each. */
  readonly notes: readonly string[];
  /** SHA-256 of the file's bytes as they lie on disk, in hexadecimal. */
  readonly sha256: string;
}

/** What a recording does not say of the machine it was made on. */
export interface UsageTraceOptions {
  /** Cores of which 100% is; 1 for virtual machines, 96 for the machines of Alibaba's trace of 2018 unless given. */
  readonly cores?: number;
  /** MHz of one core, where usage is in MHz and the capacity is not recorded; 2600 unless given. */
  readonly mhzPerCore?: number;
  /** Memory of which 100% is; without it a percentage of memory says nothing and is left out. */
  readonly memoryMiB?: number;
  /** Unit of a table with a column for each machine; told by its size unless given. */
  readonly unit?: 'percent' | 'MHz';
}
