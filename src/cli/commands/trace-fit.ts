import { formatNumber } from '../../domain/number-format.js';
import type { LikenessRow } from '../../traces/fit/likeness.js';
import type { LookAlike } from '../../traces/fit/look-alike.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { UsageError } from '../usage-error.js';
import { traceOf } from './trace-inspect.js';
import type { TraceOptions } from './trace-options.js';

/** Seed of the look-alike that the trace is compared with. */
const SEED = 1;

/** `hindcast trace fit`: the generator's figures for a look-alike of a trace, and how alike it is. */
export async function traceFit(options: TraceOptions, io: CliIo): Promise<number> {
  const { file } = options;
  if (file === undefined)
    throw new UsageError('An argument is missing after hindcast trace fit.\n  Name a file or a known trace.');
  const trace = await traceOf(file, options, io);
  const { fitTraffic } = await import('../../traces/fit/fit-traffic.js');
  const { lookAlike, lookAlikeRates } = await import('../../traces/fit/look-alike.js');
  const { likeness, profileCorrelation } = await import('../../traces/fit/likeness.js');
  const { resampleRates } = await import('../../traces/resample-rates.js');
  const fit = fitTraffic(trace);
  const generate = lookAlike(fit);
  const span = { durationMicros: fit.rates.length * fit.binMicros, startEpochMicros: trace.startEpochMicros ?? 0 };
  const alike = resampleRates(lookAlikeRates(generate, span, trace.name, SEED), fit.binMicros);
  const statistics = likeness(fit.rates, alike.ratePerSecond, fit.binMicros);
  const profile = profileCorrelation(fit.profile, fit.modelProfile);
  const told = { profileCorrelation: profile, growthPerWeek: fit.growthPerWeek, crowds: fit.crowds.length };
  io.out(
    options.json
      ? `${JSON.stringify({ trace: trace.name, sha256: trace.sha256, generate, ...told, statistics }, null, 2)}\n`
      : `${yaml(generate)}\n${remarks(told, generate)}\n${table(statistics)}`,
  );
  return EXIT.ok;
}

function yaml({ diurnal, flashCrowd }: LookAlike): string {
  const { mean, peakToMean, peakAt, halfDay, week, noise } = diurnal;
  const lines = [
    'generate:',
    '  diurnal:',
    `    mean: ${mean}`,
    `    peakToMean: ${peakToMean}`,
    `    peakAt: ${peakAt}`,
    `    halfDay: ${flow(halfDay)}`,
    `    week: ${flow(week)}`,
    `    noise: ${flow(noise)}`,
    ...(flashCrowd.length === 0 ? [] : ['  flashCrowd:', ...flashCrowd.map((crowd) => `    - ${flow(crowd)}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

function flow(record: object): string {
  const entries = Object.entries(record).map(([key, value]) => `${key}: ${String(value)}`);
  return `{ ${entries.join(', ')} }`;
}

interface Told {
  readonly profileCorrelation: number | null;
  readonly growthPerWeek: number | null;
  readonly crowds: number;
}

function remarks({ profileCorrelation, growthPerWeek, crowds }: Told, { flashCrowd }: LookAlike): string {
  const lines = [
    `# The day's profile and the model's correlate at ${formatNumber(profileCorrelation)}.`,
    ...(growthPerWeek === null
      ? []
      : [`# The level changes by ${formatNumber(growthPerWeek)}x a week, which the model leaves out.`]),
    ...(crowds > flashCrowd.length
      ? [`# ${crowds} crowds were found, the greatest ${flashCrowd.length} are kept.`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function table(rows: readonly LikenessRow[]): string {
  const line = (name: string, recorded: string, alike: string): string =>
    `# ${name.padEnd(32)} ${recorded.padStart(10)} ${alike.padStart(11)}\n`;
  return [
    line('', 'recorded', 'look-alike'),
    ...rows.map(({ name, recorded, lookAlike: alike }) => line(name, formatNumber(recorded), formatNumber(alike))),
  ].join('');
}
