import { basename, extname } from 'node:path';
import { catalogueHash } from '../../catalogue/catalogue-hash.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { micros } from '../../kernel/micros.js';
import { Streams } from '../../kernel/streams.js';
import { applyOverride } from './apply-override.js';
import { applyVariant } from './apply-variant.js';
import { checkedCalls } from './call-graph.js';
import { judgeChoices } from './judge-choices.js';
import { judgeScenario } from './judge-scenario.js';
import type { LoadedScenario } from './loaded-scenario.js';
import { parseAnswers } from './parse-answers.js';
import { parseThreshold } from './parse-threshold.js';
import { readScenarioTree } from './read-scenario-tree.js';
import { resolveCluster } from './resolve-cluster.js';
import { type ReadTrace, type TraceMemory, readTraces } from './read-traces.js';
import { budgetAssumptions } from './budget-assumptions.js';
import { CORE_HOUR, GIB_HOUR } from './opencost-rates.js';
import { resolveBudget } from './resolve-budget.js';
import { readUsageHistories, type UsageHistories } from './read-usage-histories.js';
import { resolveDependencies, resolveFaults } from './resolve-infrastructure.js';
import { resolveGroups } from './resolve-groups.js';
import { type ResolvedHeadroom, resolveHeadroom } from './resolve-headroom.js';
import { resolveNodeScaling } from './resolve-node-scaling.js';
import { resolveMetrics } from './resolve-metrics.js';
import { resolveNodes } from './resolve-nodes.js';
import { resolveNetwork } from './resolve-network.js';
import { rejectActivators } from './activator-schema.js';
import type { QueueConsumers } from './consumers-by-queue.js';
import { queueConsumers } from './queue-consumers.js';
import { rejectStrayJobs } from './reject-stray-jobs.js';
import { resolveQueues } from './resolve-queues.js';
import { resolveTraffic } from './resolve-traffic.js';
import { type ResolvedWorkload, resolveWorkloads } from './resolve-workloads.js';
import { runAssumptions } from './run-assumptions.js';
import { scenarioHash } from './scenario-hash.js';
import { scenarioJsonSchema } from './scenario-json-schema.js';
import type { Scenario } from './scenario-schema.js';
import { scenarioSettings } from './scenario-settings.js';
import { scenarioWarnings } from './scenario-warnings.js';
import type { Registries } from '../../engine/registries.js';
import type { SourceTree } from './source-tree.js';
import { startWithinBounds } from './start-within-bounds.js';
import { trustEntries } from './trust-entries.js';
import { BASE_VARIANT, seedsOf } from './variants-schema.js';

/** What loading needs beside the file. */
export interface LoadOptions {
  readonly registries: Registries;
  /** SHA-256 of the files that have added to them, by name. */
  readonly pluginHashes?: Readonly<Record<string, string>>;
  /** The text of the scenario, where it is no file yet; `file` is then where it will be, and paths in it start there. */
  readonly text?: string;
  /** `path=value`, applied in order. */
  readonly overrides?: readonly string[];
  /** Instead of the scenario's own. */
  readonly seed?: number;
  /** One of the scenario's variants; the scenario as written if left out. */
  readonly variant?: string;
  /** Traces that have been read, so that the runs of one scenario read each once. */
  readonly traces?: TraceMemory;
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
  const consumers = queueConsumers(scenario, tree);
  const called = new Set(checkedCalls(scenario, tree).map(({ to }) => consumers.get(to) ?? to));
  const nodePools = [...resolveNodes(scenario, tree), ...resolveGroups(scenario, tree)];
  const { metrics, latencyBucketsOf } = resolveMetrics(scenario, tree);
  const workloads = resolveWorkloads(scenario, tree, {
    ...{ called, pools: nodePools, consumers, latencyBucketsOf },
    registries: options.registries,
  });
  judgeChoices({ workloads: workloads.map(({ engine }) => engine), metrics }, tree, options.registries);
  const headroom = resolveHeadroom(scenario, tree, nodePools);
  const faults = resolveFaults(scenario, tree, nodePools);
  const dependencies = resolveDependencies(scenario, tree, nodePools);
  const fixed = {
    dependencies,
    nodePools,
    faults,
    ...resolveNetwork(scenario, faults),
    ...resolveQueues(scenario),
  };
  const thresholds = scenario.thresholds.map((text, i) => parseThreshold(text, tree, ['thresholds', i]));
  const answers = parseAnswers(scenario, tree);
  const traces = await readTraces(scenario, tree, options);
  const variant = options.variant ?? BASE_VARIANT;
  const name = scenario.name ?? basename(file, extname(file));
  const world = { ...resolveWorld({ scenario, tree, traces, name, workloads, headroom, consumers }), ...fixed };
  const known = await readUsageHistories(
    workloads.map(({ engine }) => engine),
    world.originEpochMicros,
    tree,
  );
  rejectActivators(world, tree);
  rejectStrayJobs(scenario, world, consumers, tree);
  const engine = {
    ...engineOf(scenario, world, { workloads: workloads.map((one) => withHistory(one, known)), headroom }, tree),
    ...(metrics === undefined ? {} : { metrics }),
  };
  return {
    registries: options.registries,
    name,
    question: scenario.question,
    answers,
    world,
    engine,
    identity: {
      scenario: variant === BASE_VARIANT ? name : `${name}/${variant}`,
      scenarioHash: scenarioHash(scenario),
      traceHashes: {
        ...Object.fromEntries(traces.filter((read) => read !== null).map(({ trace }) => [trace.name, trace.sha256])),
        ...known.hashes,
      },
      seed: scenario.seed,
      catalogueHash: catalogueHash(),
      modelHashes: {},
      pluginHashes: options.pluginHashes ?? {},
      backend: 'none',
      version: options.version,
    },
    thresholds,
    trust: trustEntries({ scenario, tree, world, traces, called }),
    guesses: guessesOf(scenario),
    assumptions: [...runAssumptions(world), ...budgetAssumptions(engine.budget)],
    variant,
    variants: Object.keys(scenario.variants),
    seeds: seedsOf(judged.seed, scenario.seeds),
    settings: scenarioSettings(tree.value, scenarioJsonSchema(options.registries)),
    warnings: scenarioWarnings(world, { tree, measured: scenario.measured }, called, traces),
    expected: scenario.expected ?? null,
    tree,
  };
}

function withHistory(workload: ResolvedWorkload, { histories }: UsageHistories): ResolvedWorkload {
  const usageHistory = histories.get(workload.engine.name);
  return usageHistory === undefined ? workload : { ...workload, engine: { ...workload.engine, usageHistory } };
}

function guessesOf({ guesses }: Scenario): LoadedScenario['guesses'] {
  return guesses?.map((guess) => ({ ...guess, measure: guess.measure ?? null })) ?? null;
}

async function readTree(file: string, options: LoadOptions): Promise<SourceTree> {
  const tree = await readScenarioTree(file, options.text);
  const { overrides = [], variant = BASE_VARIANT } = options;
  if (overrides.length === 0 && variant === BASE_VARIANT) return tree;
  const schema = scenarioJsonSchema(options.registries);
  const set = (current: SourceTree, override: string) => applyOverride(current, override, schema);
  // The command line has the last word on a variant, but for what makes the variant.
  const early = overrides.filter((override) => override.startsWith('variants.'));
  const late = overrides.filter((override) => !override.startsWith('variants.'));
  return startWithinBounds(tree, late.reduce(set, applyVariant(early.reduce(set, tree), variant, schema)));
}

interface WorldSources {
  readonly scenario: Scenario;
  readonly tree: SourceTree;
  readonly traces: readonly (ReadTrace | null)[];
  readonly name: string;
  readonly workloads: readonly ResolvedWorkload[];
  readonly headroom: readonly ResolvedHeadroom[];
  readonly consumers: QueueConsumers;
}

function resolveWorld({
  scenario,
  tree,
  traces,
  name,
  workloads,
  headroom,
  consumers,
}: WorldSources): Omit<WorldSpec, 'dependencies' | 'nodePools' | 'faults' | 'network' | 'queues'> {
  const span = {
    originEpochMicros: originOf(scenario, traces),
    warmUpMicros: scenario.warmUp,
    durationMicros: scenario.duration,
  };
  const { metrics, slo } = scenario;
  return {
    ...span,
    name,
    seed: scenario.seed,
    stepMicros: scenario.step ?? defaultStep(scenario.duration + scenario.warmUp),
    tickMicros: scenario.tick,
    slo: { latencyMicros: slo.latency, target: slo.target },
    traffic: resolveTraffic({ scenario, tree, span, traces, consumers, streams: new Streams(scenario.seed) }),
    workloads: [...workloads, ...headroom].map((workload) => workload.world),
    metrics: { scrapeMicros: metrics.scrape, lagMicros: metrics.lag, dropped: metrics.dropped },
    cluster: resolveCluster(scenario, tree),
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

function billingOf(scenario: Scenario, workloads: readonly ResolvedWorkload[]): WorldSpec['billing'] {
  const given = scenario.billing.perPodHour;
  if (given !== undefined) return { kind: 'pods', pricePerPodHour: given };
  const rented = scenario.nodes.length > 0 || workloads.some(({ engine }) => engine.pool !== undefined);
  if (rented) return { kind: 'nodes' };
  const prices = workloads.map(
    ({ engine }) =>
      ((engine.cpuRequestMillis ?? 0) / 1000) * CORE_HOUR + ((engine.memoryRequestMiB ?? 0) / 1024) * GIB_HOUR,
  );
  return { kind: 'pods', pricePerPodHour: prices.reduce((sum, price) => sum + price, 0) / Math.max(1, prices.length) };
}

function engineOf(
  scenario: Scenario,
  world: Pick<WorldSpec, 'originEpochMicros' | 'nodePools' | 'billing'>,
  { workloads, headroom }: Pick<WorldSources, 'workloads' | 'headroom'>,
  tree: SourceTree,
): LoadedScenario['engine'] {
  const { quota, metrics } = scenario;
  return {
    originEpochMicros: world.originEpochMicros,
    collector: { windowMicros: metrics.window, staleAfterMicros: metrics.staleAfter },
    quota: { pods: quota.pods ?? null, cpuMillis: quota.cpu ?? null, memoryMiB: quota.memory ?? null },
    ...resolveBudget(scenario, world, tree),
    workloads: workloads.map((workload) => workload.engine),
    ...(headroom.length === 0 ? {} : { headroom: headroom.map((one) => one.engine) }),
    ...resolveNodeScaling(scenario, world, tree),
  };
}
