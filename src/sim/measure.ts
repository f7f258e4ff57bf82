import type { Measurement, NodeRecord, PodRecord } from '../domain/measurement.js';
import { type Micros, micros } from '../kernel/micros.js';
import type { Cluster } from './cluster.js';
import type { JvmBooks } from './jvm/jvm-books.js';
import type { ExactPlane } from './requests/request-plane.js';
import type { Node } from './nodes/node.js';
import type { Pod } from './pods/pod.js';
import type { StepRecorder } from './series/step-recorder.js';

/** Gathers what a run has yielded so far, from the request path's books and the control plane's. */
export function measure(
  plane: ExactPlane,
  cluster: Cluster,
  recorder: StepRecorder,
  { jvms, end }: { readonly jvms: ReadonlyMap<string, JvmBooks>; readonly end: Micros },
): Measurement {
  const { failed } = cluster.supply;
  // A machine that the provider did not give was never a node.
  const refused = new Set(failed.filter(({ cause }) => cause === 'refused').map(({ node }) => node));
  return {
    fromMicros: micros(0),
    toMicros: end,
    totals: plane.totals(),
    visits: plane.visits(),
    queues: plane.queues(),
    series: recorder.series(),
    pods: [...cluster.workloads.values()].flatMap((workload) => workload.history.map(podRecord)),
    nodes: cluster.nodes.filter(({ name, paidFrom }) => paidFrom !== null || !refused.has(name)).map(nodeRecord),
    ...(failed.length === 0 ? {} : { failedLaunches: [...failed] }),
    ...(cluster.rollouts.length === 0 ? {} : { rollouts: cluster.rollouts.map((record) => ({ ...record })) }),
    ...(jvms.size === 0 ? {} : { jvms: Object.fromEntries([...jvms].map(([name, books]) => [name, books.totals()])) }),
    scaling: [...cluster.scaling],
    nodeScaling: [...cluster.nodeScaling],
  };
}

function podRecord(pod: Pod): PodRecord {
  const {
    workload,
    ordinal,
    createdAt,
    scheduledAt,
    readyAt,
    terminatingAt,
    removedAt,
    removalReason,
    waits,
    requests,
    preempted,
  } = pod;
  const times = { createdAt, scheduledAt, readyAt, terminatingAt, removedAt };
  const made = preempted ? { preempted } : {};
  return { workload, ordinal, ...times, requests: [...requests], waits: [...waits], reason: removalReason, ...made };
}

function nodeRecord({ name, pool, paidFrom, readyAt, removedAt, removalReason, outages, stops }: Node): NodeRecord {
  const { instanceType, pricePerHour, elastic } = pool;
  const disk = elastic?.warmPool?.diskPricePerHour ?? 0;
  return {
    node: name,
    pool: pool.name,
    instanceType,
    pricePerHour,
    paidFrom,
    readyAt,
    removedAt,
    ...(stops.length === 0 ? {} : { stops: { times: stops.map((stop) => ({ ...stop })), pricePerHour: disk } }),
    reason: removalReason,
    outages: [...outages],
  };
}
