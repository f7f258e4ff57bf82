import type { Micros } from '../../../kernel/micros.js';
import type { ResourceName } from './hpa-metric.js';

/** `status.phase` of a pod. */
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

/** Requests by resource in thousandths of its unit; null where not set. */
export type Requests = Readonly<Record<ResourceName, number | null>>;

/** A container as the algorithm sees it. */
export interface ContainerRequests {
  readonly name: string;
  readonly requestMilli: Requests;
}

/** The part of a pod's manifest that counts; pods of one workload may share one object. */
export interface PodTemplate {
  readonly containers: readonly ContainerRequests[];
  readonly initContainers: readonly (ContainerRequests & { readonly restartable: boolean })[];
  /** Requests of the pod as a whole; null where the manifest has none. */
  readonly podRequestMilli: Requests | null;
}

/** The Ready condition of a pod. */
export interface ReadyCondition {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly changedAt: Micros;
}

/** A pod that the workload's selector finds. */
export interface HpaPod {
  readonly name: string;
  readonly phase: PodPhase;
  readonly deleting: boolean;
  /** `status.startTime`; null while unset. */
  readonly startedAt: Micros | null;
  readonly ready: ReadyCondition | null;
  readonly template: PodTemplate;
}

/** One number of one pod, averaged over the window that ends at `at`. */
export interface PodSample {
  readonly pod: string;
  readonly milli: number;
  readonly at: Micros;
  readonly windowMicros: Micros;
}

/** Usage of a pod by container; a container that is listed without a number makes the pod's sum unknown. */
export interface ContainersSample {
  readonly pod: string;
  readonly at: Micros;
  readonly windowMicros: Micros;
  readonly containers: readonly { readonly name: string; readonly milli: number | null }[];
}

/** What the metrics pipeline answered for one metric. */
export type MetricAnswer =
  | { readonly type: 'unavailable'; readonly message: string }
  /** Resource metrics, by container. */
  | { readonly type: 'containers'; readonly pods: readonly ContainersSample[] }
  /** One value a pod: metrics of kind `pods`, and resources already summed over containers. */
  | { readonly type: 'pods'; readonly pods: readonly PodSample[] }
  /** Values of an object (exactly one) or of an external metric (to be summed), in thousandths. */
  | { readonly type: 'values'; readonly milli: readonly number[] };

/** A metric that is not measured at present, by configuration: it asks for the replicas that are there, or is left out. */
export interface UnmeasuredAnswer {
  readonly type: 'hold' | 'ignore';
}

/** Everything a tick may look at. */
export interface HpaInput {
  /** Replicas asked for; whole, 0 or more. */
  readonly specReplicas: number;
  /** Replicas that the workload reports; whole, 0 or more. */
  readonly statusReplicas: number;
  readonly pods: readonly HpaPod[];
  /** One answer for each of the configured metrics, in their order. */
  readonly answers: readonly (MetricAnswer | UnmeasuredAnswer)[];
}
