import { basename, extname } from 'node:path';
import { distributionText } from '../../domain/distribution-text.js';
import { Bug } from '../../domain/errors.js';
import type { RecordedRequests } from '../../traces/service-time-fit.js';
import type { Trace } from '../../traces/trace.js';
import { formatDuration } from '../scenario/format-duration.js';
import { parseScenarioText } from '../scenario/parse-scenario-text.js';
import { isMap, type Path, pathText, valueAt } from '../scenario/tree.js';
import { importManifests } from './import-manifests.js';
import type { ManifestSource, SuppliedText } from './import-options.js';
import type { ImportedScenario } from './imported-scenario.js';

/** Recorded traffic and what is to be done with it. */
export interface TraceInput {
  readonly trace: Trace;
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

/**
 * A scenario from manifests and recorded traffic: the trace over its whole length, the service time fitted to it and the size of its
 * responses where the recording tells them. Its `measured` section says which values are no guesses.
 *
 * Throws InputError as importManifests does.
 */
export function traceScenario(sources: readonly ManifestSource[], input: TraceInput): ImportedScenario {
  const { trace, name, to, path, shown } = input;
  const fitted = fittedTo(trace.recorded, shown);
  const imported = importManifests(sources, {
    ...(name === undefined ? {} : { name }),
    ...(to === undefined ? {} : { to }),
    trace: {
      path,
      duration: formatDuration(trace.values.length * trace.binMicros),
      fields: plainFields(input.reading),
      origin: shown,
    },
    ...(fitted === null ? {} : { serviceTime: fitted }),
  });
  const text = withTrafficKeys(imported.text, input);
  return {
    ...imported,
    text: `${text}${measuredSection(text, imported, fitted === null ? null : `${fitted.origin}; that all of it is CPU time is a guess`, sources)}`,
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

/** The keys of the trace section that are texts; labels and yes or no are written by withTrafficKeys. */
function plainFields(reading: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(reading).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

/** Writes into the source of the imported scenario what an import does not know: JSON in one line is YAML. */
function withTrafficKeys(text: string, { reading, trace }: TraceInput): string {
  const bytes = trace.recorded?.responseBytes ?? null;
  const response =
    bytes === null
      ? ''
      : `    classes: [{ name: all, share: 100%, response: ${Math.round(bytes)}B }] # mean of the log\n`;
  const others = Object.entries(reading).filter(([, value]) => typeof value !== 'string');
  const further = others.map(([key, value]) => `\n      ${key}: ${JSON.stringify(value)}`).join('');
  const place = /^ {4}trace:$/m;
  if (!place.test(text)) throw new Bug('an imported scenario has no trace section of its own line');
  return text.replace(place, (line) => `${response}${line}${further}`);
}

/** Which values are no guesses: the fitted service time, and what the manifests say of the size of pods. */
function measuredSection(
  text: string,
  { notes }: ImportedScenario,
  fitted: string | null,
  sources: readonly ManifestSource[],
): string {
  const tree = parseScenarioText(text, 'the imported scenario').value;
  const guessed = new Set(notes.flatMap(({ paths }) => paths));
  const workloads = valueAt(tree, ['workloads']);
  const said = Object.keys(isMap(workloads) ? workloads : {})
    .map((name): Path => ['workloads', name, 'pod', 'cpu', 'request'])
    .filter((path) => valueAt(tree, path) !== undefined && !guessed.has(pathText(path)))
    .map((path) => [pathText(path), `as said in ${sources.map(({ name }) => name).join(', ')}`]);
  const to = valueAt(tree, ['traffic', 0, 'to']);
  const fit = fitted === null || typeof to !== 'string' ? [] : [[pathText(['workloads', to, 'serve', 'cpu']), fitted]];
  const lines = [...fit, ...said].map(([path, how]) => `  ${path}: ${JSON.stringify(how)}\n`);
  return lines.length === 0 ? '' : `# What is no guess, for the report.\nmeasured:\n${lines.join('')}`;
}
