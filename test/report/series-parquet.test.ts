import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { seriesParquet } from '../../src/report/series-parquet.js';
import { syntheticReport } from './fixtures/synthetic-report.js';

const report = syntheticReport({ stepSeconds: 300 });

describe('series.parquet', () => {
  test('reads back as a row for every step and entity, with every value', async () => {
    const bytes = seriesParquet(report);
    const rows = await parquetReadObjects({ file: bytes.slice().buffer });
    const { tables, steps, startSeconds } = report.series;
    expect(rows).toHaveLength(tables.length * steps);
    tables.forEach(({ entity, kind, columns }, position) => {
      for (const step of [0, 1, Math.floor(steps / 2), steps - 1]) {
        const row = rows[position * steps + step];
        expect(row).toMatchObject({ startSeconds: startSeconds[step], entity, kind });
        for (const [column, values] of Object.entries(columns)) {
          expect(row[column]).toEqual(Number.isNaN(values[step]) ? null : values[step]);
        }
      }
    });
  });

  test('what an entity does not have is null, and so is a missing value', async () => {
    const [service, ...others] = report.series.tables;
    const p99Ms = service.columns.p99Ms.with(5, NaN);
    const tables = [{ ...service, columns: { ...service.columns, p99Ms } }, ...others];
    const bytes = seriesParquet({ ...report, series: { ...report.series, tables } });
    const rows = await parquetReadObjects({ file: bytes.slice().buffer });
    expect(rows[5].p99Ms).toBeNull();
    expect(rows[5].readyPods).toBeNull();
    expect(rows[report.series.steps].offered).toBeNull();
  });

  test('the file says which run it belongs to, and equal reports give equal bytes', () => {
    const bytes = seriesParquet(report);
    const pairs = parquetMetadata(bytes.slice().buffer).key_value_metadata ?? [];
    expect(Object.fromEntries(pairs.map(({ key, value }) => [key, value]))).toMatchObject({
      'hindcast.scenario': 'flash-sale',
      'hindcast.journal': report.result.journal.hash,
      'hindcast.originIso': '2024-03-05T00:00:00Z',
    });
    expect(Buffer.from(seriesParquet(syntheticReport({ stepSeconds: 300 }))).equals(Buffer.from(bytes))).toBe(true);
  });
});
