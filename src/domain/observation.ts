import type { Micros } from '../kernel/micros.js';
import type { DataAge, NamedMetric } from './named-metric.js';
import type { PodResources } from './pod-resources.js';

/** A pod as the engine knows it from what it was told; it never sees the simulator's own state. */
export interface PodView {
  readonly name: string;
  readonly createdAt: Micros;
  /** Kubernetes' status.startTime: when it was bound to a node; null while pending. */
  readonly scheduledAt: Micros | null;
  /** The container runs. */
  readonly started: boolean;
  /** The Ready condition; null before the kubelet has reported one. */
  readonly ready: boolean | null;
  /** When the Ready condition last changed; null before it was first reported. */
  readonly readyChangedAt: Micros | null;
  readonly terminating: boolean;
  /** Absent means those of the manifest. */
  readonly resources?: PodResources;
  /** Which revision of its workload made it; absent where nobody said. */
  readonly revision?: number;
}

/** What a JVM reports of its memory. */
export interface HeapUsage {
  /** Heap in use after the newest collection of all of it. */
  readonly liveMiB: number;
  readonly nonHeapMiB: number;
  /** Rate at which objects grow old. */
  readonly fillMiBPerSecond: number;
}

/** Usage of one pod as the collector has it. */
export interface PodUsage {
  readonly pod: string;
  /** Rate of the CPU counter over the window, in thousandths of a core; null with fewer than two samples. */
  readonly cpuMillis: number | null;
  readonly memoryMiB: number;
  /** Requests waiting or being served at the newest sample. */
  readonly inFlight: number;
  /** What its JVM reported with it; absent where it has none, or has reported nothing yet. */
  readonly heap?: HeapUsage;
  /** When the newest sample was read. */
  readonly sampledAt: Micros;
  /** Time the CPU rate spans. */
  readonly windowMicros: Micros;
}

/** One number about a workload as a whole. */
export interface MetricSample {
  readonly value: number;
  readonly sampledAt: Micros;
}

/** What the collector knows of one workload at one tick: windowed, possibly late, possibly incomplete. */
export interface Observation {
  readonly at: Micros;
  readonly workload: string;
  /** Usage by pod; a pod without a usable sample is absent. */
  readonly pods: readonly PodUsage[];
  /**
   * Named metrics of the workload: 'requests_per_second', 'errors_per_second', 'queue_length', 'in_flight', and where it consumes a queue
   * 'queue_messages', 'queue_age_seconds', 'published_per_second'; absent where not known.
   */
  readonly metrics: Readonly<Record<string, MetricSample>>;
  /** When the newest sample of any kind was read; null before the first. */
  readonly newestSampleAt: Micros | null;
  /** Whether the samples may be acted upon. */
  readonly status: 'fresh' | 'stale' | 'absent';
  /** Why not, in words; empty when fresh. */
  readonly reason: string;
  /** Metrics by expression that the workload can scale by, by name; absent where the configuration has none. */
  readonly named?: ReadonlyMap<string, NamedMetric>;
  /**
   * How old the other numbers are, by name: those of `metrics`, and 'cpu', 'memory' and 'pods/in_flight' of the newest pod; absent where `named`
   * is.
   */
  readonly ages?: ReadonlyMap<string, DataAge>;
}
