import { egressKinds, linkKinds } from '../../domain/network-spec.js';
import type { TrustEntry } from '../../domain/run-result.js';
import { meanOf, scvOf } from '../../kernel/distributions.js';
import type { Distribution } from '../../kernel/distributions.js';
import type { TrafficSpec, WorkSpec } from '../../domain/traffic-spec.js';
import { servingWorkloads } from '../../domain/serving-workloads.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { findInstanceType } from '../../catalogue/find-instance-type.js';
import { formatDuration, roughDuration } from './format-duration.js';
import type { ReadTrace } from './read-traces.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import { machineSections } from './machine-sections.js';
import { measuredHow, requireMeasured } from './measured-values.js';
import type { Path } from './tree.js';

/** What the origin of the inputs is told from. */
export interface TrustSources {
  readonly scenario: Scenario;
  readonly tree: SourceTree;
  readonly world: WorldSpec;
  readonly traces: readonly (ReadTrace | null)[];
  /** Workloads that others call. */
  readonly called: ReadonlySet<string>;
}

/**
 * Where each input that moves the result came from: measured, a default of ours, or a guess of the user's.
 *
 * Throws InputError where the scenario says of a value that it was measured, and does not have it.
 */
export function trustEntries(sources: TrustSources): readonly TrustEntry[] {
  requireMeasured(sources.scenario, sources.tree);
  return [
    ...sources.world.traffic.flatMap((traffic, i) => ofTraffic(sources, traffic, i)),
    ...servingWorkloads(sources.world).flatMap(({ name, pod, work }) => {
      const path: Path = ['workloads', name];
      return [
        ...(sources.called.has(name)
          ? [given(sources, `work of ${name} when called`, [...path, 'serve', 'cpu'], describeWork(work))]
          : []),
        given(sources, `start-up of ${name}`, [...path, 'pod', 'start'], describe(pod.start)),
        ...(pod.image === undefined ? [] : [guess(`image of ${name}`, `${Math.round(pod.image.sizeMiB)} MiB`)]),
        given(
          sources,
          `pod of ${name}`,
          [...path, 'pod', 'cpu', 'request'],
          `requests ${pod.cpuRequestMillis ?? 0}m CPU, ${Math.round(pod.memoryRequestMiB ?? 0)} MiB`,
        ),
        given(
          sources,
          `endpoint lag of ${name}`,
          [...path, 'balancer', 'endpointLag'],
          formatDuration(sources.scenario.workloads[name].balancer.endpointLag),
        ),
      ];
    }),
    ...sources.world.dependencies.map(({ name, service, concurrency }) =>
      given(
        sources,
        `service of ${name}`,
        ['dependencies', name, 'service'],
        `${describe(service)}, ${concurrency} at once`,
      ),
    ),
    ...ofNodes(sources),
    ...ofNetwork(sources),
    ...ofPipeline(sources),
  ];
}

function ofTraffic(sources: TrustSources, traffic: TrafficSpec, i: number): readonly TrustEntry[] {
  const { traces, tree } = sources;
  const read = traces[i];
  const load: TrustEntry =
    read === null
      ? guess(`traffic of ${traffic.name}`, generated(traffic))
      : {
          input: `traffic of ${traffic.name}`,
          status: 'measured',
          detail: [
            `trace ${read.trace.name}, bins of ${formatDuration(read.trace.binMicros)}`,
            ...read.trace.notes,
          ].join('; '),
        };
  const timeout = traffic.client.timeoutMicros;
  const client = timeout === null ? 'waits for ever' : `gives up after ${formatDuration(timeout)}`;
  return [
    load,
    ...traffic.classes.map((kind, j) => {
      const own: Path = ['traffic', i, 'classes', j, 'cpu'];
      const path = tree.has(own) ? own : ['workloads', traffic.to, 'serve', 'cpu'];
      return given(sources, `work of ${traffic.name}/${kind.name}`, path, describeWork(kind));
    }),
    {
      input: `client of ${traffic.name}`,
      status: tree.has(['traffic', i, 'client']) ? 'guessed' : 'defaulted',
      detail: client,
    },
  ];
}

function generated({ users }: TrafficSpec): string {
  if (users === undefined) return 'generated';
  return `at most ${users.counts.reduce((most, count) => Math.max(most, count), 0)} users, thinking ${describe(users.thinkTime)}`;
}

function ofNodes({ world, scenario }: TrustSources): readonly TrustEntry[] {
  const sections = machineSections(scenario);
  const pools = world.nodePools.flatMap((pool, i): TrustEntry[] => {
    const section = sections[i];
    const found = findInstanceType(pool.instanceType);
    const list = found.found ? `list price of ${found.type.date}, ${found.type.source}` : '';
    const price = `$${pool.pricePerHour}/h`;
    return [
      section.price === undefined
        ? { input: `price of ${pool.name}`, status: 'measured', detail: `${price}, ${list}` }
        : guess(`price of ${pool.name}`, price),
      {
        input: `CPU speed of ${pool.name}`,
        status: section.cpuSpeed === undefined ? 'defaulted' : 'guessed',
        detail: `${pool.cpuSpeed}x the core that CPU times are written for`,
      },
    ];
  });
  if (world.billing.kind === 'nodes') return pools;
  const price = `$${Number(world.billing.pricePerPodHour.toPrecision(4))}/h`;
  const entry: TrustEntry =
    scenario.billing.perPodHour === undefined
      ? {
          input: 'price of a pod',
          status: 'defaulted',
          detail: `${price}, OpenCost's default rates on the mean request of the pods`,
        }
      : guess('price of a pod', price);
  return [...pools, entry];
}

function ofNetwork(sources: TrustSources): readonly TrustEntry[] {
  const { network } = sources.world;
  if (network === undefined) return [];
  const { prices, roundTrip } = network;
  return [
    ...linkKinds.map((kind) => given(sources, `round trip ${kind}`, ['network', kind], describe(roundTrip[kind]))),
    ...egressKinds.flatMap((kind) =>
      prices === null
        ? []
        : given(
            sources,
            `price of traffic ${kind}`,
            ['network', 'prices', kind],
            `$${Number((prices[kind] * 1e9).toPrecision(4))}/GB`,
          ),
    ),
  ];
}

function ofPipeline(sources: TrustSources): readonly TrustEntry[] {
  const { scenario } = sources;
  const { scrape, lag, window, dropped } = scenario.metrics;
  return [
    given(sources, 'scrape interval', ['metrics', 'scrape'], formatDuration(scrape)),
    given(sources, 'metric lag', ['metrics', 'lag'], formatDuration(lag)),
    given(sources, 'metric window', ['metrics', 'window'], formatDuration(window)),
    given(sources, 'dropped samples', ['metrics', 'dropped'], `${dropped * 100}%`),
    ...ofPulls(sources),
    given(sources, 'control period', ['tick'], formatDuration(scenario.tick)),
  ];
}

function ofPulls(sources: TrustSources): readonly TrustEntry[] {
  const { images } = sources.world.cluster;
  if (images === undefined) return [];
  const detail = `${Number(images.nodeMiBPerSecond.toPrecision(4))} MiB/s a node`;
  return [given(sources, 'image bandwidth', ['cluster', 'images', 'bandwidth'], detail)];
}

function given(sources: TrustSources, input: string, path: Path, detail: string): TrustEntry {
  const how = measuredHow(sources.scenario, path);
  if (how !== null) return { input, status: 'measured', detail: `${detail}; ${how}` };
  return { input, status: sources.tree.has(path) ? 'guessed' : 'defaulted', detail };
}

function guess(input: string, detail: string): TrustEntry {
  return { input, status: 'guessed', detail };
}

function describeWork(work: WorkSpec): string {
  const calls = work.calls.flat().map((call) => call.target);
  const wait = work.wait === null ? '' : `, then waits ${describe(work.wait)}`;
  return `CPU ${describe(work.cpu)}${wait}${calls.length === 0 ? '' : `, calls ${calls.join(', ')}`}`;
}

function describe(distribution: Distribution): string {
  const mean = roughDuration(meanOf(distribution));
  if (distribution.kind === 'constant') return mean;
  return `${distribution.kind}, mean ${mean}, SCV ${Number(scvOf(distribution).toPrecision(3))}`;
}
