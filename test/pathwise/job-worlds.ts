import type { ConsumerSpec, QueueSpec } from '../../src/domain/queue-spec.js';
import type { ServingSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { micros } from '../../src/kernel/micros.js';
import { onlyClass, planeWorld, podWorkload, steadyTraffic } from '../sim/requests/plane-world.js';
import type { JobEnd, PodEvent } from './naive-queue.js';

/** A world of one queue, and what happens to its pods. */
export interface JobWorld {
  readonly name: string;
  /** Ends that must come up, beside jobs that are done. */
  readonly shows: readonly JobEnd[0][];
  readonly make: (jobs: number) => { readonly world: WorldSpec; readonly script: readonly PodEvent[] };
}

/** Long, so that hardly ever two pods end a job in the same microsecond, when either may ask first. */
const MEAN = 10_000_000;
const PODS = 5;
const WORKERS = 3;

interface Habits {
  readonly name: string;
  readonly load: number;
  readonly queue?: Partial<QueueSpec>;
  readonly consumer?: Partial<ConsumerSpec>;
  readonly serving?: Partial<ServingSpec>;
  /** Pods stop and die throughout. */
  readonly restless?: boolean;
  readonly shows?: readonly JobEnd[0][];
}

const visibility = { visibilityTimeoutMicros: micros(MEAN * 4), redelivery: 'visibility-timeout' } as const;
const shared = { discipline: 'processor-sharing', concurrency: Infinity, cpuCores: WORKERS } as const;

const habits: readonly Habits[] = [
  { name: 'jobs, pushed', load: 0.9 },
  { name: 'jobs, more than workers prefetched', load: 0.9, consumer: { prefetch: WORKERS * 3 } },
  {
    name: 'jobs, polled, on their way for a while',
    load: 0.8,
    consumer: { pollMicros: micros(7_000_001), receiveLatency: { kind: 'exponential', mean: MEAN * 0.2 } },
  },
  { name: 'jobs, shared cores', load: 0.85, serving: shared, consumer: { prefetch: 8 } },
  { name: 'jobs, visibility time-out', load: 0.7, queue: { ...visibility, maxReceives: 3 }, restless: true },
  {
    name: 'jobs, visibility time-out, shared cores',
    load: 0.6,
    queue: visibility,
    serving: shared,
    consumer: { prefetch: 6 },
    restless: true,
  },
  {
    name: 'jobs, redelivered on disconnect',
    load: 0.8,
    queue: { maxReceives: 1 },
    consumer: { prefetch: 6 },
    restless: true,
    shows: ['dead'],
  },
  {
    name: 'jobs, everything at once',
    load: 1.1,
    queue: { ...visibility, maxReceives: 4, retentionMicros: micros(MEAN * 4), limit: 64 },
    consumer: {
      prefetch: 5,
      pollMicros: micros(3_333_337),
      receiveLatency: { kind: 'exponential', mean: MEAN * 0.15 },
    },
    restless: true,
    shows: ['expired', 'refused'],
  },
];

/** Worlds of one queue: how pods ask, what is delivered again, what is lost. */
export const jobWorlds: readonly JobWorld[] = habits.map((one) => ({
  name: one.name,
  shows: one.shows ?? [],
  make: (jobs) => build(one, jobs),
}));

function build({ load, queue, consumer, serving, restless }: Habits, jobs: number): ReturnType<JobWorld['make']> {
  const perSecond = (load * PODS * WORKERS * 1e6) / MEAN;
  const publishes = Math.round((jobs / perSecond) * 1e6);
  const endMicros = publishes + 400 * MEAN;
  const work = onlyClass({
    cpu: { kind: 'erlang', k: 2, mean: MEAN * 0.8 },
    wait: { kind: 'exponential', mean: MEAN * 0.2 },
    calls: [],
  });
  const pod = podWorkload('worker', { count: PODS * 2 }, { concurrency: WORKERS, ...serving });
  const world = planeWorld({
    seed: 11,
    endMicros,
    traffic: [
      { ...steadyTraffic('jobs', 'worker', { perSecond, endMicros: publishes }, { classes: [work] }), queue: 'jobs' },
    ],
    workloads: [{ ...pod, consumes: { queue: 'jobs', prefetch: WORKERS, pollMicros: micros(0), ...consumer } }],
  });
  const spec: QueueSpec = {
    name: 'jobs',
    slo: { latencyMicros: micros(MEAN * 5), target: 0.99 },
    redelivery: 'on-disconnect',
    ...queue,
  };
  return { world: { ...world, queues: [spec] }, script: scriptOf(restless === true ? publishes : 0) };
}

/** Half of the pods open one after the other; then, in turn, one stops, another opens, and the first dies, some of its work unfinished. */
function scriptOf(until: number): readonly PodEvent[] {
  const script: PodEvent[] = Array.from({ length: PODS }, (_, pod) => ({ at: 7919 * (pod + 1), pod, what: 'opens' }));
  const free = Array.from({ length: PODS }, (_, i) => PODS + i);
  const open = script.map(({ pod }) => pod);
  for (let at = 40 * MEAN; at < until; at += 23 * MEAN + 12_347) {
    const [leaving, coming] = [open.shift()!, free.shift()!];
    script.push({ at, pod: leaving, what: 'stops' });
    script.push({ at: at + 1_013, pod: coming, what: 'opens' });
    script.push({ at: at + MEAN, pod: leaving, what: 'dies' });
    open.push(coming);
    free.push(leaving);
  }
  return script;
}
