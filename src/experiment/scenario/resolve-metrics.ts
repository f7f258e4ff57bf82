import { closest } from '../../domain/did-you-mean.js';
import type { EngineMetric, MissingData } from '../../domain/named-metric.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import { workloadMetrics } from '../../domain/workload-metrics.js';
import { Query } from '../../engine/collect/query/query.js';
import type { Selector } from '../../engine/collect/query/query-expression.js';
import { DEFAULT_BUCKETS, scrapedMetrics } from '../../engine/collect/scraped-metrics.js';
import type { NamedMetricsSection } from './named-metric-schema.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

/** The metrics by expression of a scenario, and what the world has to measure for them. */
export interface ResolvedMetrics {
  /** Absent where there are none. */
  readonly metrics?: readonly EngineMetric[];
  /** Buckets of the latency histograms that some expression looks at, of a workload; nothing where none does. */
  readonly latencyBucketsOf: (workload: string) => Pick<WorkloadSpec, 'latencyBuckets'>;
}

interface Section {
  readonly path: Path;
  readonly workload: string | null;
  readonly metrics: NamedMetricsSection;
}

/** Reads every expression. Throws InputError at one that cannot be read, or that looks at what there is not. */
export function resolveMetrics(scenario: Scenario, tree: SourceTree): ResolvedMetrics {
  const sections = sectionsOf(scenario);
  const names = new Map<string, Section>();
  const selectors: Selector[] = [];
  const metrics = sections.flatMap((section) =>
    Object.entries(section.metrics).map(([name, written]): EngineMetric => {
      const path = [...section.path, name];
      rejectName(name, names.get(name), { path, tree });
      if (section.workload === null) names.set(name, section);
      const query = Query.read(written.expr, section.workload);
      if (typeof query === 'string') return tree.reject([...path, 'expr'], query, 'See hindcast list metrics.');
      for (const selector of query.selectors) rejectSelector(selector, scenario, { path: [...path, 'expr'], tree });
      selectors.push(...query.selectors);
      return {
        name,
        workload: section.workload,
        expr: written.expr,
        smoothingMicros: written.smoothing ?? null,
        staleAfterMicros: written.staleAfter ?? scenario.metrics.staleAfter,
        missing: missingOf(written.missing),
      };
    }),
  );
  return {
    ...(metrics.length === 0 ? {} : { metrics }),
    latencyBucketsOf: (workload) =>
      isAsked(workload, selectors) ? { latencyBuckets: boundsOf(workload, scenario) } : {},
  };
}

function sectionsOf(scenario: Scenario): readonly Section[] {
  const ofAll: Section = { path: ['metrics', 'named'], workload: null, metrics: scenario.metrics.named ?? {} };
  const ofEach = Object.entries(scenario.workloads).map(([workload, { metrics = {} }]) => ({
    path: ['workloads', workload, 'metrics'],
    workload,
    metrics,
  }));
  return [ofAll, ...ofEach];
}

interface Place {
  readonly path: Path;
  readonly tree: SourceTree;
}

function rejectName(name: string, taken: Section | undefined, { path, tree }: Place): void {
  if (workloadMetrics.some((known) => known === name)) {
    tree.reject(path, `must not be called ${name}, which every workload has already`, 'Choose another name.');
  }
  if (taken !== undefined) {
    tree.reject(path, `must not be called ${name}, as one under metrics.named is`, 'Rename one of them.');
  }
}

function rejectSelector({ metric, matchers }: Selector, { workloads }: Scenario, { path, tree }: Place): void {
  const known = scrapedMetrics.get(metric);
  if (known === undefined) {
    return tree.reject(
      path,
      `must look at series that are scraped, was about ${metric}`,
      meant(metric, [...scrapedMetrics.keys()]),
    );
  }
  const labels = ['workload', ...known.labels];
  const stray = matchers.find(({ label }) => !labels.includes(label));
  if (stray !== undefined) {
    tree.reject(path, `must match labels that ${metric} has, was about ${stray.label}`, meant(stray.label, labels));
  }
  const names = Object.keys(workloads);
  if (matched(matchers, names).length > 0) return;
  const whose = matchers.find(({ label }) => label === 'workload')?.value ?? '';
  tree.reject(path, `must be about a workload, was about ${JSON.stringify(whose)}`, meant(whose, names));
}

function meant(written: string, known: readonly string[]): string {
  const nearest = closest(written, known);
  return nearest === null ? `Known are ${known.join(', ')}.` : `Did you mean ${nearest}?`;
}

function matched(matchers: Selector['matchers'], workloads: readonly string[]): readonly string[] {
  const ofWorkload = matchers.filter(({ label }) => label === 'workload');
  return workloads.filter((name) => ofWorkload.every(({ accepts }) => accepts(name)));
}

function isAsked(workload: string, selectors: readonly Selector[]): boolean {
  return selectors.some(
    ({ metric, matchers }) =>
      scrapedMetrics.get(metric)?.from === 'responses' && matched(matchers, [workload]).length > 0,
  );
}

function boundsOf(workload: string, { workloads }: Scenario): readonly number[] {
  return workloads[workload].latencyBuckets ?? DEFAULT_BUCKETS.map((seconds) => seconds * 1e6);
}

function missingOf(written: NamedMetricsSection[string]['missing']): MissingData {
  return typeof written === 'string' ? { do: written } : { do: 'last', forMicros: written.last };
}
