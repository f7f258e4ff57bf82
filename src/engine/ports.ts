import type { ZodType } from 'zod';
import type { Command } from '../domain/command.js';
import type { Decision, MetricReading, ResourceRule, Rule, VerticalDecision } from '../domain/decision.js';
import type { EngineNodePool, EnginePods, EngineWorkload } from '../domain/engine-config.js';
import type { ContainerExited, ContainerOomKilled, PodEvictionRefused, PodResizeRefused } from '../domain/fact.js';
import type { Forecast } from '../domain/forecast.js';
import type { Observation, PodView } from '../domain/observation.js';
import type { PodResources } from '../domain/pod-resources.js';
import type { ClusterPlan } from '../domain/scheduling/cluster-plan.js';
import type { PlanPod } from '../domain/scheduling/plan-pod.js';
import type { UsageCheckpoint } from '../domain/usage-history.js';
import type { Micros } from '../kernel/micros.js';

/** Where the engine's commands and decisions leave, in the order they are made. */
export interface Outbox {
  command(command: Command): void;
  decision(decision: Decision): void;
}

/** Where a configuration is to work. */
export interface ConfigPlace {
  readonly workload: EngineWorkload;
  /** Names of all workloads that the engine manages. */
  readonly workloads: readonly string[];
  /** Names of the metrics by expression that can be read of a workload; absent where there are none. */
  readonly metricsOf?: (workload: string) => readonly string[];
}

/** What is wrong with a configuration that its schema alone cannot know. */
export interface Objection {
  /** Steps from the extension's own section to the value. */
  readonly path: readonly (string | number)[];
  /** What was expected and what was found, in one sentence without a full stop. */
  readonly problem: string;
  /** How to mend it, in one imperative sentence. */
  readonly hint: string;
}

/** An extension by name: what the scenario schema, the documentation and `hindcast list` are derived from. */
export interface Definition<Made> {
  readonly name: string;
  /** One line. */
  readonly description: string;
  /** Schema of its own section of a scenario, without the name; every field has a default or is required there. */
  readonly schema: ZodType;
  /** What is wrong with an accepted `config` in view of the workload and of the other workloads' names; null when nothing is. */
  readonly judge?: (config: unknown, place: ConfigPlace) => Objection | null;
  /** Makes a fresh instance; `config` must have been accepted by `schema`. */
  create(config: unknown, workload: EngineWorkload): Made;
}

/** A change of the replicas asked for that left the engine as a command. */
export interface CommandedChange {
  /** Due time of the tick that commanded it. */
  readonly at: Micros;
  readonly from: number;
  readonly to: number;
}

/** From a change of the load until the pods that answer it serve, as the engine has measured it so far. */
export interface LeadTime {
  /** All parts together. */
  readonly micros: Micros;
  /** Age of the newest sample at a tick: lag of the pipeline and time since the last scrape. */
  readonly metricsMicros: Micros;
  /** Period of the ticks: a change just after one waits for the next. */
  readonly periodMicros: Micros;
  /** From a pod's creation until it has a node, new nodes included; the 90th percentile of the newest pods. */
  readonly placementMicros: Micros;
  /** From there until it is ready; the same. */
  readonly startMicros: Micros;
  /** Pods that the last two rest on; with 0 they are a guess of zero. */
  readonly pods: number;
}

/** What a horizontal policy sees at a tick. */
export interface HorizontalInput {
  /** Due time of the tick. */
  readonly now: Micros;
  /** Instant zero of the run for schedules, in microseconds since 1970-01-01T00:00Z. */
  readonly originEpochMicros: number;
  readonly workload: EngineWorkload;
  /** Replicas asked for at present. */
  readonly specReplicas: number;
  /** Pods that exist and are not terminating. */
  readonly statusReplicas: number;
  /** Pods in order of creation, terminating ones included. */
  readonly pods: readonly PodView[];
  readonly observation: Observation;
  /** What is known at this tick of every workload that the engine manages, by name, this one included. */
  readonly observations: ReadonlyMap<string, Observation>;
  readonly forecast: Forecast;
  /** How long the way from a metric to a ready pod has been. */
  readonly leadTime: LeadTime;
  /**
   * What was commanded for this workload at the tick before, after bounds and quota; null when nothing was. A policy that limits
   * its own changes counts these and not its proposals, of which a quota may have left less.
   */
  readonly commanded: CommandedChange | null;
}

/** What a horizontal policy asks for, with everything that led there. */
export interface HorizontalProposal {
  /** What the metrics alone asked for; null when none was valid. */
  readonly rawDesired: number | null;
  /** Replicas asked for; the same as `specReplicas` to hold. Finite, whole, not negative. */
  readonly desired: number;
  /** It holds because it knows nothing, and would leave the choice to any policy that does; absent means that it means what it asks for. */
  readonly abstains?: true;
  /** It only wants no fewer than these, and holds what is more because it does not decide about that; absent means that it means `desired`. */
  readonly floor?: number;
  readonly winner: string | null;
  readonly metrics: readonly MetricReading[];
  readonly rules: readonly Rule[];
  /** One word for the table of reasons, as 'within-tolerance', 'scaled-up', 'no-valid-metric', 'stabilized'. */
  readonly reason: string;
}

/** What pods request. */
export type Resource = 'cpu' | 'memory';

/** A horizontal policy with its memory. Called once a tick, in the order of ticks; it may read nothing but its input. */
export interface HorizontalPolicy {
  /** What of the pods it scales by, directly or by a share of requests, so that a vertical policy can leave it alone. Absent means nothing. */
  readonly resources?: readonly Resource[];
  /** Horizons that it wants forecast besides the standard ones; called before `decide` of the same tick. Absent means none. */
  horizons?(leadTime: LeadTime): readonly Micros[];
  decide(input: HorizontalInput): HorizontalProposal;
}

/** A horizontal policy by name. */
export type PolicyDefinition = Definition<HorizontalPolicy>;

/** What has befallen a pod that a vertical policy has to know of. */
export type PodIncident = ContainerOomKilled | ContainerExited | PodResizeRefused | PodEvictionRefused;

/** What a vertical policy sees at a tick. */
export interface VerticalInput {
  /** Due time of the tick. */
  readonly now: Micros;
  readonly workload: EngineWorkload;
  /** What the manifest gives a pod. */
  readonly manifest: PodResources;
  /** What a pod that were created now would get. */
  readonly template: PodResources;
  /** Pods in order of creation, terminating ones included. */
  readonly pods: readonly PodView[];
  readonly observation: Observation;
  /** Since the tick before, in order. */
  readonly incidents: readonly PodIncident[];
  /** Replicas asked for at present. */
  readonly specReplicas: number;
  /** What the horizontal policy asks for at this tick. */
  readonly horizontal: HorizontalProposal;
  /** What the horizontal policy scales by, whatever it asks for at this tick. */
  readonly scaledBy: readonly Resource[];
}

/** What a vertical policy asks for, with everything that led there. */
export interface VerticalProposal {
  readonly recommendation: VerticalDecision['recommendation'];
  /** What pods are to be created with; the same as the input's to hold. */
  readonly template: PodResources;
  /** Pods to evict, so that they come back with the template; in that order. */
  readonly evict: readonly string[];
  /** Pods to resize in place, in that order. */
  readonly resize: readonly { readonly pod: string; readonly resources: PodResources }[];
  readonly rules: readonly ResourceRule[];
  /**
   * Keeps the replicas at the rule's `after` at this tick whatever the horizontal policy asks for, because both would act on the same
   * resource; null to let it have its way.
   */
  readonly holdsHorizontal: Rule | null;
  /** One word for the table of reasons. */
  readonly reason: string;
}

/** A policy of the requests and limits of a workload's pods, with its memory. Called once a tick, in the order of ticks. */
export interface VerticalPolicy {
  decide(input: VerticalInput): VerticalProposal;
  /** What another run may begin with as its workload's `usageHistory`; null where it has seen nothing. Absent means that it keeps nothing. */
  history?(now: Micros): UsageCheckpoint | null;
}

/** A vertical policy by name. */
export type VerticalPolicyDefinition = Definition<VerticalPolicy>;

/** A forecaster with its memory. `observe` comes once a tick before `forecast`; neither may look at anything later than `at`. */
export interface Forecaster {
  observe(observation: Observation): void;
  /** Expected load at each horizon, or an abstention with its reason. */
  forecast(at: Micros, horizonsMicros: readonly Micros[]): Forecast;
}

/** A forecaster by name. */
export type ForecasterDefinition = Definition<Forecaster>;

/** A node of a pool whose number may change, as the engine knows it. */
export interface NodeView {
  readonly name: string;
  /** When it was asked for. */
  readonly launchedAt: Micros;
  /** Since when it takes pods; null while it is on its way. */
  readonly readyAt: Micros | null;
  /** Since when no pod that the engine knows of is bound to it; null while one is, and while it is on its way. */
  readonly emptySince: Micros | null;
}

/** Pods of one workload that fit nowhere, neither on the nodes there are nor on those that are on their way. */
export interface UnplacedPods {
  readonly workload: EnginePods;
  readonly pods: number;
}

/** The nodes there are and those on their way, and the pods that fit on none of them, in a plan to try placements in. */
export interface InThought {
  /** Whoever provides a node adds it, with its pods, for those who come after. */
  readonly plan: ClusterPlan;
  /** The highest priority first. */
  readonly waiting: readonly PlanPod[];
}

/** What a node policy sees at a tick. */
export interface NodeInput {
  /** Due time of the tick. */
  readonly now: Micros;
  /** Instant zero of the run for schedules, in microseconds since 1970-01-01T00:00Z. */
  readonly originEpochMicros: number;
  readonly pool: EngineNodePool;
  /** Nodes asked for at present. */
  readonly specNodes: number;
  /** Nodes on their way or in service, in the order in which they were asked for. */
  readonly nodes: readonly NodeView[];
  /** Nodes asked for that were not to be had at the last try; nothing waits for them. Absent means none. */
  readonly refused?: number;
  /** In the order of the workloads; what a pool before this one provides for is left out. */
  readonly unplaced: readonly UnplacedPods[];
  /** The same pods one by one; absent where pods ask for nothing but room. */
  readonly inThought?: InThought;
}

/** How many nodes a policy asks for, with everything that led there. */
export interface NodeProposal {
  /** Nodes asked for; the same as `specNodes` to hold. Finite, whole, not negative. */
  readonly desired: number;
  /** Nodes to take first where there are too many, by name. */
  readonly remove: readonly string[];
  /** Nodes to take down whatever their number, by name; others take their place where `desired` is as before. Absent means none. */
  readonly retire?: readonly string[];
  /** Pods that it does not provide for, left to the pools after this one. */
  readonly unplaced: readonly UnplacedPods[];
  /** The same pods one by one, where it was given them so and provides for some; absent means that all are left. */
  readonly waiting?: readonly PlanPod[];
  readonly rules: readonly Rule[];
  /** One word for the table of reasons. */
  readonly reason: string;
}

/** A policy of the number of a pool's nodes, with its memory. Called once a tick, in the order of ticks and pools. */
export interface NodePolicy {
  decide(input: NodeInput): NodeProposal;
}

/** A node policy by name. */
export interface NodePolicyDefinition {
  readonly name: string;
  /** One line. */
  readonly description: string;
  /** Schema of its own section of a scenario, without the name; every field has a default or is required there. */
  readonly schema: ZodType;
  /** Makes a fresh instance; `config` must have been accepted by `schema`. */
  create(config: unknown): NodePolicy;
}
