import type { ClusterSpec } from '../../domain/cluster-spec.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { Streams } from '../../kernel/streams.js';
import type { ExactPlane } from '../requests/request-plane.js';
import type { WorkloadPort } from '../data-plane.js';
import { BalancerView } from '../endpoints/balancer-view.js';
import { EndpointFeed } from '../endpoints/endpoint-feed.js';
import { HealthChecks } from '../endpoints/health-checks.js';
import type { ImagePulls } from '../images/image-pulls.js';
import { StepUsage } from '../series/step-usage.js';
import type { SimContext } from '../sim-context.js';
import { DrainRules } from './drain-rules.js';
import type { Pod } from './pod.js';
import { PodLifecycle } from './pod-lifecycle.js';
import { PodTemplate } from './pod-template.js';

/** One workload of the simulated world with everything that belongs to it alone. */
export interface SimWorkload {
  readonly spec: WorkloadSpec;
  readonly port: WorkloadPort;
  /** What its pods are created as. */
  readonly template: PodTemplate;
  /** Pods that exist, in the order of their creation. */
  readonly pods: Set<Pod>;
  /** Every pod there ever was, by ordinal. */
  readonly history: Pod[];
  readonly feed: EndpointFeed;
  readonly usage: StepUsage;
  readonly lifecycle: PodLifecycle;
  readonly checks: HealthChecks;
  /** Which pods leave first when there are too many, and how long they may take. */
  readonly draining: DrainRules;
}

/** What all workloads of a world share. */
export interface SimWorkloadParts {
  readonly context: SimContext;
  readonly plane: ExactPlane;
  readonly streams: Streams;
  readonly habits: ClusterSpec;
  readonly images: ImagePulls | null;
  /** A pod's place is free again. */
  readonly release: (pod: Pod, now: Micros) => void;
}

/** Builds a workload without pods, at the current instant. */
export function simWorkload(spec: WorkloadSpec, parts: SimWorkloadParts): SimWorkload {
  const { context, plane, streams, habits, images, release } = parts;
  const { timeline } = context;
  const port = plane.workload(spec.name);
  const pods = new Set<Pod>();
  const view = new BalancerView(port);
  const feed = new EndpointFeed(timeline, view, spec.balancer.endpointLagMicros);
  const usage = new StepUsage(timeline.now);
  const checks = new HealthChecks(timeline, view);
  if (spec.balancer.health !== null) checks.set(spec.balancer.health, timeline.now);
  const draining = new DrainRules();
  const lifecycle = new PodLifecycle({
    context,
    spec,
    port,
    starts: streams.stream('start', spec.name),
    habits,
    images,
    feed,
    usage,
    draining,
    gone: (pod, now) => {
      pods.delete(pod);
      release(pod, now);
    },
  });
  return {
    spec,
    port,
    template: new PodTemplate(spec.pod),
    pods,
    history: [],
    feed,
    usage,
    lifecycle,
    checks,
    draining,
  };
}
