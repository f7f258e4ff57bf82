import type { ChosenColumns } from './choose-columns.js';
import type { CsvTraceOptions } from './csv-trace-options.js';
import type { StampReader } from './stamp-reader.js';
import type { TracePoints } from './trace-points.js';
import type { TraceUnit } from './trace.js';

/** What became of a file, for the notes. */
interface Outcome {
  readonly unit: TraceUnit;
  readonly binMicros: number;
  readonly merged: number;
  readonly repaired: number;
}

/** Names of a column that holds rates, not counts. */
const rateName = /(^|[^a-z])(rps|qps|rate)([^a-z]|$)|\/\s*s(ec)?(ond)?\b|per[_ ]?s(ec|econd)?\b/i;

/** The unit that the name of the value column suggests; counts where it suggests none. */
export function unitOf(columns: ChosenColumns | null): TraceUnit {
  const name = columns?.header?.[columns.value] ?? '';
  return rateName.test(name) ? 'requests/s' : 'requests';
}

/** One sentence for every choice that was not the user's own. */
export function traceNotes(options: CsvTraceOptions, points: TracePoints, outcome: Outcome): readonly string[] {
  const { columns, stamps } = points;
  return [
    ...(columns === null ? [] : columnNotes(columns)),
    ...binNotes(options, outcome),
    ...(columns === null || stamps === null ? [] : stampNotes(options, columns, stamps)),
    ...repairNotes(options, outcome),
  ];
}

function columnNotes(columns: ChosenColumns): readonly string[] {
  const notes: string[] = [];
  if (columns.timeGuessed) notes.push(`time is column ${shown(columns, columns.time)}`);
  if (columns.valueGuessed) notes.push(`value is column ${shown(columns, columns.value)}`);
  return notes;
}

function binNotes(options: CsvTraceOptions, { unit, binMicros }: Outcome): readonly string[] {
  const notes: string[] = [];
  if (options.unit === undefined) notes.push(`values are taken as ${unit === 'requests' ? 'requests per bin' : unit}`);
  if (options.binMicros === undefined) notes.push(`bins are ${binMicros / 1e6} s long, the median step`);
  return notes;
}

function stampNotes(options: CsvTraceOptions, columns: ChosenColumns, stamps: StampReader): readonly string[] {
  const notes: string[] = [];
  if (stamps.zoneAssumed) notes.push('times name no zone and are taken as UTC');
  if (!stamps.absolute) notes.push('times count from the start of the recording: its date is unknown');
  const { unit } = stamps;
  const claimed = claimedUnit(columns);
  if (unit !== null && claimed !== null && claimed !== unit && options.timestamps === undefined) {
    notes.push(`the header says times are in ${claimed}, their size says ${unit}: taken as ${unit}`);
  }
  return notes;
}

/** The unit that the name of the time column ends in, as `timestamp_ms` or `Timestamp [ms]`; null where it names none. */
function claimedUnit(columns: ChosenColumns): string | null {
  const name = columns.header === null ? '' : columns.header[columns.time];
  return /[_[(\s](ms|us|ns|s)[\])]?$/.exec(name)?.[1] ?? null;
}

function repairNotes(options: CsvTraceOptions, { merged, repaired }: Outcome): readonly string[] {
  const notes: string[] = [];
  if (merged > 0) notes.push(`${merged} rows share a bin with another`);
  if (repaired > 0) notes.push(`${repaired} missing bins were filled (${options.gaps ?? 'interpolate'})`);
  return notes;
}

function shown(columns: ChosenColumns, index: number): string {
  return columns.header === null ? `${index + 1}` : `${index + 1} (${columns.header[index]})`;
}
