import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { RunReport } from '../domain/run-result.js';
import { seriesFrame } from './series-frame.js';

const WORDS = new Set(['entity', 'kind']);
const REQUIRED = new Set(['startSeconds', 'entity', 'kind']);

/**
 * The series of a run as the bytes of a Parquet file: the columns of `seriesFrame`, text for `entity` and `kind`, nullable doubles for every metric.
 *
 * The file's metadata name the scenario, the seed, the journal's hash and the instant of `startSeconds` 0. Equal reports give equal bytes.
 */
export function seriesParquet(report: RunReport): Uint8Array {
  const frame = seriesFrame(report.series);
  const columnData = frame.columnNames().map((name): ColumnSource => ({
    name,
    data: [...frame.array(name)],
    type: WORDS.has(name) ? 'STRING' : 'DOUBLE',
    nullable: !REQUIRED.has(name),
  }));
  const { identity, journal, originIso } = report.result;
  const kvMetadata = [
    { key: 'hindcast.scenario', value: identity.scenario },
    { key: 'hindcast.seed', value: String(identity.seed) },
    { key: 'hindcast.journal', value: journal.hash },
    { key: 'hindcast.originIso', value: originIso },
    { key: 'hindcast.stepSeconds', value: String(report.series.stepSeconds) },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, createdBy: `hindcast ${identity.version}` }));
}
