import type { Command } from '../../src/domain/command.js';
import type { Decision } from '../../src/domain/decision.js';
import type { EngineConfig, EngineWorkload } from '../../src/domain/engine-config.js';
import type { Fact, PodsScraped, TrafficScraped } from '../../src/domain/fact.js';
import type { MetricSample, Observation, PodUsage } from '../../src/domain/observation.js';
import { Engine } from '../../src/engine/engine.js';
import type { Forecaster, HorizontalPolicy, LeadTime } from '../../src/engine/ports.js';
import { type Registries, builtIn } from '../../src/engine/registries.js';
import { type Micros, seconds } from '../../src/kernel/micros.js';
import { z } from 'zod';

/** A workload of two to ten pods of half a core and 512 MiB that nobody scales, but for what is said otherwise. */
export function workload(changes: Partial<EngineWorkload> = {}): EngineWorkload {
  return {
    name: 'web',
    cpuRequestMillis: 500,
    memoryRequestMiB: 512,
    minReplicas: 2,
    maxReplicas: 10,
    policy: { name: 'fixed', config: {} },
    forecaster: { name: 'none', config: {} },
    ...changes,
  };
}

/** A window of a minute, stale after 75 s, no quota; 1970-01-01, a Thursday. */
export function config(workloads: readonly EngineWorkload[], changes: Partial<EngineConfig> = {}): EngineConfig {
  return {
    originEpochMicros: 0,
    collector: { windowMicros: seconds(60), staleAfterMicros: seconds(75) },
    quota: { pods: null, cpuMillis: null, memoryMiB: null },
    workloads,
    ...changes,
  };
}

/** The built-in registries and one policy 'test' made from a function. */
export function withPolicy(decide: HorizontalPolicy['decide']): Registries {
  const test = { name: 'test', description: 'A test.', schema: z.strictObject({}), create: () => ({ decide }) };
  return { ...builtIn, policies: { ...builtIn.policies, test } };
}

/** The built-in registries and one forecaster 'test'. */
export function withForecaster(forecaster: Forecaster): Registries {
  const test = { name: 'test', description: 'A test.', schema: z.strictObject({}), create: () => forecaster };
  return { ...builtIn, forecasters: { ...builtIn.forecasters, test } };
}

/** An engine with everything that it has said. */
export function listen(
  engineConfig: EngineConfig,
  registries: Registries = builtIn,
): { engine: Engine; decisions: Decision[]; commands: Command[] } {
  const decisions: Decision[] = [];
  const commands: Command[] = [];
  const engine = new Engine(engineConfig, registries, {
    decision: (decision) => decisions.push(decision),
    command: (command) => commands.push(command),
  });
  return { engine, decisions, commands };
}

/** A lead time of an engine that has seen nothing yet. */
export const noLeadTime: LeadTime = {
  micros: seconds(0),
  metricsMicros: seconds(0),
  periodMicros: seconds(0),
  placementMicros: seconds(0),
  startMicros: seconds(0),
  pods: 0,
};

/** A tick at a number of seconds. */
export function ticked(at: number): Fact {
  return { type: 'ticked', at: seconds(at) };
}

/** Replicas asked for. */
export function replicasSet(at: number, replicas: number, name = 'web'): Fact {
  return { type: 'replicasSet', at: seconds(at), workload: name, replicas };
}

/** Everything that happens to a pod until it is ready, at one instant. */
export function readyPod(at: number, pod: string, name = 'web', node = 'node-0'): Fact[] {
  const of = { at: seconds(at), workload: name, pod };
  return [
    { type: 'podCreated', ...of },
    { type: 'podScheduled', ...of, node },
    { type: 'podStarted', ...of },
    { type: 'podBecameReady', ...of },
  ];
}

/** A scrape read at `scraped` seconds, arrived `lag` later. Values by pod: CPU seconds since the start. */
export function podsScraped(scraped: number, cpuSeconds: Record<string, number>, lag = 0, name = 'web'): PodsScraped {
  const pods = Object.keys(cpuSeconds);
  return {
    type: 'podsScraped',
    at: seconds(scraped + lag),
    workload: name,
    scrapedAt: seconds(scraped),
    pods,
    cpuMicros: pods.map((pod) => cpuSeconds[pod] * 1e6),
    memoryMiB: pods.map(() => 200),
    inFlight: pods.map(() => 3),
  };
}

/** A scrape of the balancer. */
export function trafficScraped(scraped: number, requests: number, lag = 0): TrafficScraped {
  return {
    type: 'trafficScraped',
    at: seconds(scraped + lag),
    workload: 'web',
    scrapedAt: seconds(scraped),
    requests,
    errors: requests / 100,
    queueLength: 7,
    inFlight: 11,
  };
}

/** A fresh observation of a request rate and of two pods that share a CPU usage. */
export function observed(at: number, rate: number, changes: Partial<Observation> = {}): Observation {
  const sampledAt = seconds(at);
  const usage = (pod: string): PodUsage => ({
    pod,
    cpuMillis: rate * 5,
    memoryMiB: 100,
    inFlight: 1,
    sampledAt,
    windowMicros: seconds(60),
  });
  const metrics: Record<string, MetricSample> = { requests_per_second: { value: rate, sampledAt } };
  return {
    at: sampledAt,
    workload: 'web',
    pods: [usage('a'), usage('b')],
    metrics,
    newestSampleAt: sampledAt,
    status: 'fresh',
    reason: '',
    ...changes,
  };
}

/** A node of a number of cores with plenty of everything else. */
export function nodeReady(at: number, node: string, cpuMillis: number): Fact {
  return {
    type: 'nodeBecameReady',
    at: seconds(at),
    node,
    instanceType: 'test',
    cpuMillis,
    memoryMiB: 65_536,
    maxPods: 110,
  };
}

/**
 * A world of steady pods: `pods` ready at once, each scraped and the balancer with them every 15 s with a lag of 5 s, ticks every 15 s.
 * `cores` is the CPU used by each pod.
 */
export function steadyFacts(pods: number, until: number, cores: number): Fact[] {
  const facts: Fact[] = [replicasSet(0, pods)];
  const names = Array.from({ length: pods }, (_, i) => `web-${i}`);
  for (const name of names) facts.push(...readyPod(0, name));
  for (let at = 15; at <= until; at += 15) {
    const scraped = at - 5;
    const usage: Record<string, number> = {};
    for (const name of names) usage[name] = scraped * cores;
    facts.push(podsScraped(scraped, usage, 5), trafficScraped(scraped, scraped * 100, 5), ticked(at));
  }
  return facts;
}

/** Feeds facts in. */
export function feed(engine: Engine, facts: Iterable<Fact>): void {
  for (const fact of facts) engine.on(fact);
}

/** Horizons in seconds. */
export function horizons(...all: number[]): Micros[] {
  return all.map(seconds);
}
