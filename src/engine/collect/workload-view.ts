import type { EngineConfig } from '../../domain/engine-config.js';
import type { PodCreated, PodsScraped, TrafficScraped } from '../../domain/fact.js';
import type { HeapUsage, Observation, PodUsage, PodView } from '../../domain/observation.js';
import type { PodResources } from '../../domain/pod-resources.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { PodIncident } from '../ports.js';
import { isAmount } from './is-amount.js';
import { LeadTimeGauge } from './lead-time-gauge.js';
import { PodRecord } from './pod-record.js';
import { TrafficRecord } from './traffic-record.js';

/** The pods of a workload at one instant. */
export interface PodCensus {
  /** In order of creation, terminating ones included. */
  readonly views: readonly PodView[];
  /** How many are not terminating. */
  readonly status: number;
  /** How many of those are bound to a node. */
  readonly placed: number;
}

/** One workload as the facts have shown it: replicas asked for, its pods, its samples. */
export class WorkloadView {
  /** Replicas asked for; null until the first `replicasSet`. */
  specReplicas: number | null = null;
  /** What pods are created with; null while that is the manifest. */
  template: PodResources | null = null;
  /** Since somebody took them away, in order. */
  readonly incidents: PodIncident[] = [];
  /** The newest revision that is to take the place of the others; null before the first. */
  rollout: { readonly revision: number; readonly at: Micros } | null = null;
  readonly leadTime = new LeadTimeGauge();
  /** By name, in order of creation. */
  private readonly records = new Map<string, PodRecord>();
  private readonly traffic: TrafficRecord;
  private podsScrapedAt = -Infinity;
  private trafficScrapedAt = -Infinity;
  private counted: PodCensus | null = null;

  constructor(
    private readonly name: string,
    private readonly collector: EngineConfig['collector'],
  ) {
    this.traffic = new TrafficRecord(collector.windowMicros);
  }

  /** A pod appears; told of again, it stays what it was. */
  create({ pod, at, resources, revision }: PodCreated): void {
    if (this.records.has(pod)) return;
    const record = new PodRecord(pod, at, this.collector.windowMicros);
    if (resources !== undefined) record.view = { ...record.view, resources };
    if (revision !== undefined) record.view = { ...record.view, revision };
    this.records.set(pod, record);
    this.counted = null;
  }

  /** What is kept of a pod; undefined where it was never told of, or is gone. */
  record(pod: string): PodRecord | undefined {
    return this.records.get(pod);
  }

  /** What is kept of each pod, in order of creation. */
  everyRecord(): Iterable<PodRecord> {
    return this.records.values();
  }

  /** Something about a pod changed. */
  change(record: PodRecord, changes: Partial<PodView>): void {
    record.view = { ...record.view, ...changes };
    this.counted = null;
  }

  /** The Ready condition of a pod changed. */
  changeReady(record: PodRecord, ready: boolean, at: Micros): void {
    const { createdAt, scheduledAt } = record.view;
    if (ready && scheduledAt !== null && !record.wasReady) {
      record.wasReady = true;
      this.leadTime.podReady(createdAt, scheduledAt, at);
    }
    this.change(record, { ready, readyChangedAt: at });
  }

  /** A pod is gone, and its samples with it. */
  remove(pod: string): void {
    if (this.records.delete(pod)) this.counted = null;
  }

  /** Takes a scrape; one read no later than the newest (delivered twice, or late) has no effect. */
  scrapePods(fact: PodsScraped): void {
    const at = readAt(fact);
    if (!(at > this.podsScrapedAt)) return;
    this.podsScrapedAt = at;
    for (let i = 0; i < fact.pods.length; i += 1) {
      const record = this.records.get(fact.pods[i]);
      record?.sample(at, fact.cpuMicros[i], fact.memoryMiB[i], fact.inFlight[i], heapOf(fact, i));
      if (record !== undefined) takeAnswers(record, fact, i, at);
    }
  }

  /** Takes a scrape; one read no later than the newest has no effect. */
  scrapeTraffic(fact: TrafficScraped): void {
    const at = readAt(fact);
    if (!(at > this.trafficScrapedAt)) return;
    this.trafficScrapedAt = at;
    this.traffic.sample(at, fact);
  }

  /** Pods that the scheduler has found no place for so far. */
  unplaced(): number {
    let count = 0;
    for (const { view, unschedulable } of this.records.values()) {
      if (unschedulable && view.scheduledAt === null && !view.terminating) count += 1;
    }
    return count;
  }

  /** The pods as they are; counted anew only after one has changed. */
  census(): PodCensus {
    this.counted ??= this.count();
    return this.counted;
  }

  private count(): PodCensus {
    const views: PodView[] = [];
    let status = 0;
    let placed = 0;
    for (const { view } of this.records.values()) {
      views.push(view);
      if (view.terminating) continue;
      status += 1;
      if (view.scheduledAt !== null) placed += 1;
    }
    return { views, status, placed };
  }

  /** What is known at `now`; samples older than the limit are left out, so that nobody acts on them by accident. */
  observe(now: Micros): Observation {
    const since = now - this.collector.staleAfterMicros;
    const usages: PodUsage[] = [];
    for (const { usage } of this.records.values()) {
      if (usage !== null && usage.sampledAt >= since) usages.push(usage);
    }
    const newest = Math.max(this.podsScrapedAt, this.trafficScrapedAt);
    return {
      at: now,
      workload: this.name,
      pods: usages,
      metrics: this.traffic.metrics(since),
      newestSampleAt: newest === -Infinity ? null : micros(newest),
      ...this.freshness(now, newest),
    };
  }

  private freshness(now: Micros, newest: number): Pick<Observation, 'status' | 'reason'> {
    if (newest === -Infinity) return { status: 'absent', reason: 'no sample yet' };
    const age = now - newest;
    const limit = this.collector.staleAfterMicros;
    if (age <= limit) return { status: 'fresh', reason: '' };
    return { status: 'stale', reason: `newest sample is ${age / 1e6} s old, limit ${limit / 1e6} s` };
  }
}

function heapOf({ heap }: PodsScraped, i: number): HeapUsage | undefined {
  if (heap === undefined) return undefined;
  const { liveMiB, nonHeapMiB, fillMiBPerSecond } = heap;
  return { liveMiB: liveMiB[i], nonHeapMiB: nonHeapMiB[i], fillMiBPerSecond: fillMiBPerSecond[i] };
}

/** Half a sample, or garbage, is none. */
function takeAnswers(record: PodRecord, { answered, answerMicros }: PodsScraped, i: number, sampledAt: Micros): void {
  const counted = answered?.[i] ?? NaN;
  const counters = answerMicros?.[i] ?? NaN;
  if (isAmount(counted) && isAmount(counters)) record.answers = { answered: counted, micros: counters, sampledAt };
}

/** A clock that runs ahead must not make every later scrape look late; NaN where the time is garbage. */
function readAt(fact: PodsScraped | TrafficScraped): Micros {
  return micros(Math.min(fact.scrapedAt, fact.at));
}
