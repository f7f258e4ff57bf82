import type { EngineConfig, EngineWorkload } from '../../domain/engine-config.js';
import type { Fact, PodScheduled } from '../../domain/fact.js';
import { NodeLedger } from './node-ledger.js';
import type { PodRecord } from './pod-record.js';
import { isAmount } from './is-amount.js';
import { WorkloadView } from './workload-view.js';

type WorkloadFact = Exclude<Fact, { type: 'ticked' | 'nodeBecameReady' | 'nodeLost' }>;
type PodFact = Extract<WorkloadFact, { pod: string }>;

interface Managed {
  readonly workload: EngineWorkload;
  readonly view: WorkloadView;
}

/**
 * The cluster as the facts have shown it. Facts of pods that it was never told of have no effect.
 */
export class ClusterView {
  readonly nodes = new NodeLedger();
  private readonly managed = new Map<string, Managed>();

  constructor(private readonly collector: EngineConfig['collector']) {}

  /** Begins to follow a workload, and shows what is known of it from then on. Facts of other workloads have no effect. */
  follow(workload: EngineWorkload): WorkloadView {
    const view = new WorkloadView(workload.name, this.collector);
    this.managed.set(workload.name, { workload, view });
    return view;
  }

  /** Takes in a fact. */
  on(fact: Fact): void {
    switch (fact.type) {
      case 'ticked':
        return;
      case 'nodeBecameReady':
        this.nodes.add(fact);
        return;
      case 'nodeLost':
        this.nodes.lose(fact.node);
        return;
      default:
        this.onWorkload(fact);
    }
  }

  private onWorkload(fact: WorkloadFact): void {
    const managed = this.managed.get(fact.workload);
    if (managed === undefined) return;
    switch (fact.type) {
      case 'replicasSet':
        if (isAmount(fact.replicas) && Number.isInteger(fact.replicas)) managed.view.specReplicas = fact.replicas;
        return;
      case 'podsScraped':
        managed.view.scrapePods(fact);
        return;
      case 'trafficScraped':
        managed.view.scrapeTraffic(fact);
        return;
      default:
        this.onPod(managed, fact);
    }
  }

  private onPod(managed: Managed, fact: PodFact): void {
    if (fact.type === 'podCreated') {
      managed.view.create(fact.pod, fact.at);
      return;
    }
    const record = managed.view.record(fact.pod);
    if (record === undefined) return;
    if (fact.type === 'podScheduled') this.bind(managed, record, fact);
    else if (fact.type === 'podRemoved') this.remove(managed, record);
    else change(managed.view, record, fact);
  }

  private bind({ workload, view }: Managed, record: PodRecord, fact: PodScheduled): void {
    if (record.node !== null) return;
    record.node = fact.node;
    view.change(record, { scheduledAt: fact.at });
    this.nodes.bind(fact.node, workload.cpuRequestMillis ?? 0, workload.memoryRequestMiB ?? 0);
  }

  private remove({ workload, view }: Managed, record: PodRecord): void {
    if (record.node !== null) {
      this.nodes.release(record.node, workload.cpuRequestMillis ?? 0, workload.memoryRequestMiB ?? 0);
    }
    view.remove(record.view.name);
  }
}

function change(view: WorkloadView, record: PodRecord, fact: PodFact): void {
  switch (fact.type) {
    case 'podStarted':
      view.change(record, { started: true });
      return;
    case 'podBecameReady':
    case 'podBecameUnready': {
      const ready = fact.type === 'podBecameReady';
      if (record.view.ready !== ready) view.change(record, { ready, readyChangedAt: fact.at });
      return;
    }
    case 'podBeganTerminating':
      view.change(record, { terminating: true });
      return;
    default:
  }
}
