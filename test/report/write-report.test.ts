import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError, WorldError } from '../../src/domain/errors.js';
import { writeReport } from '../../src/report/write-report.js';
import { syntheticReport } from './fixtures/synthetic-report.js';

const report = syntheticReport({ stepSeconds: 300 });
const names = ['index.html', 'report.md', 'result.json', 'series.parquet'];

describe('writing a report', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hindcast-report-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('makes the folder, writes four whole files and leaves nothing else behind', async () => {
    const dir = join(folder, 'deep', 'sale');
    const paths = await writeReport(dir, report);
    expect([...paths].sort()).toEqual(names.map((name) => join(dir, name)));
    expect(readdirSync(dir).sort()).toEqual(names);
    expect(JSON.parse(readFileSync(join(dir, 'result.json'), 'utf8'))).toEqual(report.result);
    expect(readFileSync(join(dir, 'series.parquet')).subarray(-4).toString()).toBe('PAR1');
    expect(readFileSync(join(dir, 'index.html'), 'utf8')).toMatch(/<\/html>\s*$/);
  });

  test('writing again replaces, and gives the same bytes for the same report', async () => {
    await writeReport(folder, syntheticReport({ stepSeconds: 600, seed: 8 }));
    await writeReport(folder, report);
    const first = names.map((name) => readFileSync(join(folder, name)).toString('base64'));
    await writeReport(folder, report);
    expect(names.map((name) => readFileSync(join(folder, name)).toString('base64'))).toEqual(first);
  });

  test.each([
    ['in the place of the folder', 'taken'],
    ['in the place of its parent', 'taken/sale'],
  ])('a file %s is the mistake of the user', async (_where, path) => {
    writeFileSync(join(folder, 'taken'), 'mine');
    await expect(writeReport(join(folder, path), report)).rejects.toThrow(InputError);
    await expect(writeReport(join(folder, path), report)).rejects.toThrow(/needs a folder here, was a file/);
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('mine');
  });

  test('when a file cannot be put in its place the old ones stay and no part remains', async () => {
    mkdirSync(join(folder, 'report.md'));
    writeFileSync(join(folder, 'report.md', 'in-the-way'), '');
    writeFileSync(join(folder, 'index.html'), 'old');
    await expect(writeReport(folder, report)).rejects.toThrow(WorldError);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });
});
