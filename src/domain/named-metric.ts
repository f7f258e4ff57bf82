import type { Micros } from '../kernel/micros.js';

/**
 * What a metric counts for while it has no value, or none that is recent enough.
 *
 * `fail`: it is an error, as to Kubernetes a metric that cannot be read (nothing is scaled in), to KEDA a trigger that fails (its fallback
 * counts), to CloudWatch `missing`. `hold`: it asks for the replicas that are there, CloudWatch's `ignore`. `ignore`: it is left out, and the
 * other metrics decide. `zero`: it is 0, KEDA's `ignoreNullValues`, CloudWatch's `notBreaching` for an alarm above. `last`: the last value
 * counts on for a while, and then it fails.
 */
export type MissingData =
  { readonly do: 'fail' | 'hold' | 'ignore' | 'zero' } | { readonly do: 'last'; readonly forMicros: Micros };

/** A metric by expression, as the engine is told of it beforehand. */
export interface EngineMetric {
  readonly name: string;
  /** Who can scale by it, and what its selectors are about where they do not say; null means every workload. */
  readonly workload: string | null;
  /** In the part of PromQL that the collector knows. */
  readonly expr: string;
  /** Half-life of exponential smoothing; null means none. */
  readonly smoothingMicros: Micros | null;
  /** It counts as missing when the sample it is as old as is older. */
  readonly staleAfterMicros: Micros;
  readonly missing: MissingData;
}

/** How old a number is, link by link: it was read at `sampledAt`, was on its way for the lag, and looks back over the window. */
export interface DataAge {
  readonly sampledAt: Micros;
  readonly lagMicros: Micros;
  /** 0 for a gauge. */
  readonly windowMicros: Micros;
}

/** What was done about a metric without a value, and why it had none. */
export interface MissingOutcome {
  readonly done: MissingData['do'];
  readonly why: string;
}

/** One number of a metric: of a pod where the expression keeps that label. */
export interface MetricElement {
  readonly pod: string | null;
  readonly value: number;
}

/** A metric by expression at a tick. */
export interface NamedMetric {
  /** What counts; none where it failed, is held or is ignored. */
  readonly elements: readonly MetricElement[];
  /** Null where no sample was ever there. */
  readonly age: DataAge | null;
  /** Null where nothing was missing. */
  readonly missing: MissingOutcome | null;
}
