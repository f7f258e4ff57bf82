import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanOf, sampler } from '../../../src/kernel/distributions.js';
import type { Distribution } from '../../../src/kernel/distributions.js';
import { Streams } from '../../../src/kernel/streams.js';
import { readTrace } from '../../../src/traces/read-trace.js';
import { traceFiles } from '../trace-file.js';

const formats = join(process.env.HINDCAST_DATA ?? '../shared/data', 'formats');
const there = existsSync(formats);
if (!there) console.log(`samples of formats are skipped: ${formats} is not there`);
const file = traceFiles();

const clock = (second: number) => {
  const [, day, month, year, time] = new Date((1_772_445_600 + second) * 1000).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
};
const common = (second: number, status = 200, bytes = '100') =>
  `1.2.3.4 - - [${clock(second)}] "GET /a HTTP/1.1" ${status} ${bytes}`;

describe('an access log', () => {
  it('becomes requests by the second, with silence as nothing, plain or gzip', async () => {
    const text = [0, 0, 1, 5].map((second) => common(second)).join('\n');
    const plain = await readTrace(file('plain.log', text));
    const zipped = await readTrace(file('zipped.log', gzipSync(`${text}\n`)));
    expect([...plain.values]).toEqual([2, 1, 0, 0, 0, 1]);
    expect(plain).toMatchObject({
      unit: 'requests',
      binMicros: 1e6,
      rows: 4,
      gaps: 0,
      startEpochMicros: 1_772_445_600e6,
    });
    expect([...zipped.values]).toEqual([...plain.values]);
    expect(plain.recorded).toMatchObject({ serviceTime: null, responseBytes: 100 });
    expect(plain.notes.at(-1)).toBe(
      'the log holds no request time: what a request takes, and with it p99, rests on a guess',
    );
  });

  it('counts and names broken lines and lines out of order, and loses none', async () => {
    const lines = [common(3), 'garbage', common(1), common(4), common(2), '"', '', common(9)];
    const trace = await readTrace(file('broken.log', lines.join('\r\n')));
    expect([...trace.values]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 1]);
    expect(trace.notes).toContain('2 of 7 lines are broken and left out (first: line 2, "garbage")');
    expect(trace.notes).toContain(
      '2 lines are earlier than one before them, by at most 2 s (first: line 3); each is counted at its own time',
    );
  });

  it('has as many requests as whole lines, whatever stands between them', async () => {
    let number = 0;
    const line = fc.oneof(
      fc.nat(3000).map((second) => common(second)),
      fc.constantFrom('', 'x', '1.2.3.4 - - [', common(1).slice(0, 40)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 60 }), async (lines) => {
        const whole = lines.filter((text) => text.endsWith(' 100')).length;
        const broken = lines.filter((text) => text.trim() !== '').length - whole;
        fc.pre(whole > broken);
        number += 1;
        const trace = await readTrace(file(`mixed-${number}.log`, lines.join('\n')), { format: 'common' });
        expect(trace.values.reduce((sum, count) => sum + count, 0)).toBe(whole);
        expect(trace.rows).toBe(whole);
        expect(trace.notes.some((note) => note.startsWith(`${broken} of ${whole + broken} lines are broken`))).toBe(
          broken > 0,
        );
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  it('says that the log may be missing where nothing was logged for long', async () => {
    const trace = await readTrace(file('silent.log', [common(0), common(1), common(4000)].join('\n')));
    expect(trace.notes).toContain(
      'nothing was logged for 3998 s from 2026-03-02T10:00:02Z: taken as no requests, though the log may be missing',
    );
  });

  it('takes the bins that are asked for', async () => {
    const trace = await readTrace(file('bins.log', [common(0), common(59), common(61)].join('\n')), {
      binMicros: 60e6,
    });
    expect([...trace.values]).toEqual([2, 1]);
    expect(trace.notes.some((note) => note.startsWith('bins are'))).toBe(false);
  });

  it.each([
    [
      'words.log',
      'hello\nworld\n',
      { format: 'combined' },
      /words\.log:1: must be a line of the combined log format, was "hello" \(2 of 2 lines are not\)\n {2}Give the log's own format: --log-format/,
    ],
    ['empty.log', '\n\n', { format: 'nginx' }, /empty\.log: must be an access log, was empty/],
    [
      'clock.log',
      [common(0), common(-2e9), common(1)].join('\n'),
      {},
      /clock\.log:2: must lie within ten years of the other lines, was 1962-.* \(line 2\) and 2026-/,
    ],
    [
      'cut.log.gz',
      gzipSync(`${common(0)}\n`.repeat(5000)).subarray(0, 300),
      { format: 'common' },
      /cut\.log\.gz: is not a whole gzip file/,
    ],
    ['nul.log', `${common(0)}\n\0\n`, {}, /nul\.log: must be a text file, was binary/],
  ] as const)('refuses %s', async (name, content, options, message) => {
    await expect(readTrace(file(name, content), options)).rejects.toThrow(message);
  });

  it.runIf(there)('of the samples reads as a person would count it', async () => {
    const clf = await readTrace(join(formats, 'access_clf.log'));
    expect([...clf.values]).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1]);
    expect(clf).toMatchObject({
      startEpochMicros: Date.UTC(1995, 6, 1, 4, 0, 1) * 1000,
      recorded: { responseBytes: (6245 + 3985) / 4 },
    });
    const combined = await readTrace(join(formats, 'access_combined.real.log'));
    expect(combined).toMatchObject({ rows: 200, startEpochMicros: Date.UTC(2015, 4, 17, 10, 5) * 1000 });
    expect(combined.notes[0]).toBe('lines are read as combined, one request each');
    expect(combined.notes.some((note) => note.includes('broken'))).toBe(false);
  });
});

describe('service times', () => {
  /** A queue before one worker: a request waits for those before it. The log is stamped at the end, in order of the end. */
  function queueLog(service: Distribution, ratePerSecond: (second: number) => number, seconds: number): string {
    const draw = sampler(service);
    const random = new Streams(21).stream('test', 'queue');
    let free = 0;
    const lines: string[] = [];
    for (let at = 0, i = 0; at < seconds; i += 1) {
      at += random.exponential(i, 1) / ratePerSecond(at);
      const end = Math.max(free, at) + draw(random, i, 2) / 1e6;
      free = end;
      lines.push(
        `9.9.9.9 - - [${clock(Math.floor(end))}] "GET /a HTTP/1.1" 200 2048 "-" "k6" ${(end - at).toFixed(3)}`,
      );
    }
    return lines.join('\n');
  }

  it('are found beneath the queueing: the fit rests on what arrived when nobody waited', async () => {
    const service: Distribution = { kind: 'lognormal', mu: Math.log(20_000), sigma: 0.6 };
    // Nine tenths of the requests come while the worker is four fifths busy or more.
    const log = queueLog(service, (second) => (second < 4000 ? 2 : 34), 5500);
    const trace = await readTrace(file('queue.log', log));
    const fit = trace.recorded?.serviceTime;
    if (fit == null) throw new Error('there is no fit');
    expect(fit.requests).toBeGreaterThan(5000);
    expect(fit.distribution.kind).toBe('lognormal');
    expect(Math.abs(meanOf(fit.distribution) / meanOf(service) - 1)).toBeLessThan(0.06);
    expect(fit.busyMedianMicros).toBeGreaterThan(2 * fit.quietMedianMicros);
    expect(trace.notes.some((note) => /busiest tenth the median request took .* times as long/.test(note))).toBe(true);
    expect(trace.recorded?.responseBytes).toBe(2048);
  });

  it('are not made short by choosing requests that were alone because they were short', async () => {
    const service: Distribution = { kind: 'exponential', mean: 800_000 };
    const random = new Streams(5).stream('test', 'alone');
    const draw = sampler(service);
    let at = 0;
    const lines = Array.from({ length: 4000 }, (_, i) => {
      at += random.exponential(i, 1);
      const took = draw(random, i, 2) / 1e6;
      return `9.9.9.9 - - [${clock(Math.floor(at + took))}] "GET /a HTTP/1.1" 200 1 "-" "k6" ${took.toFixed(3)}`;
    });
    const fit = (await readTrace(file('alone.log', lines.join('\n')))).recorded?.serviceTime;
    if (fit == null) throw new Error('there is no fit');
    expect(Math.abs(fit.meanMicros / 800_000 - 1)).toBeLessThan(0.15);
  });

  it('leave out errors, and do not rest on a handful', async () => {
    const timed = (second: number, status: number, took: string) =>
      `9.9.9.9 - - [${clock(second)}] "GET /a HTTP/1.1" ${status} 1 "-" "k6" ${took}`;
    const errors = Array.from({ length: 40 }, (_, i) =>
      timed(i, i % 2 === 0 ? 503 : 200, i % 2 === 0 ? '0.000' : '0.050'),
    );
    const few = await readTrace(file('errors.log', errors.join('\n')));
    expect(few.recorded?.serviceTime).toBeNull();
    expect(few.notes).toContain(
      'too few lines hold a request time: what a request takes, and with it p99, rests on a guess',
    );
    const more = await readTrace(file('more.log', [...errors, ...errors, ...errors].join('\n')));
    expect(more.recorded?.serviceTime).toMatchObject({
      distribution: { kind: 'constant', value: 50_000 },
      requests: 60,
    });
    expect(more.notes).toContain('times of 60 answers of status 400 and above, or below 200, are left out of the fit');
  });
});
