import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { knownTraces } from '../../../src/traces/known-traces.js';
import { loadTrace } from '../../../src/traces/load-trace.js';
import { addressOf, placeOf, publicTraces } from '../../../src/traces/public/public-traces.js';
import { traceSchema } from '../../../src/traces/trace-spec.js';

const data = process.env.HINDCAST_DATA ?? '../shared/data';
const there = existsSync(join(data, 'traces'));
if (!there) console.log(`recorded traces are skipped: ${join(data, 'traces')} is not there`);
const fetched = mkdtempSync(join(tmpdir(), 'hindcast-public-'));
afterAll(() => rmSync(fetched, { recursive: true }));

describe('public traces', () => {
  it('are known traces, each at a pinned address', () => {
    for (const trace of publicTraces.values()) {
      expect(knownTraces.get(trace.name)?.source).toBe(trace.repository);
      expect(addressOf(trace)).toMatch(
        /^https:\/\/raw\.githubusercontent\.com\/[\w-]+\/[\w-]+\/[0-9a-f]{40}\/[\w./-]+\.csv$/,
      );
      expect(trace.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(new Set([...publicTraces.values()].map(({ sha256 }) => sha256)).size).toBe(publicTraces.size);
  });

  describe.runIf(there)('whose original is on this machine', () => {
    const originals = [...publicTraces.values()].flatMap((trace) => {
      const folder = join(data, 'traces', trace.name);
      const name = trace.path.slice(trace.path.lastIndexOf('/') + 1);
      const plain = there && readdirSync(folder).includes(name) && name !== `${trace.name}.csv`;
      return plain ? [[trace.name, trace, join(folder, name)] as const] : [];
    });

    it('are some', () => expect(originals.length).toBeGreaterThanOrEqual(3));

    it.each(originals)(
      '%s has the pinned size and hash, and reads as the trace of that name',
      async (name, trace, original) => {
        const bytes = readFileSync(original);
        expect({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }).toEqual({
          bytes: trace.bytes,
          sha256: trace.sha256,
        });
        const place = join(fetched, ...placeOf(trace));
        mkdirSync(dirname(place), { recursive: true });
        copyFileSync(original, place);
        const [mine, ours] = await Promise.all(
          [fetched, data].map((directory) =>
            loadTrace(traceSchema.parse({ name }), { scenario: '.', data: directory }),
          ),
        );
        if (mine.kind === 'absent' || ours.kind === 'absent') throw new Error('a trace is absent');
        expect(mine.trace).toMatchObject({
          rows: ours.trace.rows,
          gaps: ours.trace.gaps,
          unit: ours.trace.unit,
          binMicros: ours.trace.binMicros,
          startEpochMicros: ours.trace.startEpochMicros,
        });
        // Our copies are rounded to four decimals.
        expect(mine.trace.values.every((value, i) => Math.abs(value - ours.trace.values[i]) < 1e-4)).toBe(true);
      },
    );
  });

  it('are read over their part of a file only', async () => {
    const trace = publicTraces.get('worldcup98-a');
    if (trace === undefined) throw new Error('worldcup98-a cannot be fetched');
    const place = join(fetched, ...placeOf(trace));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(
      place,
      'period,count\n1998-04-30 23:59:00,7\n1998-05-01 00:00:00,1\n1998-05-01 00:01:00,2\n1998-06-16 00:00:00,9\n',
    );
    const loaded = await loadTrace(traceSchema.parse({ name: 'worldcup98-a' }), { scenario: '.', data: fetched });
    if (loaded.kind === 'absent') throw new Error(loaded.sentence);
    expect(loaded.trace).toMatchObject({ rows: 2, startEpochMicros: Date.UTC(1998, 4, 1) * 1000 });
    expect([...loaded.trace.values]).toEqual([1, 2]);
  });
});
