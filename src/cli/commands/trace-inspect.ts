import { extname, resolve } from 'node:path';
import { InputError } from '../../domain/errors.js';
import type { TraceInspection } from '../../traces/inspect-trace.js';
import type { ServiceTimeFit } from '../../traces/service-time-fit.js';
import type { Trace } from '../../traces/trace.js';
import type { CliIo } from '../cli-io.js';
import { dataDirectory } from '../data-directory.js';
import { EXIT } from '../exit-code.js';
import { traceSection } from '../trace-section.js';
import { UsageError } from '../usage-error.js';
import { writeWhole } from '../write-whole.js';
import type { TraceOptions } from './trace-options.js';

/** `hindcast trace inspect`: what recorded traffic looks like, as text, JSON and picture. */
export async function traceInspect(options: TraceOptions, io: CliIo): Promise<number> {
  const { file, picture } = options;
  if (file === undefined)
    throw new UsageError('An argument is missing after hindcast trace inspect.\n  Name a file or a known trace.');
  if (picture !== undefined && extname(picture) !== '.svg') {
    throw new InputError(
      { source: '--picture' },
      `must end in .svg, was ${JSON.stringify(picture)}`,
      'Other kinds of picture are not drawn.',
    );
  }
  const trace = await traceOf(file, options, io);
  const { inspectTrace } = await import('../../traces/inspect-trace.js');
  const inspection = inspectTrace(trace);
  if (picture !== undefined) await draw(trace, inspection, resolve(io.cwd, picture));
  io.out(options.json ? `${JSON.stringify(inspection, null, 2)}\n` : describe(inspection));
  return EXIT.ok;
}

/** The trace that the words of a command name. */
export async function traceOf(file: string, options: TraceOptions, io: CliIo): Promise<Trace> {
  const { loadTrace } = await import('../../traces/load-trace.js');
  const { traceSchema } = await import('../../traces/trace-spec.js');
  const { knownTraces } = await import('../../traces/known-traces.js');
  const spec = traceSchema.parse(traceSection(file, options, io.cwd, knownTraces));
  const loaded = await loadTrace(spec, { scenario: io.cwd, data: dataDirectory(io) });
  if (loaded.kind === 'absent') throw new InputError({ source: file }, 'must be a trace that is here', loaded.sentence);
  return loaded.trace;
}

async function draw(trace: Trace, inspection: TraceInspection, path: string): Promise<void> {
  const { tracePicture } = await import('../../report/trace-picture.js');
  const perSecond = trace.unit === 'requests' ? 1e6 / trace.binMicros : 1;
  const unit = trace.unit === 'level' ? 'level' : 'requests/s';
  const step = `${inspection.stepSeconds} s`;
  const picture = await tracePicture({
    title: `Traffic of ${trace.name}`,
    subtitle: `mean ${rounded(inspection.mean * perSecond)}, peak ${rounded(inspection.max * perSecond)} ${unit} over ${step}; line: mean, band: least and most of the bins of ${step} under a point`,
    startEpochMicros: trace.startEpochMicros,
    binMicros: trace.binMicros,
    values: trace.values.map((value) => value * perSecond),
    axis: unit,
  });
  await writeWhole(path, picture);
}

type Line = readonly [name: string, value: string];

function describe(trace: TraceInspection): string {
  const lines = [...extentLines(trace), ...levelLines(trace), ...requestLines(trace)];
  const notes = trace.notes.map((note) => `  note       ${note}`);
  return `${[trace.name, `  ${trace.sparkline}`, ...lines.map(([name, value]) => `  ${name.padEnd(10)} ${value}`), ...notes].join('\n')}\n`;
}

function extentLines(trace: TraceInspection): readonly Line[] {
  const bins = Math.round(trace.lengthSeconds / trace.stepSeconds);
  return [
    ['from', trace.start ?? 'unknown'],
    ['to', trace.end ?? 'unknown'],
    ['bins', `${bins} of ${trace.stepSeconds} s, from ${trace.rows} rows`],
    ['gaps', `${trace.gaps}, ${trace.repaired} bins filled`],
  ];
}

function levelLines(trace: TraceInspection): readonly Line[] {
  const growth = (factor: number | null): string => (factor === null ? 'unknown' : `${rounded(factor)}x`);
  const per = trace.unit === 'requests' ? `requests in ${trace.stepSeconds} s` : trace.unit;
  const times = trace.peakToMean === null ? '' : `, ${rounded(trace.peakToMean)} times the mean`;
  const rhythms = trace.periods.map(({ seconds, share }) => `${rounded(seconds / 3600)} h (${rounded(share * 100)}%)`);
  return [
    ['mean', `${rounded(trace.mean)} ${per}`],
    ['p99', rounded(trace.p99)],
    ['peak', `${rounded(trace.max)}${times}`],
    ['variation', trace.cv === null ? 'unknown' : `${rounded(trace.cv)} (standard deviation over mean)`],
    ['growth', `${growth(trace.worstGrowth.m5)} within 5 min, ${growth(trace.worstGrowth.m30)} within 30 min`],
    ['rhythms', rhythms.join(', ') || 'none found'],
  ];
}

/** Only a recording of single requests has these. */
function requestLines({ recorded }: TraceInspection): readonly Line[] {
  if (recorded === null) return [];
  const { serviceTime, responseBytes } = recorded;
  return [
    ['service', serviceTime === null ? 'unknown: p99 will rest on a guess' : serviceLine(serviceTime)],
    ...(responseBytes === null ? [] : [['response', `${Math.round(responseBytes)} bytes on average`] as const]),
  ];
}

function serviceLine({ distribution, quietMedianMicros, meanMicros, requests, ksDistance }: ServiceTimeFit): string {
  return `${distribution.kind}, median ${rounded(quietMedianMicros / 1000)} ms, mean ${rounded(meanMicros / 1000)} ms, from ${requests} undisturbed requests (fit off by at most ${rounded(ksDistance * 100)}%)`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
