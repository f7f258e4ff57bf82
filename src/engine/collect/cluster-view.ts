import type { EngineConfig, EnginePods } from '../../domain/engine-config.js';
import type { Fact, NodeCountSet, PodResized, PodScheduled } from '../../domain/fact.js';
import type { Micros } from '../../kernel/micros.js';
import { NamedMetrics } from './named-metrics.js';
import { NodeLedger } from './node-ledger.js';
import { NodePools } from './node-pools.js';
import { type PlannedPods, PodPlans } from './pod-plans.js';
import type { PodRecord } from './pod-record.js';
import { requested } from './requested.js';
import type { DisruptionBudget } from '../../domain/scheduling/disruption-budget.js';
import { allowedEvictions } from './allowed-evictions.js';
import { isAmount } from './is-amount.js';
import type { PodIncident } from '../ports.js';
import { WorkloadView } from './workload-view.js';

type WorkloadFact = Extract<Fact, { workload: string }>;
type PodFact = Extract<WorkloadFact, { pod: string }>;

interface Managed {
  readonly workload: EnginePods;
  readonly view: WorkloadView;
}

/**
 * The cluster as the facts have shown it. Facts of pods that it was never told of have no effect.
 */
export class ClusterView {
  readonly nodes = new NodeLedger();
  readonly pools: NodePools;
  /** Metrics by expression; null where there are none. */
  readonly named: NamedMetrics | null;
  private readonly managed = new Map<string, Managed>();
  private readonly plans = new PodPlans();

  constructor(private readonly config: Pick<EngineConfig, 'collector' | 'workloads' | 'nodePools' | 'metrics'>) {
    const { metrics, collector } = config;
    this.named = metrics === undefined ? null : new NamedMetrics(metrics, collector.windowMicros);
    this.pools = new NodePools(config, this.nodes);
  }

  /** Begins to follow a workload, and shows what is known of it from then on. Facts of other workloads have no effect. */
  follow(workload: EnginePods): WorkloadView {
    const view = new WorkloadView(workload.name, this.config.collector);
    this.managed.set(workload.name, { workload, view });
    return view;
  }

  /** The pods of all workloads as an autoscaler of nodes sees them. */
  plannedPods(): PlannedPods {
    return this.plans.plan(
      [...this.managed.values()].map(({ workload, view }) => ({ workload, records: view.everyRecord() })),
    );
  }

  /** What disruption budgets allow at present, those of workloads that have none left out. */
  allowedEvictions(): readonly DisruptionBudget[] {
    return [...this.managed.values()].flatMap(({ workload, view }) => {
      const { specReplicas } = view;
      const allowed = allowedEvictions(workload, { specReplicas, census: view.census() });
      return allowed === null ? [] : [allowed];
    });
  }

  /** Takes in a fact. */
  on(fact: Fact): void {
    if (fact.type === 'ticked') return;
    if (fact.type === 'podsScraped' || fact.type === 'trafficScraped') this.named?.scraped(fact);
    if ('workload' in fact) {
      this.onWorkload(fact);
      return;
    }
    this.pools.on(fact);
    if (fact.type === 'nodeCountSet') this.setMachines(fact);
  }

  /** Replicas of a workload that runs on machines of its own are their number. */
  private setMachines({ pool, nodes }: NodeCountSet): void {
    for (const { workload, view } of this.managed.values()) {
      if (workload.pool === pool && isAmount(nodes) && Number.isInteger(nodes)) view.specReplicas = nodes;
    }
  }

  private onWorkload(fact: WorkloadFact): void {
    const managed = this.managed.get(fact.workload);
    if (managed === undefined) return;
    switch (fact.type) {
      case 'replicasSet':
        if (isAmount(fact.replicas) && Number.isInteger(fact.replicas)) managed.view.specReplicas = fact.replicas;
        return;
      case 'podResourcesSet':
        managed.view.template = fact.resources;
        return;
      case 'rolloutBegan':
        if (isAmount(fact.revision)) managed.view.rollout = { revision: fact.revision, at: fact.at };
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
      managed.view.create(fact);
      return;
    }
    const record = managed.view.record(fact.pod);
    if (record === undefined) return;
    if (fact.type === 'podScheduled') this.bind(managed, record, fact);
    else if (fact.type === 'podRemoved') this.remove(managed, record, fact.at);
    else if (fact.type === 'podResized') this.resize(managed, record, fact);
    else if (fact.type === 'podNominated') record.nominated = fact.node;
    else change(managed.view, record, fact);
  }

  private bind({ workload, view }: Managed, record: PodRecord, fact: PodScheduled): void {
    if (record.node !== null) return;
    record.node = fact.node;
    view.change(record, { scheduledAt: fact.at });
    this.nodes.bind(fact.node, requested(workload, record));
  }

  private resize({ workload, view }: Managed, record: PodRecord, { resources }: PodResized): void {
    const before = requested(workload, record);
    view.change(record, { resources });
    if (record.node !== null) this.nodes.resize(record.node, before, requested(workload, record));
  }

  private remove({ workload, view }: Managed, record: PodRecord, at: Micros): void {
    if (record.node !== null) {
      this.nodes.release(record.node, requested(workload, record), at);
    }
    view.remove(record.view.name);
  }
}

const INCIDENTS = ['containerOomKilled', 'containerExited', 'podResizeRefused', 'podEvictionRefused'];

function isIncident(fact: PodFact): fact is PodIncident {
  return INCIDENTS.includes(fact.type);
}

function change(view: WorkloadView, record: PodRecord, fact: PodFact): void {
  switch (fact.type) {
    case 'podStarted':
      view.change(record, { started: true });
      return;
    case 'podBecameReady':
    case 'podBecameUnready': {
      const ready = fact.type === 'podBecameReady';
      if (record.view.ready !== ready) view.changeReady(record, ready, fact.at);
      return;
    }
    case 'podFoundUnschedulable':
      record.unschedulable = true;
      return;
    case 'podBeganTerminating':
      view.change(record, { terminating: true });
      return;
    default:
      if (isIncident(fact)) view.incidents.push(fact);
  }
}
