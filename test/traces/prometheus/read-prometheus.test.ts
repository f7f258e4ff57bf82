import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrace } from '../../../src/traces/read-trace.js';
import { traceFiles } from '../trace-file.js';

const formats = join(process.env.HINDCAST_DATA ?? '../shared/data', 'formats');
const there = existsSync(formats);
if (!there) console.log(`samples of formats are skipped: ${formats} is not there`);
const file = traceFiles();

type Sample = readonly [number, string];
const series = (metric: Record<string, string>, values: readonly Sample[]) => ({ metric, values });
const answer = (...result: unknown[]) => JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
const total = (pod: string, values: readonly Sample[]) => series({ __name__: 'http_requests_total', pod }, values);
const T = 1_700_000_000;

describe("an answer of Prometheus' query_range", () => {
  it('of counters becomes rates, restarts and gaps taken care of', async () => {
    const text = answer(
      total('a', [
        [T, '100'],
        [T + 60, '160'],
        [T + 120, '30'],
        [T + 300, '210'],
      ]),
      total('b', [
        [T + 60, '7'],
        [T + 120, '13'],
        [T + 180, 'NaN'],
      ]),
    );
    const trace = await readTrace(file('counter.json', text));
    // 60 in the first minute; 30 after a restart and 6 of b; 180 spread over three minutes.
    expect([...trace.values].map((value) => value * 60)).toEqual([60, 36, 60, 60, 60]);
    expect(trace).toMatchObject({ unit: 'requests/s', binMicros: 60e6, startEpochMicros: T * 1e6, gaps: 0, rows: 6 });
    for (const note of [
      '2 series are added up',
      '1 times a counter fell: taken as a restart from 0',
      '1 samples are NaN or infinite and count as missing',
    ])
      expect(trace.notes).toContain(note);
    expect(trace.notes.some((note) => note.startsWith('1 series begin midway'))).toBe(true);
  });

  it('loses no request to restarts and gaps: what the rates add up to is what was counted', async () => {
    let number = 0;
    const step = fc.record({ by: fc.nat(1000), restart: fc.boolean(), missing: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 40 }), async (steps) => {
        // A restart loses what the old process counted since its last scrape, here nothing; a missing sample at a restart would lose more.
        let shown = 50;
        let counted = 0;
        const values: Sample[] = [[T, '50']];
        steps.forEach(({ by, restart, missing }, i) => {
          const fresh = restart && by < shown;
          shown = fresh ? by : shown + by;
          counted += by;
          const next = steps.at(i + 1);
          const hidden = missing && !fresh && i < steps.length - 1 && !(next?.restart ?? false);
          if (!hidden) values.push([T + 15 * (i + 1), String(shown)]);
        });
        fc.pre(values.length > 2);
        number += 1;
        const trace = await readTrace(file(`kept-${number}.json`, answer(total('a', values))));
        const sum = trace.values.reduce((all, value) => all + (value * trace.binMicros) / 1e6, 0);
        // Where the median step is not 15 s, the last bin may reach beyond the last sample.
        expect(sum).toBeCloseTo(counted, 6);
      }),
      { seed: 9, numRuns: 100 },
    );
  });

  it('of several pieces is read as one, samples that stand in two counted once', async () => {
    const one = answer(
      total('a', [
        [T, '0'],
        [T + 60, '60'],
      ]),
    );
    const two = answer(
      total('a', [
        [T + 60, '60'],
        [T + 120, '240'],
      ]),
    );
    const trace = await readTrace(file('pieces.json', `${one}\n${two}\n`));
    expect([...trace.values]).toEqual([1, 3]);
    expect(trace.notes).toContain('1 samples stand in two answers and count once');
    await expect(readTrace(file('reversed.json', `${two}\n${one}`))).rejects.toThrow(
      /reversed\.json:2: data\.result\[0\]\.values\[0\] must be later than the sample before it/,
    );
  });

  it('of a rate is taken as it stands, a gap filled as asked for, series chosen by label', async () => {
    const text = answer(
      series({ job: 'web' }, [
        [T, '5'],
        [T + 60, '7'],
        [T + 120, '6'],
        [T + 300, '9'],
      ]),
      series({ job: 'cron' }, [[T, '100']]),
    );
    const trace = await readTrace(file('rate.json', gzipSync(text)), { labels: { job: 'web' }, gaps: 'hold' });
    expect([...trace.values]).toEqual([5, 7, 6, 6, 6, 9]);
    expect(trace).toMatchObject({ unit: 'requests/s', startEpochMicros: (T - 60) * 1e6, gaps: 1, repaired: 2 });
    await expect(readTrace(file('rate2.json', text), { labels: { job: 'api' } })).rejects.toThrow(
      /must hold a series with \{job="api"\}, held none\n {2}Series found: \{job="web"\}, \{job="cron"\}/,
    );
  });

  it('without a telling name is a counter if it all but always rises, unless said otherwise', async () => {
    const rising = answer(
      series(
        {},
        Array.from({ length: 20 }, (_, i): Sample => [T + 60 * i, String(i * 30)]),
      ),
    );
    const trace = await readTrace(file('rising.json', rising));
    expect([...trace.values]).toEqual(new Array<number>(19).fill(0.5));
    const forced = await readTrace(file('forced.json', rising), { counter: false });
    expect(forced.values[19]).toBe(570);
    expect(forced.notes.some((note) => note.includes('as asked for'))).toBe(true);
  });

  const samples: readonly Sample[] = [
    [T, '1'],
    [T + 60, '2'],
  ];
  it.each([
    [
      'error.json',
      '{"status":"error","errorType":"bad_data","error":"parse error"}',
      /must be a successful answer, was an error: bad_data parse error/,
    ],
    [
      'vector.json',
      '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"2"]}]}}',
      /vector\.json:1: data\.resultType must be of resultType matrix, was vector\n.*query_range/,
    ],
    ['none.json', answer(), /must hold at least one series, was an empty matrix/],
    [
      'other.json',
      '{"MetricDataResults":[{"Id":"a"}]}',
      /must be an answer of Prometheus' query_range.*had MetricDataResults/,
    ],
    [
      'cut.json',
      answer(total('a', samples)).slice(0, 90),
      /cut\.json:1: data\.result\[0\].*must be JSON, ended in the middle/,
    ],
    ['comma.json', '{"status":\n"success",,}', /comma\.json:2: status must be JSON, had , where key was due/],
    ['number.json', answer(series({}, [[T, 'abc']])), /values\[0\] must be a number in quotes, was "abc"/],
    ['single.json', answer(total('a', [[T, '1']])), /must hold at least two instants, held 1/],
    [
      'buckets.json',
      answer(...['0.1', '1', '+Inf'].map((le) => series({ __name__: 'h_bucket', le }, samples))),
      /must hold one bucket of a histogram, held 3/,
    ],
    [
      'negative.json',
      answer(
        series({}, [
          [T, '1'],
          [T + 60, '-2'],
        ]),
      ),
      /values must be at least 0, was -2/,
    ],
  ])('refuses %s with the place and the mend', async (name, text, message) => {
    await expect(readTrace(file(name, text))).rejects.toThrow(message);
  });

  it.runIf(there)('as real Prometheus gives it: rate() over two steps is the mean of two of our steps', async () => {
    const counter = await readTrace(join(formats, 'prometheus_query_range_counter.real.json'));
    const rate = await readTrace(join(formats, 'prometheus_query_range_rate.real.json'));
    expect(counter).toMatchObject({ binMicros: 300e6, unit: 'requests/s', rows: 50 });
    expect(rate.startEpochMicros).toBe(counter.startEpochMicros);
    expect(rate.values).toHaveLength(counter.values.length);
    for (let i = 1; i < rate.values.length; i += 1)
      expect(rate.values[i]).toBeCloseTo((counter.values[i - 1] + counter.values[i]) / 2, 9);
    const memory = await readTrace(join(formats, 'prometheus_query_range_selector.real.json'));
    expect(memory).toMatchObject({ unit: 'level', rows: 7 });
  });
});
