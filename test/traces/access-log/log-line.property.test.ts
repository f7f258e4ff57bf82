import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinedFormat, combinedTimedFormat, commonFormat } from '../../../src/traces/access-log/known-log-formats.js';
import { compileLogFormat } from '../../../src/traces/access-log/log-format.js';
import { LogLineReader } from '../../../src/traces/access-log/log-line.js';

const nginx = compileLogFormat(
  `log_format main escape=json '$remote_addr - $remote_user [$time_iso8601] '
     '"$request" $status $body_bytes_sent rt=$request_time '
     'urt="$upstream_response_time" "$http_x_forwarded_for"';`,
  'given',
  'a.log',
);
const formats = [commonFormat, combinedFormat, combinedTimedFormat, nginx];

const piece = fc.constantFrom(
  '1.2.3.4',
  '-',
  ' ',
  '"',
  '[',
  ']',
  '17/May/2015:10:05:03 +0000',
  '2015-05-17T10:05:03+00:00',
  '200',
  '\\',
  '\\"',
  'GET / HTTP/1.1',
  '0.012',
  'rt=',
  '🙂',
  '\t',
);

describe('lines of an access log', () => {
  it('are read or broken, whatever they hold, and never an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        ),
        (line) => {
          for (const format of formats) {
            const read = new LogLineReader(format).read(line);
            if (read !== null) expect(Number.isFinite(read.stampMicros)).toBe(true);
          }
        },
      ),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('give back what was written into them', () => {
    const text = fc
      .string({ maxLength: 30 })
      .map((plain) =>
        plain.replaceAll(/[\\"\n\r]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`),
      );
    const at = fc.date({
      min: new Date('1995-01-01T00:00:00Z'),
      max: new Date('2037-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        fc.record({
          date: at,
          agent: text,
          status: fc.integer({ min: 100, max: 599 }),
          bytes: fc.nat(1e9),
          millis: fc.nat(9e5),
          zone: fc.integer({ min: -12, max: 14 }),
        }),
        ({ date, agent, status, bytes, millis, zone }) => {
          const second = Math.floor(date.getTime() / 1000);
          const wall = new Date((second + zone * 3600) * 1000).toUTCString().split(' ');
          const offset = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(2, '0')}00`;
          const stamp = `${wall[1]}/${wall[2]}/${wall[3]}:${wall[4]} ${offset}`;
          const line = `::1 - John Doe [${stamp}] "GET /${agent} HTTP/1.1" ${status} ${bytes} "-" "${agent}" ${(millis / 1000).toFixed(3)}`;
          expect(new LogLineReader(combinedTimedFormat).read(line)).toEqual({
            stampMicros: second * 1e6,
            requestMicros: millis * 1000,
            upstreamMicros: NaN,
            status,
            bytes,
          });
          expect(new LogLineReader(combinedFormat).read(line)).toMatchObject({
            stampMicros: second * 1e6,
            requestMicros: NaN,
            status,
            bytes,
          });
        },
      ),
      { seed: 4, numRuns: 500 },
    );
  });

  it('of a log_format are read by its variables: the last of several upstreams, a dash where none was asked', () => {
    const line = (upstream: string) =>
      `10.0.0.9 - - [2026-03-02T10:00:00+01:00] "POST /buy HTTP/2.0" 502 - rt=1.250 urt="${upstream}" "1.2.3.4, 5.6.7.8"`;
    const read = (upstream: string) => new LogLineReader(nginx).read(line(upstream));
    expect(read('0.5')).toEqual({
      stampMicros: Date.UTC(2026, 2, 2, 9) * 1000,
      requestMicros: 1_250_000,
      upstreamMicros: 500_000,
      status: 502,
      bytes: 0,
    });
    expect(read('1.000, 0.200')).toMatchObject({ upstreamMicros: 200_000 });
    expect(read('1.000 : 0.250')).toMatchObject({ upstreamMicros: 250_000 });
    expect(read('-')).toMatchObject({ upstreamMicros: NaN });
    expect(read('x')).toBeNull();
  });

  it('with $msec have a finer time than the second', () => {
    const format = compileLogFormat('$msec $time_local $status ${request_time}', 'given', 'a.log');
    expect(new LogLineReader(format).read('1772445600.123 02/Mar/2026:10:00:00 +0000 200 0.004')).toMatchObject({
      stampMicros: 1_772_445_600_123_000,
      requestMicros: 4000,
    });
  });

  it.each([
    ['1.2.3.4 - - [31/Feb/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5', 'no such day'],
    ['1.2.3.4 - - [02/Mar/2026:25:00:00 +0000] "GET / HTTP/1.1" 200 5', 'no such hour'],
    ['1.2.3.4 - - [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 2x0 5', 'no status'],
    ['1.2.3.4 - - [02/Mar/2026:10:00:00 +0000] "GET / HT', 'cut off'],
    [`1.2.3.4 - - [02/Mar/2026:10:00:00 +0000] "GET /${'a'.repeat(40_000)} HTTP/1.1" 200 5`, 'far too long'],
  ])('are broken where they are: %s', (line) => {
    expect(new LogLineReader(commonFormat).read(line)).toBeNull();
  });

  it('cannot have a format without a time', () => {
    expect(() => compileLogFormat('$remote_addr $status', 'given', 'shop.yaml')).toThrow(
      /^shop\.yaml: logFormat must contain the time as \$time_local.*\n {2}Copy the log_format/,
    );
  });
});
