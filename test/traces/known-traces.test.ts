import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isoTime } from '../../src/traces/iso-time.js';
import { inspectTrace } from '../../src/traces/inspect-trace.js';
import { knownTraces } from '../../src/traces/known-traces.js';
import { loadTrace } from '../../src/traces/load-trace.js';
import { readCsvTrace } from '../../src/traces/read-csv-trace.js';
import { resolveTrace } from '../../src/traces/resolve-trace.js';
import { traceSchema } from '../../src/traces/trace-spec.js';
import { traceToRates } from '../../src/traces/trace-to-rates.js';
import { traceFiles } from './trace-file.js';

const data = process.env.HINDCAST_DATA ?? '../shared/data';
const there = existsSync(join(data, 'traces'));
if (!there) console.log(`recorded traces are skipped: ${join(data, 'traces')} is not there`);
const file = traceFiles();

describe('naming a trace', () => {
  it('says what is absent and how to get it, as an answer', async () => {
    for (const directory of [null, '/nowhere']) {
      const found = await resolveTrace('worldcup98-a', directory);
      expect(found.kind).toBe('absent');
      expect(found.kind === 'absent' ? found.sentence : '').toMatch(
        /^Trace worldcup98-a is absent: .*github\.com\/nimamahmoudi\/worldcup98-dataset.*HINDCAST_DATA/,
      );
    }
  });

  it('takes a wrong name for a wrong name', async () => {
    await expect(resolveTrace('worldcup-98a', '/nowhere')).rejects.toThrow(
      /was "worldcup-98a"\n.*Did you mean worldcup98-a\?/,
    );
    await expect(resolveTrace('xyz', null)).rejects.toThrow(/Known are worldcup98-a, /);
  });

  it('reads a file beside the scenario, and plays the part that is asked for', async () => {
    const path = file('web.csv', 'when,hits\n0,60\n60,120\n120,180\n');
    const spec = traceSchema.parse({ file: 'web.csv', columns: { time: 'when' }, from: '1m', scale: '2x', repeat: 2 });
    const loaded = await loadTrace(spec, { scenario: join(path, '..'), data: null });
    if (loaded.kind === 'absent') throw new Error(loaded.sentence);
    expect(loaded.trace.name).toBe('web.csv');
    const rates = traceToRates(loaded.trace, { fromMicros: spec.from, scale: spec.scale, repeat: spec.repeat });
    expect([...rates.ratePerSecond]).toEqual([4, 6, 4, 6]);
  });

  it.each([
    [{}, /either file or name/],
    [{ file: 'a.csv', name: 'b' }, /either file or name/],
    [{ file: 'a.csv', scale: 0 }, /above 0/],
    [{ file: 'a.csv', zone: 'Berlin' }, /\+02:00 or Z/],
    [{ file: 'a.csv', speed: 2 }, /speed/],
  ])('refuses %o', (written, message) => {
    expect(() => traceSchema.parse(written)).toThrow(message);
  });
});

describe.runIf(there)('recorded traces', () => {
  const manifest = there ? readFileSync(join(data, 'traces/MANIFEST.csv'), 'utf8').trim().split('\n').slice(1) : [];
  /** Fields without the separators inside quotes: name, shape, unit, step, rows, days, start, gaps, ... */
  const facts = manifest.map((line) => line.replaceAll(/"[^"]*"/g, 'quoted').split(','));

  it('are all known by name', () => {
    expect([...knownTraces.keys()].sort()).toEqual(facts.map(([name]) => name).sort());
  });

  it.each(facts.map((fields) => [fields[0], fields] as const))(
    '%s reads as its manifest says',
    async (name, fields) => {
      const loaded = await loadTrace(traceSchema.parse({ name }), { scenario: '.', data });
      if (loaded.kind === 'absent') throw new Error(loaded.sentence);
      const { trace } = loaded;
      const known = knownTraces.get(name);
      expect(trace).toMatchObject({
        name,
        unit: known?.unit,
        rows: Number(fields[4]),
        binMicros: Number(fields[3]) * 1e6,
      });
      expect(trace.startEpochMicros === null ? '0' : isoTime(trace.startEpochMicros)).toBe(fields[6]);
      expect(known?.start ?? '0').toBe(fields[6]);
      // The manifest counts steps above 1.5 bins; a clock that drifts by a second a row may also miss a bin in between.
      const drift = name === 'bitbrains-vm1' ? 1 : 0;
      expect(trace.gaps - Number(fields[7])).toBe(drift);
      expect(trace.values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    },
  );

  it('World Cup 98 has its days and its flash crowds, whichever file it is read from', async () => {
    const trace = await readCsvTrace(join(data, 'traces/worldcup98-a/worldcup98-a.csv'));
    const raw = await readCsvTrace(join(data, 'traces/worldcup98-a/invocation_count.crop.csv'));
    expect(raw.values.every((value, i) => value === trace.values[i])).toBe(true);
    expect(raw.values).toHaveLength(trace.values.length);
    expect(raw.startEpochMicros).toBe(trace.startEpochMicros);
    const described = inspectTrace(trace);
    expect(described).toMatchObject({ gaps: 7, repaired: 10, max: 153_878, end: '1998-06-16T00:00:00Z' });
    expect(described.periods[0].seconds).toBe(86_400);
    expect(described.worstGrowth.m5).toBeGreaterThan(5);
    const rates = traceToRates(trace, { fromMicros: 40 * 86_400e6, lengthMicros: 3600e6 });
    expect(rates.ratePerSecond).toHaveLength(60);
  });

  it('NASA July 1995 has its days and weeks', async () => {
    const described = inspectTrace(await readCsvTrace(join(data, 'traces/nasa-http-jul95/nasa-http-jul95.csv')));
    expect(described.periods.slice(0, 2).map(({ seconds }) => seconds)).toEqual([86_400, 604_800]);
    expect(described.periods[0].share).toBeGreaterThan(0.15);
  });
});

describe.runIf(existsSync(join(data, 'formats')))('samples of formats', () => {
  it('reads the simple CSV, and the Bitbrains table', async () => {
    const simple = await readCsvTrace(join(data, 'formats/simple_timestamp_value.real.csv'));
    expect(simple).toMatchObject({ binMicros: 300e6, startEpochMicros: Date.UTC(2014, 3, 10, 0, 4) * 1000 });
    expect([...simple.values.subarray(0, 4)]).toEqual([94, 56, 187, 95]);
    const columns = { value: 'CPU usage [%]' };
    const bitbrains = await readCsvTrace(join(data, 'formats/bitbrains_gwa_t12.real.csv'), { columns, unit: 'level' });
    expect(bitbrains).toMatchObject({ binMicros: 300e6, startEpochMicros: 1_376_314_846e6 });
    expect(bitbrains.values[0]).toBeCloseTo(0.7333, 4);
  });

  it('does not mistake event logs and wide tables for a trace', async () => {
    for (const name of [
      'azure_functions_2019_invocations.csv',
      'azure_llm_2023.real.csv',
      'azure_functions_2021.real.csv',
    ]) {
      await expect(readCsvTrace(join(data, 'formats', name))).rejects.toThrow(/Columns found: /);
    }
  });
});
