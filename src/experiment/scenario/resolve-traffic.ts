import { InputError } from '../../domain/errors.js';
import type { RateSeries } from '../../domain/rate-series.js';
import type { RequestClassSpec, TrafficSpec, WorkSpec } from '../../domain/traffic-spec.js';
import { closest } from '../../domain/did-you-mean.js';
import { normalQuantile } from '../../kernel/distributions.js';
import type { Streams } from '../../kernel/streams.js';
import { generateRates } from '../../traces/generators/generator-spec.js';
import type { GeneratorSpec } from '../../traces/generators/generator-spec.js';
import { micros } from '../../kernel/micros.js';
import { clientOf } from './client-schema.js';
import type { QueueConsumers } from './consumers-by-queue.js';
import type { RunSpan } from './run-span.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import { ratesOfTrace } from './trace-rates.js';
import type { ReadTrace } from './read-traces.js';
import type { TrafficSection } from './traffic-schema.js';
import type { Path } from './tree.js';
import { usualSizes } from './size-schema.js';
import { callsOf } from './work-schema.js';
import { usersOf } from './user-schema.js';
import type { WorkloadSection } from './workload-schema.js';

/** What traffic is resolved from. */
export interface TrafficSources {
  readonly scenario: Scenario;
  readonly tree: SourceTree;
  readonly span: RunSpan;
  readonly streams: Streams;
  /** The trace of each source, null where it is generated. */
  readonly traces: readonly (ReadTrace | null)[];
  readonly consumers: QueueConsumers;
}

/** Resolves every source of requests: rates over the whole run, classes and clients. Throws InputError at what makes no sense. */
export function resolveTraffic(sources: TrafficSources): readonly TrafficSpec[] {
  const taken = new Map<string, number>();
  return sources.scenario.traffic.map((section, i) => {
    const wanted = section.name ?? section.to;
    const count = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, count);
    return resolveSource(sources, section, i, count === 1 ? wanted : `${wanted}-${count}`);
  });
}

function resolveSource(sources: TrafficSources, section: TrafficSection, i: number, name: string): TrafficSpec {
  const { scenario, tree, span, consumers } = sources;
  const path: Path = ['traffic', i];
  const to = consumers.get(section.to) ?? section.to;
  if (!Object.hasOwn(scenario.workloads, to)) {
    const known = [...Object.keys(scenario.workloads), ...consumers.keys()];
    const meant = closest(section.to, known);
    const hint = meant === null ? `Known are ${known.join(', ')}.` : `Did you mean ${meant}?`;
    tree.reject([...path, 'to'], `must be a workload or a queue, was ${JSON.stringify(section.to)}`, hint);
  }
  return {
    name,
    to,
    ...(consumers.has(section.to) ? { queue: section.to } : {}),
    rates: ratesOf(sources, section, i, name),
    arrivals: section.arrivals,
    ...usersOf(section, span),
    client: clientOf(section.client),
    classes: resolveClasses(sources, { ...section, to }, path),
  };
}

function ratesOf(
  { span, streams, traces, tree }: TrafficSources,
  section: TrafficSection,
  i: number,
  name: string,
): RateSeries {
  const read = traces[i];
  if (read !== null) return ratesOfTrace(read, span, tree, ['traffic', i, 'trace']);
  if (section.users !== undefined) return nothing(span);
  if (section.generate === undefined) throw new InputError({ source: tree.file }, 'must have traffic');
  const random = streams.stream('noise', name);
  const length = span.warmUpMicros + span.durationMicros;
  const origin = span.originEpochMicros - span.warmUpMicros;
  const spec = shifted(section.generate, span.warmUpMicros);
  const rates = generateRates(spec, length, (ordinal) => normalQuantile(random.uniform(ordinal)), origin);
  return { ...rates, edgesMicros: rates.edgesMicros.map((edge) => edge - span.warmUpMicros) };
}

function nothing({ warmUpMicros, durationMicros }: RunSpan): RateSeries {
  return { edgesMicros: Float64Array.of(0 - warmUpMicros, durationMicros), ratePerSecond: Float64Array.of(0) };
}

/** Times of a generator count from the end of the warm-up; its curve begins with the warm-up. */
function shifted(spec: GeneratorSpec, by: number): GeneratorSpec {
  const { step, ramp, flashCrowd } = spec;
  return {
    ...spec,
    step: step && { ...step, at: micros(step.at + by), until: step.until && micros(step.until + by) },
    ramp: ramp && { ...ramp, start: micros(ramp.start + by) },
    flashCrowd: flashCrowd.map((crowd) => ({ ...crowd, at: micros(crowd.at + by) })),
  };
}

function resolveClasses(
  { scenario, tree, consumers }: TrafficSources,
  section: TrafficSection,
  path: Path,
): readonly RequestClassSpec[] {
  const serve = scenario.workloads[section.to].serve;
  const kinds = section.classes ?? [
    { name: 'all', share: 1, request: usualSizes.requestBytes, response: usualSizes.responseBytes },
  ];
  const total = kinds.reduce((sum, kind) => sum + kind.share, 0);
  if (Math.abs(total - 1) > 1e-6) {
    const shares = kinds.map((kind) => `${kind.name} ${percent(kind.share)}`).join(', ');
    tree.reject(
      [...path, 'classes'],
      `must have shares that add up to 100%, added up to ${percent(total)} (${shares})`,
    );
  }
  return kinds.map((kind, j) => ({
    name: kind.name,
    share: kind.share / total,
    requestBytes: kind.request,
    responseBytes: kind.response,
    ...work(kind, serve, consumers, () => missingCpu(tree, section, path, j)),
  }));
}

type Work = WorkloadSection['serve'];

/** What a request takes: as its class says, else as its workload does. */
function work(kind: Work, serve: Work, consumers: QueueConsumers, refuse: () => never): WorkSpec {
  return {
    cpu: kind.cpu ?? serve.cpu ?? refuse(),
    wait: kind.wait ?? serve.wait ?? null,
    calls: callsOf(kind.calls ?? serve.calls ?? [], consumers),
  };
}

function missingCpu(tree: SourceTree, section: TrafficSection, path: Path, j: number): never {
  const at: Path =
    section.classes === undefined ? ['workloads', section.to, 'serve', 'cpu'] : [...path, 'classes', j, 'cpu'];
  return tree.reject(
    at,
    'must be given, was missing',
    'Say how much CPU time a request takes, as 20ms or { exponential: 20ms }.',
  );
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))}%`;
}
