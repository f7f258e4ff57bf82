import type { ConsumerSpec, QueueSpec } from '../../src/domain/queue-spec.js';
import type { WorldSpec } from '../../src/domain/world-spec.js';
import type { Distribution } from '../../src/kernel/distributions.js';
import { mixKeys } from '../../src/kernel/random.js';
import { Streams } from '../../src/kernel/streams.js';
import { TextHash } from '../../src/kernel/text-hash.js';
import { ArrivalCursor } from '../sim/requests/arrival-cursor.js';
import { NaiveAgenda } from './naive-agenda.js';
import { type Draw, drawn } from './naive-nouns.js';
import { disciplined } from './naive-places.js';
import type { NaiveStation, NaiveVisit } from './naive-station.js';

/** What may be done to a pod from outside, in order of time. */
export interface PodEvent {
  readonly at: number;
  readonly pod: number;
  readonly what: 'opens' | 'stops' | 'dies';
}

/** How a job ended, and when. */
export type JobEnd = readonly [outcome: 'done' | 'dead' | 'expired' | 'refused', at: number];

interface Job {
  readonly ordinal: number;
  readonly cpu: number;
  readonly wait: number;
  readonly publishedAt: number;
  receives: number;
  where: 'waiting' | 'delivered' | 'forgotten';
  done: boolean;
  /** Why it will be lost unless a worker still does it. */
  fate: JobEnd[0];
  /** Deliveries on their way or at a pod. */
  running: number;
  /** Newest delivery. */
  newest: Delivery | null;
}

interface Delivery {
  readonly job: Job;
  readonly pod: NaivePod;
}

interface NaivePod {
  readonly station: NaiveStation;
  open: boolean;
  held: number;
  /** Since when in the order of asking it has had a place free; Infinity where it has none. */
  ticket: number;
  cancelAsk: (() => void) | null;
}

/**
 * One queue of jobs, its source and its pods, written from the description of their behaviour alone: every pod with a place free asks every
 * `pollMicros`, the oldest job is found by looking at all of them, and what is over is looked for everywhere.
 */
export class NaiveQueue {
  readonly ends: JobEnd[] = [];
  redelivered = 0;
  duplicates = 0;
  deadLettered = 0;
  /** Instants at which several pods were through with a job: which of them asks first is not specified. */
  coincidences = 0;
  private readonly agenda = new NaiveAgenda();
  private readonly pods: NaivePod[];
  /** Published so far, and those of them that the broker remembers, the oldest first. */
  private published = 0;
  private remembered: Job[] = [];
  private readonly deliveryOf = new Map<NaiveVisit, Delivery>();
  private readonly queue: QueueSpec;
  private readonly consumer: ConsumerSpec;
  private readonly hop: number;
  private readonly draws: { readonly cpu: Draw; readonly wait: Draw | null; readonly latency: Draw | null };
  private tickets = 0;

  constructor(world: WorldSpec) {
    const streams = new Streams(world.seed);
    const [workload] = world.workloads;
    const [source] = world.traffic;
    const [kind] = source.classes;
    this.queue = world.queues![0];
    this.consumer = workload.consumes!;
    this.hop = new TextHash().add(source.name).words()[0] | 0;
    const entity = `${source.name}/${kind.name}`;
    const draw = (purpose: string, of: string, distribution: Distribution) =>
      drawn(distribution, streams.stream(purpose, of));
    const { receiveLatency } = this.consumer;
    this.draws = {
      cpu: draw('cpu', entity, kind.cpu),
      wait: kind.wait === null ? null : draw('wait', entity, kind.wait),
      latency: receiveLatency === undefined ? null : draw('receive', this.queue.name, receiveLatency),
    };
    this.pods = Array.from({ length: workload.initialReplicas }, () => ({
      station: disciplined(workload.pod.serving),
      open: false,
      held: 0,
      ticket: Infinity,
      cancelAsk: null,
    }));
    const arrivals = new ArrivalCursor(source, streams);
    const plan = (at: number): void => {
      if (at === Infinity) return;
      this.agenda.set(at, 'published', (now) => {
        this.publish(now);
        plan(arrivals.next());
      });
    };
    plan(arrivals.next());
  }

  /** Carries everything through, up to and including `until`. */
  run(until: number): void {
    for (;;) {
      const completion = Math.min(...this.pods.map(({ station }) => station.nextAt));
      const timer = this.agenda.nextAt();
      if (Math.min(completion, timer) > until) return;
      if (timer < completion) this.agenda.runNext();
      else {
        const through = this.pods.filter(({ station }) => station.nextAt === completion);
        if (through.length > 1) this.coincidences += 1;
        this.complete(through[0], completion);
      }
    }
  }

  /** Something happens to a pod, everything up to now having been carried through. */
  happens({ at, pod: index, what }: PodEvent): void {
    const pod = this.pods[index];
    if (what === 'opens') {
      pod.open = true;
      pod.ticket = this.tickets++;
      this.asks(pod, at);
      return;
    }
    pod.open = false;
    pod.ticket = Infinity;
    pod.cancelAsk?.();
    if (what === 'stops') return;
    const aboard = [...this.deliveryOf].filter(([, delivery]) => delivery.pod === pod);
    for (const [visit, delivery] of aboard) {
      this.deliveryOf.delete(visit);
      pod.station.leave(visit, at);
      this.over(delivery, false, at);
    }
  }

  private publish(at: number): void {
    this.expire(at);
    const ordinal = this.published;
    this.published += 1;
    const { cpu, wait } = this.draws;
    const job: Job = {
      ordinal,
      cpu: cpu.sample(cpu.random, ordinal, this.hop),
      wait: wait === null ? 0 : wait.sample(wait.random, ordinal, this.hop),
      publishedAt: at,
      receives: 0,
      where: 'waiting',
      done: false,
      fate: 'refused',
      running: 0,
      newest: null,
    };
    this.remembered.push(job);
    if (this.waiting().length > (this.queue.limit ?? Infinity)) this.forget(job, 'refused', at);
    else this.push(at);
  }

  /** Where the broker pushes, those who have asked get what there is. */
  private push(at: number): void {
    if (this.consumer.pollMicros > 0) return;
    this.expire(at);
    for (;;) {
      const pod = this.pods.filter(({ ticket }) => ticket < Infinity).sort((a, b) => a.ticket - b.ticket)[0];
      const job = this.waiting()[0];
      if (pod === undefined || job === undefined) return;
      this.deliver(job, pod, at);
    }
  }

  private asks(pod: NaivePod, at: number): void {
    if (this.consumer.pollMicros === 0) {
      this.push(at);
      return;
    }
    pod.cancelAsk?.();
    this.expire(at);
    for (let job = this.waiting()[0]; job !== undefined && this.hasPlace(pod); job = this.waiting()[0]) {
      this.deliver(job, pod, at);
    }
    pod.cancelAsk = this.agenda.set(at + this.consumer.pollMicros, 'asks', (then) => {
      if (pod.open) this.asks(pod, then);
    });
  }

  private hasPlace(pod: NaivePod): boolean {
    return pod.open && pod.held < this.consumer.prefetch;
  }

  private deliver(job: Job, pod: NaivePod, at: number): void {
    const delivery = { job, pod };
    job.where = 'delivered';
    job.receives += 1;
    job.running += 1;
    job.newest = delivery;
    if (job.receives > 1) this.redelivered += 1;
    pod.held += 1;
    pod.ticket = this.hasPlace(pod) ? this.tickets++ : Infinity;
    const { visibilityTimeoutMicros } = this.queue;
    if (visibilityTimeoutMicros !== undefined) this.returnsAt(at + visibilityTimeoutMicros, delivery);
    const { latency } = this.draws;
    const takes = latency === null ? 0 : latency.sample(latency.random, job.ordinal, mixKeys(this.hop, job.receives));
    this.agenda.when(at, Math.round(at + takes), 'handed', (then) => this.handed(delivery, then));
  }

  private handed(delivery: Delivery, at: number): void {
    const { job, pod } = delivery;
    if (!pod.open) {
      this.over(delivery, false, at);
      return;
    }
    const { ordinal, cpu, wait } = job;
    const visit: NaiveVisit = {
      ordinal,
      hop: this.hop,
      cpu,
      left: cpu,
      wait,
      state: 'waiting',
      endsAt: Infinity,
      station: pod.station,
    };
    this.deliveryOf.set(visit, delivery);
    pod.station.offer(visit, at);
  }

  private returnsAt(then: number, delivery: Delivery): void {
    this.agenda.set(then, 'visible', (at) => {
      const { job } = delivery;
      if (job.newest !== delivery || job.where !== 'delivered') return;
      if (job.receives >= (this.queue.maxReceives ?? Infinity)) {
        this.deadLettered += 1;
        this.forget(job, 'dead', at);
        return;
      }
      job.where = 'waiting';
      this.agenda.set(at, 'offered', (now) => this.push(now));
    });
  }

  private complete(pod: NaivePod, at: number): void {
    const through: NaiveVisit[] = [];
    for (let visit = pod.station.finish(at); visit !== null; visit = pod.station.finish(at)) through.push(visit);
    for (const visit of through) {
      const delivery = this.deliveryOf.get(visit)!;
      this.deliveryOf.delete(visit);
      pod.station.leave(visit, at);
      this.over(delivery, true, at);
    }
  }

  private over(delivery: Delivery, well: boolean, at: number): void {
    const { job, pod } = delivery;
    job.running -= 1;
    if (well && job.done) this.duplicates += 1;
    if (well && !job.done) {
      job.done = true;
      this.ends[job.ordinal] = ['done', at];
    }
    if (job.newest === delivery && well) job.where = 'forgotten';
    if (job.newest === delivery && !well && job.where === 'delivered' && this.queue.redelivery === 'on-disconnect') {
      this.returnsAt(at + 1, delivery);
    }
    if (job.where === 'forgotten') this.forget(job, job.fate, at);
    const full = pod.ticket === Infinity;
    pod.held -= 1;
    if (!pod.open) return;
    if (full) pod.ticket = this.tickets++;
    this.asks(pod, at);
  }

  private forget(job: Job, fate: JobEnd[0], at: number): void {
    job.where = 'forgotten';
    job.fate = fate;
    this.remembered = this.remembered.filter((other) => other !== job);
    if (job.running === 0 && !job.done) this.ends[job.ordinal] = [fate, at];
  }

  private expire(at: number): void {
    const { retentionMicros } = this.queue;
    if (retentionMicros === undefined) return;
    for (const job of this.waiting()) {
      if (job.publishedAt + retentionMicros <= at) this.forget(job, 'expired', job.publishedAt + retentionMicros);
    }
  }

  private waiting(): Job[] {
    return this.remembered.filter(({ where }) => where === 'waiting');
  }
}
