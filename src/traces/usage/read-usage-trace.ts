import { createHash } from 'node:crypto';
import { InputError } from '../../domain/errors.js';
import { CsvSplitter } from '../csv-splitter.js';
import { fileChunks } from '../file-chunks.js';
import { decideUnit } from './decide-unit.js';
import { UsageRows } from './usage-rows.js';
import type { UsageSeries, UsageTrace, UsageTraceOptions } from './usage-trace.js';

/** Times from here on are seconds since 1970, below from the start of the recording. */
const leastEpochMicros = 1e15;

/**
 * Reads a recording of CPU and memory usage, plain or gzip: Bitbrains' own files, one machine a file, or a table of machines.
 *
 * The file is streamed; memory holds eight bytes a number. Throws InputError, with the line, for anything else.
 */
export async function readUsageTrace(path: string, options: UsageTraceOptions = {}): Promise<UsageTrace> {
  const hash = createHash('sha256');
  const rows = new UsageRows(path, options);
  const splitter = new CsvSplitter(path, null, (fields, line) => rows.accept(fields, line));
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of fileChunks(path, hash)) splitter.push(decoder.decode(chunk, { stream: true }));
  splitter.push(decoder.decode());
  splitter.end();
  const { layout } = rows;
  if (rows.times.length < 2) {
    throw new InputError({ source: path }, `must hold at least two samples, held ${rows.times.length}`);
  }
  const written = rows.times.view();
  const first = written[0] * rows.timeFactor;
  const timesMicros = written.map((time) => Math.round(time * rows.timeFactor - first));
  const unit = layout.undecided === null ? null : decideUnit(largest(rows), layout.undecided.options);
  const series = layout.series.map(({ name, memoryMiB }, index): UsageSeries => {
    const cpu = rows.cpu[index].view();
    return {
      name,
      timesMicros,
      cpuMillis: unit === null ? cpu : cpu.map((value) => value * unit.factor),
      memoryMiB: memoryMiB === null ? null : rows.memory[index].view(),
    };
  });
  return {
    name: path,
    startEpochMicros: first >= leastEpochMicros ? first : null,
    series,
    notes: unit === null ? layout.notes : [...layout.notes, unit.note],
    sha256: hash.digest('hex'),
  };
}

function largest({ cpu }: UsageRows): number {
  let largest = 0;
  for (const column of cpu) for (const value of column.view()) if (value > largest) largest = value;
  return largest;
}
