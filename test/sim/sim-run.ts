import type { Command, EvictPod, ResizePod, SetPodResources } from '../../src/domain/command.js';
import type { Fact } from '../../src/domain/fact.js';
import type { Measurement } from '../../src/domain/measurement.js';
import type { NodePoolSpec, PodSpec, WorkloadSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { type Micros, seconds } from '../../src/kernel/micros.js';
import { runVirtual } from '../../src/kernel/run-virtual.js';
import { Streams } from '../../src/kernel/streams.js';
import { assembleSim } from '../../src/sim/assemble-sim.js';
import { FakePlane } from './fake-plane.js';

/** A pod that takes 7 s to listen, is probed every 5 s, and drains for up to 30 s. */
export const plainPod: PodSpec = {
  serving: {
    discipline: 'fcfs',
    concurrency: 4,
    queueLimit: Infinity,
    patience: null,
    cpuCores: 1,
    setUp: { kind: 'constant', value: 0 },
  },
  cpuRequestMillis: 1000,
  cpuLimitMillis: null,
  memoryRequestMiB: 512,
  memoryIdleMiB: 100,
  memoryPerRequestMiB: 2.5,
  start: { kind: 'constant', value: 7e6 },
  readiness: { periodMicros: seconds(5), rise: 1 },
  termination: { preStopMicros: seconds(0), graceMicros: seconds(30) },
};

/** A workload of one plain pod. */
export function workload(changes: Partial<WorkloadSpec> = {}, pod: Partial<PodSpec> = {}): WorkloadSpec {
  return {
    name: 'web',
    pod: { ...plainPod, ...pod },
    initialReplicas: 1,
    balancer: { policy: 'round-robin', endpointLagMicros: seconds(2), health: null },
    work: { cpu: { kind: 'constant', value: 1000 }, wait: null, calls: [] },
    ...changes,
  };
}

/** Nodes of 4 cores and 8 GiB. */
export function pool(changes: Partial<NodePoolSpec> = {}): NodePoolSpec {
  return {
    name: 'pool',
    instanceType: 'aws/m5.xlarge',
    count: 2,
    cpuMillis: 4000,
    memoryMiB: 8192,
    maxPods: 110,
    pricePerHour: 0.192,
    cpuSpeed: 1,
    ...changes,
  };
}

/** Two minutes of one workload without nodes, warm-up or faults. */
export function world(changes: Partial<WorldSpec> = {}): WorldSpec {
  return {
    name: 'test',
    seed: 1,
    originEpochMicros: 0,
    durationMicros: seconds(120),
    warmUpMicros: seconds(0),
    stepMicros: seconds(10),
    tickMicros: seconds(15),
    slo: { latencyMicros: seconds(0.3), target: 0.999 },
    traffic: [],
    workloads: [workload()],
    dependencies: [],
    nodePools: [],
    metrics: { scrapeMicros: seconds(15), lagMicros: seconds(5), dropped: 0 },
    cluster: {
      nodeMonitorGraceMicros: seconds(40),
      evictionAfterMicros: seconds(300),
      restartDelayMicros: seconds(10),
    },
    faults: [],
    billing: { kind: 'nodes' },
    ...changes,
  };
}

/** What is asked for at ticks: replicas as [second, replicas] or [second, replicas, workload], or nodes of a pool. */
export type Script = readonly (readonly [number, number, string?] | ScriptedNodes | ScriptedCommand)[];

/** Any command at a tick. */
interface ScriptedCommand {
  readonly second: number;
  readonly command: Omitted<SetPodResources> | Omitted<EvictPod> | Omitted<ResizePod>;
}

type Omitted<C> = Omit<C, 'at' | 'reason'>;

/** Nodes asked for at a tick. */
interface ScriptedNodes {
  readonly second: number;
  readonly pool: string;
  readonly nodes: number;
  readonly remove?: readonly string[];
}

function scripted(entry: Script[number], at: Micros): Command {
  if ('command' in entry) return { ...entry.command, at, reason: 'script' };
  if ('pool' in entry) {
    const { pool, nodes, remove = [] } = entry;
    return { type: 'scaleNodes', at, pool, from: NaN, nodes, remove, reason: 'script' };
  }
  const [, replicas, workload = 'web'] = entry;
  return { type: 'setReplicas', at, workload, from: NaN, replicas };
}

/** What a run of a world against the notebook plane yields. */
export interface SimRun {
  readonly facts: readonly Fact[];
  readonly plane: FakePlane;
  readonly measurement: Measurement;
}

/** Runs a world whose engine asks for replicas by a script; `act` may put requests on board at every fact. */
export function runSim(
  spec: WorldSpec,
  script: Script = [],
  act: (fact: Fact, plane: FakePlane) => void = () => {},
): SimRun {
  const plane = new FakePlane(0 - spec.warmUpMicros);
  const facts: Fact[] = [];
  const onFact = (fact: Fact): Command[] => {
    facts.push(fact);
    act(fact, plane);
    if (fact.type !== 'ticked') return [];
    return script
      .filter((entry) => seconds('second' in entry ? entry.second : entry[0]) === fact.at)
      .map((entry) => scripted(entry, fact.at));
  };
  const sim = assembleSim(spec, plane, onFact, new Streams(spec.seed));
  runVirtual(sim.timeline, sim.end);
  return { facts, plane, measurement: sim.measurement() };
}

/** Facts as lines 'SECONDS type subject detail', scrapes and ticks left out. */
export function lines(facts: readonly Fact[]): string[] {
  return facts
    .filter(({ type }) => type !== 'ticked' && type !== 'podsScraped' && type !== 'trafficScraped')
    .map((fact) => {
      const words: (string | number)[] = [fact.at / 1e6, fact.type];
      if ('pod' in fact) words.push(fact.pod);
      else if ('workload' in fact) words.push(fact.workload);
      if ('node' in fact) words.push(fact.node ?? 'nowhere');
      if ('nodes' in fact) words.push(fact.pool, fact.nodes);
      if ('replicas' in fact) words.push(fact.replicas);
      if ('reason' in fact) words.push(`(${fact.reason})`);
      return words.join(' ');
    });
}

/** Facts of one type. */
export function factsOf<Type extends Fact['type']>(run: SimRun, type: Type): Extract<Fact, { type: Type }>[] {
  return run.facts.filter((fact): fact is Extract<Fact, { type: Type }> => fact.type === type);
}
