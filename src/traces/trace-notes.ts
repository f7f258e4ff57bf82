import type { ChosenColumns } from './choose-columns.js';
import type { CsvTraceOptions } from './csv-trace-options.js';
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
  const notes: string[] = [];
  if (columns?.timeGuessed === true) notes.push(`time is column ${shown(columns, columns.time)}`);
  if (columns?.valueGuessed === true) notes.push(`value is column ${shown(columns, columns.value)}`);
  if (options.unit === undefined) notes.push(`values are taken as ${outcome.unit === 'requests' ? 'requests per bin' : outcome.unit}`);
  if (options.binMicros === undefined) notes.push(`bins are ${outcome.binMicros / 1e6} s long, the median step`);
  if (stamps !== null) notes.push(...stampNotes(options, points));
  if (outcome.merged > 0) notes.push(`${outcome.merged} rows share a bin with another`);
  if (outcome.repaired > 0) notes.push(`${outcome.repaired} missing bins were filled (${options.gaps ?? 'interpolate'})`);
  return notes;
}

function stampNotes(options: CsvTraceOptions, { columns, stamps }: TracePoints): readonly string[] {
  const notes: string[] = [];
  if (stamps?.zoneAssumed === true) notes.push('times name no zone and are taken as UTC');
  if (stamps?.absolute === false) notes.push('times count from the start of the recording: its date is unknown');
  const claimed = /[_[(\s](ms|us|ns|s)[\])]?$/.exec(columns?.header?.[columns.time] ?? '')?.[1];
  if (stamps?.unit != null && claimed !== undefined && claimed !== stamps.unit && options.timestamps === undefined) {
    notes.push(`the header says times are in ${claimed}, their size says ${stamps.unit}: taken as ${stamps.unit}`);
  }
  return notes;
}

function shown(columns: ChosenColumns, index: number): string {
  return columns.header === null ? `${index + 1}` : `${index + 1} (${columns.header[index]})`;
}
