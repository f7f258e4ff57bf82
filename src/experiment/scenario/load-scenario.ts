import { basename, extname } from 'node:path';
import { catalogueHash } from '../../catalogue/catalogue-hash.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { micros } from '../../kernel/micros.js';
import { Streams } from '../../kernel/streams.js';
import { applyOverride } from './apply-override.js';
import { checkedCalls } from './call-graph.js';
import { judgeScenario } from './judge-scenario.js';
import type { LoadedScenario } from './loaded-scenario.js';
import { parseScenarioText } from './parse-scenario-text.js';
import { parseThreshold } from './parse-threshold.js';
import { readTextFile } from './read-text-file.js';
import { type ReadTrace, readTraces } from './read-traces.js';
import { resolveDependencies, resolveFaults, resolveNodes } from './resolve-infrastructure.js';
import { resolveTraffic } from './resolve-traffic.js';
import { type ResolvedWorkload, resolveWorkloads } from './resolve-workloads.js';
import { runAssumptions } from './run-assumptions.js';
import { scenarioHash } from './scenario-hash.js';
import { scenarioJsonSchema } from './scenario-json-schema.js';
import type { Scenario } from './scenario-schema.js';
import { scenarioWarnings } from './scenario-warnings.js';
import type { Registries } from '../../engine/registries.js';
import type { SourceTree } from './source-tree.js';
import { trustEntries } from './trust-entries.js';

/** What loading needs beside the file. */
export interface LoadOptions {
  readonly registries: Registries;
  /** The text of the scenario, where it is no file yet; `file` is then where it will be, and paths in it start there. */
  readonly text?: string;
  /** `path=value`, applied in order. */
  readonly overrides?: readonly string[];
  /** Instead of the scenario's own. */
  readonly seed?: number;
  /** Where known traces lie; null where nowhere. */
  readonly dataDirectory: string | null;
  /** Version of the product, for the identity. */
  readonly version: string;
}

/**
 * Reads a scenario and resolves it into a world, an engine and an identity.
 *
 * Everything is checked before anything runs. Throws InputError with file, line, path and the mend; AbsentTraceError for a known
 * trace that is not on this machine.
 */
export async function loadScenario(file: string, options: LoadOptions): Promise<LoadedScenario> {
  const tree = await readTree(file, options);
  const judged = judgeScenario(tree, options.registries);
  const scenario = options.seed === undefined ? judged : { ...judged, seed: options.seed };
  const calls = checkedCalls(scenario, tree);
  const called = new Set(calls.map((call) => call.to));
  const workloads = resolveWorkloads(scenario, tree, called);
  const fixed = {
    dependencies: resolveDependencies(scenario, tree),
    nodePools: resolveNodes(scenario, tree),
    faults: resolveFaults(scenario, tree),
  };
  const thresholds = scenario.thresholds.map((text, i) => parseThreshold(text, tree, ['thresholds', i]));
  const traces = await readTraces(scenario, tree, options.dataDirectory);
  const name = scenario.name ?? basename(file, extname(file));
  const world = { ...resolveWorld({ scenario, tree, traces, name, workloads }), ...fixed };
  return {
    name,
    question: scenario.question,
    world,
    engine: engineOf(scenario, world, workloads),
    identity: {
      scenario: name,
      scenarioHash: scenarioHash(scenario),
      traceHashes: Object.fromEntries(
        traces.filter((read) => read !== null).map(({ trace }) => [trace.name, trace.sha256]),
      ),
      seed: scenario.seed,
      catalogueHash: catalogueHash(),
      modelHashes: {},
      pluginHashes: {},
      backend: 'none',
      version: options.version,
    },
    thresholds,
    trust: trustEntries({ scenario, tree, world, traces, called }),
    assumptions: runAssumptions(world),
    warnings: scenarioWarnings(world, tree, called, traces),
    expected: scenario.expected ?? null,
    tree,
  };
}

async function readTree(file: string, options: LoadOptions): Promise<SourceTree> {
  const tree = parseScenarioText(options.text ?? (await readTextFile(file, file)), file);
  const overrides = options.overrides ?? [];
  if (overrides.length === 0) return tree;
  const schema = scenarioJsonSchema(options.registries);
  return overrides.reduce((current, override) => applyOverride(current, override, schema), tree);
}

interface WorldSources {
  readonly scenario: Scenario;
  readonly tree: SourceTree;
  readonly traces: readonly (ReadTrace | null)[];
  readonly name: string;
  readonly workloads: readonly ResolvedWorkload[];
}

function resolveWorld({
  scenario,
  tree,
  traces,
  name,
  workloads,
}: WorldSources): Omit<WorldSpec, 'dependencies' | 'nodePools' | 'faults'> {
  const span = {
    originEpochMicros: originOf(scenario, traces),
    warmUpMicros: scenario.warmUp,
    durationMicros: scenario.duration,
  };
  const { metrics, cluster, slo } = scenario;
  return {
    ...span,
    name,
    seed: scenario.seed,
    stepMicros: scenario.step ?? defaultStep(scenario.duration + scenario.warmUp),
    tickMicros: scenario.tick,
    slo: { latencyMicros: slo.latency, target: slo.target },
    traffic: resolveTraffic({ scenario, tree, span, traces, streams: new Streams(scenario.seed) }),
    workloads: workloads.map((workload) => workload.world),
    metrics: { scrapeMicros: metrics.scrape, lagMicros: metrics.lag, dropped: metrics.dropped },
    cluster: {
      nodeMonitorGraceMicros: cluster.nodeMonitorGrace,
      evictionAfterMicros: cluster.evictionAfter,
      restartDelayMicros: cluster.restartDelay,
    },
    billing: billingOf(scenario, workloads),
  };
}

function originOf(scenario: Scenario, traces: readonly (ReadTrace | null)[]): number {
  if (scenario.start !== undefined) return Date.parse(scenario.start) * 1000;
  const first = traces.find((read) => read !== null && read.trace.startEpochMicros !== null);
  if (first?.trace.startEpochMicros == null) return Date.parse('2026-01-05T00:00:00Z') * 1000;
  return first.trace.startEpochMicros + (first.spec.from ?? 0);
}

/** The shortest usual step that keeps the series within ten thousand rows. */
function defaultStep(lengthMicros: number): WorldSpec['stepMicros'] {
  const steps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
  const wanted = steps.find((step) => lengthMicros / (step * 1e6) <= 10_000) ?? 3600;
  return micros(wanted * 1e6);
}

/** Default rates of OpenCost, USD per core and per GiB and hour. Source: opencost/opencost configs/default.json. */
const CORE_HOUR = 0.031611;
const GIB_HOUR = 0.004237;

function billingOf(scenario: Scenario, workloads: readonly ResolvedWorkload[]): WorldSpec['billing'] {
  const given = scenario.billing.perPodHour;
  if (given !== undefined) return { kind: 'pods', pricePerPodHour: given };
  if (scenario.nodes.length > 0) return { kind: 'nodes' };
  const prices = workloads.map(
    ({ engine }) =>
      ((engine.cpuRequestMillis ?? 0) / 1000) * CORE_HOUR + ((engine.memoryRequestMiB ?? 0) / 1024) * GIB_HOUR,
  );
  return { kind: 'pods', pricePerPodHour: prices.reduce((sum, price) => sum + price, 0) / Math.max(1, prices.length) };
}

function engineOf(
  scenario: Scenario,
  world: Pick<WorldSpec, 'originEpochMicros'>,
  workloads: readonly ResolvedWorkload[],
): LoadedScenario['engine'] {
  const { quota, metrics } = scenario;
  return {
    originEpochMicros: world.originEpochMicros,
    collector: { windowMicros: metrics.window, staleAfterMicros: metrics.staleAfter },
    quota: { pods: quota.pods ?? null, cpuMillis: quota.cpu ?? null, memoryMiB: quota.memory ?? null },
    workloads: workloads.map((workload) => workload.engine),
  };
}
