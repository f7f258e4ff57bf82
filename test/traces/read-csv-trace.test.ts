import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCsvTrace } from '../../src/traces/read-csv-trace.js';
import { traceFiles } from './trace-file.js';

const file = traceFiles();
const T = 1_700_000_000;
const minutes = (values: readonly (number | string)[]) => values.map((value, i) => `${T + i * 60},${value}`);
const csv = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

describe('what a trace file may look like', () => {
  it('reads a header, plain epoch seconds and counts, and says what it chose', async () => {
    const text = csv('timestamp,value', ...minutes([5, 7.5, 9]));
    const trace = await readCsvTrace(file('plain.csv', text));
    expect([...trace.values]).toEqual([5, 7.5, 9]);
    expect([...trace.timesMicros]).toEqual([0, 60e6, 120e6]);
    expect(trace).toMatchObject({
      startEpochMicros: T * 1e6,
      binMicros: 60e6,
      unit: 'requests',
      rows: 3,
      gaps: 0,
      repaired: 0,
    });
    expect(trace.sha256).toBe(createHash('sha256').update(text).digest('hex'));
    expect(trace.notes).toEqual([
      'time is column 1 (timestamp)',
      'value is column 2 (value)',
      'values are taken as requests per bin',
      'bins are 60 s long, the median step',
    ]);
  });

  it('reads gzip whatever the name, and hashes the file as it lies on disk', async () => {
    const zipped = gzipSync(csv('timestamp,value', ...minutes([1, 2, 3])));
    const trace = await readCsvTrace(file('zipped.csv', zipped));
    expect([...trace.values]).toEqual([1, 2, 3]);
    expect(trace.sha256).toBe(createHash('sha256').update(zipped).digest('hex'));
  });

  it.each([
    ['semicolons and decimal commas', 'Timestamp [ms];\tvalue\n1376314846;\t0,5\n1376315146;\t1,25\n', [0.5, 1.25]],
    ['tabs', 'time\tcount\n1700000000\t4\n1700000060\t6\n', [4, 6]],
    ['a byte order mark, CRLF and no last line break', '\uFEFFperiod,count\r\n1700000000,4\r\n1700000060,6', [4, 6]],
    [
      'quotes, with separators and line breaks inside',
      'note,ts,"requests"\n"a ""b"", c",1700000000,"4"\n"d\ne",1700000060,"6"\n',
      [4, 6],
    ],
    ['no header', '1700000000,4\n1700000060,6\n', [4, 6]],
    ['blank lines', 'time,value\n\n1700000000,4\n\n1700000060,6\n\n', [4, 6]],
    ['two columns of which only the time has a usual name', 'time,hits_on_shop\n1700000000,4\n1700000060,6\n', [4, 6]],
  ])('reads %s', async (name, text, values) => {
    const trace = await readCsvTrace(file(`${name.replaceAll(' ', '-')}.csv`, text));
    expect([...trace.values]).toEqual(values);
  });

  it('survives chunk borders anywhere, even inside a letter', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `"é – ${i}",${T + i},${i}`);
    const trace = await readCsvTrace(file('long.csv', csv('naïve,time,value', ...rows)));
    expect(trace.values).toHaveLength(40_000);
    expect(trace.values.every((value, i) => value === i)).toBe(true);
  });

  it.each([
    ['seconds', '1700000000', '1700000060.5', 60.5e6],
    ['milliseconds', '1700000000000', '1700000060000', 60e6],
    ['microseconds', '1700000000000000', '1700000060000001', 60_000_001],
    ['nanoseconds', '1700000000000000000', '1700000060000000000', 60e6],
    ['ISO 8601 with zones', '2023-11-14T22:13:20Z', '2023-11-15T00:14:20+02:00', 60e6],
    ['a date with 100 ns stamps', '2023-11-14 22:13:20.0000000', '2023-11-14 22:13:20.2500000', 250_000],
  ])('recognises %s', async (_, first, second, step) => {
    const trace = await readCsvTrace(file('stamps.csv', csv('timestamp,value', `${first},1`, `${second},2`)));
    expect(trace.startEpochMicros).toBe(T * 1e6);
    expect(trace.binMicros).toBe(step);
  });

  it('takes dates without a zone as UTC and says so, or in the zone given', async () => {
    const path = file('zone.csv', csv('timestamp,value', '2023-11-14 22:13:20,1', '2023-11-14 22:14:20,2'));
    const assumed = await readCsvTrace(path);
    expect(assumed.startEpochMicros).toBe(T * 1e6);
    expect(assumed.notes).toContain('times name no zone and are taken as UTC');
    const given = await readCsvTrace(path, { zone: '+02:00' });
    expect(given.startEpochMicros).toBe((T - 7200) * 1e6);
    expect(given.notes.join()).not.toContain('zone');
  });

  it('keeps a recording that counts from its own start without a date', async () => {
    const trace = await readCsvTrace(file('relative.csv', csv('time,value', '0,1', '30,2', '60,3')));
    expect(trace).toMatchObject({ startEpochMicros: null, binMicros: 30e6 });
    expect(trace.notes.join()).toContain('its date is unknown');
  });

  it('notes a header that names another unit than its times have', async () => {
    const trace = await readCsvTrace(file('bitbrains.csv', 'Timestamp [ms];value\n1376314846;1\n1376315146;2\n'));
    expect(trace.binMicros).toBe(300e6);
    expect(trace.notes.join()).toContain('the header says times are in ms');
  });

  it('reads rates where the column says so or the user does', async () => {
    const byName = await readCsvTrace(file('rps.csv', csv('time,requests_per_second', '0,1', '30,2')));
    expect(byName.unit).toBe('requests/s');
    const declared = await readCsvTrace(file('declared.csv', csv('time,value', '0,1', '30,2')), { unit: 'requests/s' });
    expect(declared.unit).toBe('requests/s');
  });

  it('takes columns by name or number', async () => {
    const path = file('many.csv', csv('id,When,a,b', `x,${T},1,2`, `y,${T + 60},3,4`));
    const columns = { time: 'when', value: 4 };
    expect([...(await readCsvTrace(path, { columns })).values]).toEqual([2, 4]);
  });
});

describe('gaps', () => {
  const holed = csv('time,value', '0,10', '60,20', '240,50', '300,60', '420,80');

  it.each([
    ['zero', [10, 20, 0, 0, 50, 60, 0, 80]],
    ['hold', [10, 20, 20, 20, 50, 60, 60, 80]],
    ['interpolate', [10, 20, 30, 40, 50, 60, 70, 80]],
  ] as const)('fills them by the policy %s', async (gaps, values) => {
    const trace = await readCsvTrace(file(`${gaps}.csv`, holed), { gaps, binMicros: 60e6 });
    expect([...trace.values]).toEqual(values);
    expect(trace).toMatchObject({ rows: 5, gaps: 2, repaired: 3 });
  });

  it('stops at the first where they are errors', async () => {
    const reading = readCsvTrace(file('strict.csv', holed), { gaps: 'error', binMicros: 60e6 });
    await expect(reading).rejects.toThrow(
      /strict\.csv:4: must have no gap, had one from 60 s to 240 s\n.*gaps: interpolate/,
    );
  });

  it('takes no jitter for a gap', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `${i * 60 + (i % 3) * 4},1`);
    const trace = await readCsvTrace(file('jitter.csv', csv('time,value', ...rows)), { binMicros: 60e6 });
    expect(trace).toMatchObject({ gaps: 0, repaired: 0 });
    expect(trace.values).toHaveLength(500);
  });

  it('adds counts up and averages rates in bins longer than the step', async () => {
    const path = file('coarse.csv', csv('time,value', '0,1', '10,2', '20,3', '30,10', '40,20', '50,30'));
    expect([...(await readCsvTrace(path, { binMicros: 30e6 })).values]).toEqual([6, 60]);
    expect([...(await readCsvTrace(path, { binMicros: 30e6, unit: 'requests/s' })).values]).toEqual([2, 20]);
  });
});

describe('what is no trace', () => {
  it.each([
    ['an empty file', '', /must hold a trace, was empty/],
    ['a header alone', 'time,value\n', /must hold a trace, was empty/],
    ['one point', 'time,value\n0,1\n', /must hold at least two points, held only one/],
    [
      'times out of order',
      'time,value\n0,1\n60,2\n30,3\n',
      /:4: the time must be after the one before \(60\), was 30\n.*Sort the file/,
    ],
    [
      'a clock put back',
      'time,value\n2023-10-29 02:55:00,1\n2023-10-29 02:05:00,2\n',
      /:3: .*was 2023-10-29 02:05:00\n.*export it in UTC/,
    ],
    ['a time that occurs twice', 'time,value\n0,1\n60,2\n60,3\n', /:4: the time must occur once, 60 occurs twice/],
    ['NaN', 'time,value\n0,1\n60,NaN\n', /:3: the value must be a finite number, was "NaN"\n.*gap policy/],
    ['an infinite value', 'time,value\n0,1\n60,1e999\n', /:3: the value must be a finite number/],
    ['an empty value', 'time,value\n0,1\n60,\n', /:3: the value must be a finite number, was ""/],
    ['a negative value', 'time,value\n0,1\n60,-3\n', /:3: the value must be at least 0, was -3/],
    ['words', 'time,value\n0,1\n60,many\n', /:3: the value must be a finite number, was "many"/],
    ['a time that is none', 'time,value\nyesterday,1\n', /:2: the time must be epoch seconds .* was "yesterday"/],
    ['a date that is none', 'time,value\n2023-02-30 00:00:00,1\n', /:2: the time must be/],
    [
      'times of two notations',
      'time,value\n2023-02-20 00:00:00,1\n1700000000,2\n',
      /:3: the time must be a date, like the line before/,
    ],
    ['a line too short', 'time,value\n0,1\n60\n', /:3: must have at least 2 columns, had 1/],
    ['no column of time', 'a,b,c\n1,2,3\n', /:1: a column with the time .*\n.*Columns found: "a", "b", "c"/],
    ['no column of value', 'time,b,c\n1,2,3\n', /:1: a column with the value .*\n.*Columns found: "time", "b", "c"/],
    ['a quote never closed', 'time,value\n0,"1\n60,2\n', /:2: a quote opened here must be closed/],
    ['binary', 'PAR1\0\0\u0001', /must be a text file, was binary/],
    ['endless text', 'x'.repeat(1_200_000), /without line breaks/],
    [
      'more bins than a recording has',
      'time,value\n0,1\n1,2\n2,2\n90000000,3\n',
      /at most 50000000 bins, had 90000001 of 1 s/,
    ],
  ])('refuses %s', async (name, text, message) => {
    await expect(readCsvTrace(file(`no-${name.replaceAll(' ', '-')}.csv`, text))).rejects.toThrow(message);
  });

  it('refuses a missing file, a directory and half a gzip', async () => {
    await expect(readCsvTrace('/nowhere/at-all.csv')).rejects.toThrow('/nowhere/at-all.csv: must be an existing file');
    await expect(readCsvTrace(tmpdir())).rejects.toThrow('must be a file, was a directory');
    const zipped = gzipSync(csv('timestamp,value', ...minutes(Array.from({ length: 5000 }, (_, i) => i * 7919))));
    await expect(readCsvTrace(file('half.csv.gz', zipped.subarray(0, zipped.length / 2)))).rejects.toThrow(
      /is not a whole gzip file/,
    );
    const broken = Uint8Array.from(zipped).fill(255, 200, 400);
    await expect(readCsvTrace(file('broken.csv.gz', broken))).rejects.toThrow(/is not a whole gzip file/);
  });

  it('refuses a column that is not there, with those found and the likely one', async () => {
    const path = file('columns.csv', csv('timestamp,requests', ...minutes([1, 2])));
    await expect(readCsvTrace(path, { columns: { value: 'request' } })).rejects.toThrow(
      /column "request" must be one of the 2 columns.*\n.*"timestamp", "requests"\. Did you mean "requests"\?/,
    );
    await expect(readCsvTrace(path, { columns: { value: 3 } })).rejects.toThrow(
      /column 3 must be one of the 2 columns/,
    );
  });

  it('lets a level be negative, and refuses a zone that is none', async () => {
    const path = file('level.csv', csv('time,value', '0,-1', '60,2'));
    expect([...(await readCsvTrace(path, { unit: 'level' })).values]).toEqual([-1, 2]);
    await expect(readCsvTrace(path, { zone: 'Mars' })).rejects.toThrow(/zone must be as \+02:00 or Z, was "Mars"/);
  });
});
