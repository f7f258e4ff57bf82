import { dirname, join, relative, resolve } from 'node:path';
import { guessesOf } from '../experiment/manifests/guesses-of.js';
import type { ImportedScenario, Target } from '../experiment/manifests/imported-scenario.js';
import { topics } from '../experiment/manifests/topics.js';
import { InputError } from '../domain/errors.js';
import type { Trace } from '../traces/trace.js';
import type { TraceSpec } from '../traces/trace-spec.js';
import type { CliIo } from './cli-io.js';
import { readingRemark } from './reading-remark.js';
import { shareOut } from './share-out.js';
import { readingKeys, type TraceWords } from './trace-section.js';

/** The words of a run without a scenario of the user's own. */
export interface TraceRunWords extends TraceWords {
  readonly trace: string;
  readonly manifests: readonly string[] | undefined;
  readonly to: string | undefined;
  readonly name: string | undefined;
  readonly out: string | undefined;
}

/** A scenario made of a trace and manifests, and where it will be. */
export interface ScenarioOfTrace extends ImportedScenario {
  /** Where the scenario will lie, as the user knows it. */
  readonly file: string;
  /** What was read, and how it is shared out. */
  readonly reading: string;
}

/** Makes the scenario of `hindcast run --trace FILE --manifests DIR`. Throws InputError, also where manifests are missing. */
export async function scenarioOfTrace(words: TraceRunWords, io: CliIo): Promise<ScenarioOfTrace> {
  const { readManifestSources } = await import('../experiment/manifests/read-manifest-sources.js');
  const { nameOfTrace, traceScenario } = await import('../experiment/manifests/trace-scenario.js');
  const { trace: shown, manifests, to } = words;
  if (manifests === undefined || manifests.length === 0) throw withoutManifests(shown);
  const name = words.name ?? nameOfTrace(shown);
  const file = join(words.out ?? join('reports', name), 'scenario.yaml');
  const { trace, spec } = await readTraffic(words, io);
  const sources = await readManifestSources(manifests, {
    directory: io.cwd,
    standardInput: () => io.standardInput(),
  });
  const path = relative(dirname(resolve(io.cwd, file)), resolve(io.cwd, shown));
  const { remark, ...shared } = await shareOut(trace, { spec, to, cwd: io.cwd }, sources);
  const scenario = traceScenario(sources, {
    trace,
    ...shared,
    shown,
    path,
    reading: readingKeys(words),
    name,
    ...(to === undefined ? {} : { to }),
  });
  return { ...scenario, file, reading: `${readingRemark(shown, trace)}${remark}` };
}

async function readTraffic(
  words: TraceRunWords,
  io: CliIo,
): Promise<{ readonly trace: Trace; readonly spec: TraceSpec }> {
  const { loadTrace } = await import('../traces/load-trace.js');
  const { traceSchema } = await import('../traces/trace-spec.js');
  const spec = traceSchema.parse({ file: words.trace, ...readingKeys(words) });
  const loaded = await loadTrace(spec, { scenario: io.cwd, data: null });
  if (loaded.kind === 'absent')
    throw new InputError({ source: words.trace }, 'must be a trace that is here', loaded.sentence);
  if (loaded.trace.unit !== 'level') return { trace: loaded.trace, spec };
  throw new InputError(
    { source: words.trace },
    'must count requests to become traffic, was a level',
    'Add --unit requests/s if that is what the values are.',
  );
}

function withoutManifests(trace: string): InputError {
  return new InputError(
    { source: '--trace' },
    'must come with the manifests of what serves the traffic, came alone',
    `Add --manifests DIR (Deployment, HorizontalPodAutoscaler, ...): hindcast run --trace ${trace} --manifests k8s/\n` +
      `  Or name the trace in a scenario of your own: traffic: [{ to: web, trace: { file: ${trace} } }]`,
  );
}

/** What the manifests could not say, for the terminal: where the traffic goes if that is a guess, then every guess, the weightiest in full. */
export function remarks(made: ScenarioOfTrace): string {
  const guesses = guessesOf(made.notes);
  const left = made.unused.length === 0 ? '' : `, ${made.unused.length} things they say are not used`;
  const lines = guesses.map(({ what, why, measure, topic }, i) =>
    topics[topic].severity === 'decides'
      ? `  ${i + 1}. ${what}: ${why}. Measure it, for instance with ${measure}.\n`
      : `  ${i + 1}. ${what}\n`,
  );
  const head = `${guesses.length} things the manifests do not say are guesses${left}; ${made.file} lists and marks them, most important first:`;
  return `${targetRemark(made.target)}${made.reading}${head}\n${lines.join('')}`;
}

/** Where all the traffic goes; empty where that is no guess. */
export function targetRemark(target: Target | null): string {
  if (target === null || target.candidates.length === 0) return '';
  const { to, candidates } = target;
  return `All traffic goes to ${to} (a guess); candidates: ${candidates.join(', ')}; choose with \`--to ${to}\`.\n`;
}
