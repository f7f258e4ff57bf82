import { basename, extname } from 'node:path';
import { distributionText } from '../../domain/distribution-text.js';
import type { RecordedRequests } from '../../traces/service-time-fit.js';
import type { Trace } from '../../traces/trace.js';
import { formatDuration } from '../scenario/format-duration.js';
import { parseScenarioText } from '../scenario/parse-scenario-text.js';
import { isMap, type Path, pathText, valueAt } from '../scenario/tree.js';
import { importManifests } from './import-manifests.js';
import type { ManifestSource, SuppliedPart, SuppliedText, SuppliedTrace } from './import-options.js';
import type { ImportedScenario, Unused } from './imported-scenario.js';
import type { RoutedTraffic } from './traffic-routing.js';

/** Recorded traffic and what is to be done with it. */
export interface TraceInput {
  readonly trace: Trace;
  /** How it is shared out; absent where all of it goes to one workload. At least one part. */
  readonly parts?: readonly TracePart[];
  /** What the sharing out does not follow. */
  readonly unused?: readonly Unused[];
  /** The trace file as the user named it, for comments. */
  readonly shown: string;
  /** The trace file relative to the scenario that is made. */
  readonly path: string;
  /** Further keys of the trace section, as the command line gave them. */
  readonly reading: Readonly<Record<string, unknown>>;
  /** Name of the scenario; that of its workload, or `imported`, if left out. */
  readonly name?: string;
  /** Workload that the traffic goes to; the one that the outside reaches if left out. */
  readonly to?: string;
}

/** The requests that go to one workload. */
export interface TracePart {
  readonly routed: RoutedTraffic;
  readonly trace: Trace;
}

/**
 * A scenario from manifests and recorded traffic: the trace over its whole length, the service time fitted to it and the size of its
 * responses where the recording tells them, by workload where it is shared out. Its `measured` section says which values are no guesses.
 *
 * Throws InputError as importManifests does.
 */
export function traceScenario(sources: readonly ManifestSource[], input: TraceInput): ImportedScenario {
  const { trace, name, to, shown, parts, unused } = input;
  const fitted = fittedTo(trace.recorded, shown);
  const all = { trace: supplied(trace, input), ...(fitted === null ? {} : { serviceTime: fitted }) };
  const shared = parts?.map((part) => partOf(part, input));
  const imported = importManifests(sources, {
    ...(name === undefined ? {} : { name }),
    ...(to === undefined ? {} : { to }),
    ...(unused === undefined ? {} : { unused }),
    ...(shared === undefined ? all : { parts: shared }),
  });
  const fits = fitsOf(shared, imported.target?.to, fitted);
  return { ...imported, text: `${imported.text}${measuredSection(imported, fits, sources)}` };
}

type Fit = readonly [to: string, fitted: SuppliedText];

/** The service times that were fitted, by the workload that they are of. */
function fitsOf(
  parts: readonly SuppliedPart[] | undefined,
  target: string | undefined,
  fitted: SuppliedText | null,
): readonly Fit[] {
  if (parts !== undefined)
    return parts.flatMap(({ to, serviceTime }): Fit[] => (serviceTime === undefined ? [] : [[to, serviceTime]]));
  return fitted === null || target === undefined ? [] : [[target, fitted]];
}

function supplied({ values, binMicros, recorded }: Trace, { path, shown, reading }: TraceInput): SuppliedTrace {
  const bytes = recorded?.responseBytes ?? null;
  return {
    path,
    duration: formatDuration(values.length * binMicros),
    fields: reading,
    origin: shown,
    ...(bytes === null ? {} : { responseBytes: bytes }),
  };
}

function partOf({ routed, trace }: TracePart, input: TraceInput): SuppliedPart {
  const { to, only, origin } = routed;
  const fitted = fittedTo(trace.recorded, input.shown);
  return {
    to,
    origin,
    trace: supplied(trace, { ...input, reading: { ...input.reading, only } }),
    ...(fitted === null ? {} : { serviceTime: fitted }),
  };
}

/** A name for a scenario from that of its trace: `logs/access.log.gz` is `access`. */
export function nameOfTrace(file: string): string {
  const bare = basename(file, '.gz');
  const plain = basename(bare, extname(bare))
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 80);
  return plain === '' ? 'trace' : plain;
}

function fittedTo(recorded: RecordedRequests | undefined, shown: string): SuppliedText | null {
  if (recorded == null || recorded.serviceTime === null) return null;
  const { distribution, from, requests, ksDistance } = recorded.serviceTime;
  const fit = `fitted to ${from} of ${requests} undisturbed requests of ${shown}, distance ${Number(ksDistance.toPrecision(2))}`;
  return {
    text: distributionText(distribution),
    origin: fit,
    guess: {
      topic: 'serviceTime',
      why: `the time that requests of ${shown} took is measured; that all of it is CPU time is a guess, for whatever they wait for (a database, a lock, a slow client) is in it as well`,
      measure: 'sum(rate(container_cpu_usage_seconds_total[5m])) of its pods over the rate of its requests',
    },
  };
}

/** Which values are no guesses: the fitted service time, and what the manifests say of the size of pods. */
function measuredSection(
  { text, notes }: ImportedScenario,
  fits: readonly Fit[],
  sources: readonly ManifestSource[],
): string {
  const tree = parseScenarioText(text, 'the imported scenario').value;
  const guessed = new Set(notes.flatMap(({ paths }) => paths));
  const workloads = valueAt(tree, ['workloads']);
  const said = Object.keys(isMap(workloads) ? workloads : {})
    .map((name): Path => ['workloads', name, 'pod', 'cpu', 'request'])
    .filter((path) => valueAt(tree, path) !== undefined && !guessed.has(pathText(path)))
    .map((path) => [pathText(path), `as said in ${sources.map(({ name }) => name).join(', ')}`]);
  const fit = fits.map(([to, { origin }]) => [
    pathText(['workloads', to, 'serve', 'cpu']),
    `${origin}; that all of it is CPU time is a guess`,
  ]);
  const lines = [...fit, ...said].map(([path, how]) => `  ${path}: ${JSON.stringify(how)}\n`);
  return lines.length === 0 ? '' : `# What is no guess, for the report.\nmeasured:\n${lines.join('')}`;
}
