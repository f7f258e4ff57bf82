import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { zVpa } from '../../../src/engine/vertical/vpa-schema.js';
import { replayUsage } from '../../../src/experiment/vertical/replay-usage.js';
import { readUsageTrace } from '../../../src/traces/usage/read-usage-trace.js';
import type { UsageSeries } from '../../../src/traces/usage/usage-trace.js';

const step = 300e6;
const perDay = 288;

function series(cpu: readonly number[], memory: readonly number[] | null): UsageSeries {
  return {
    name: 'made',
    timesMicros: Float64Array.from(cpu, (_, i) => i * step),
    cpuMillis: Float64Array.from(cpu),
    memoryMiB: memory === null ? null : Float64Array.from(memory),
  };
}

function constant(days: number, value: number): readonly number[] {
  return Array.from({ length: days * perDay }, () => value);
}

const start = { request: { cpuMillis: 2000, memoryMiB: 4096 }, limit: { cpuMillis: 2000, memoryMiB: 4096 } };

describe('VPA along a recording', () => {
  test('of a constant load shrinks what is asked for, and counts what was saved', () => {
    const replay = replayUsage(series(constant(4, 400), constant(4, 700)), zVpa.parse({}), start);
    expect(replay.updates[0]).toMatchObject({ action: 'evict', from: { cpuMillis: 2000, memoryMiB: 4096 } });
    expect(replay.updates.at(-1)!.to.cpuMillis).toBe(476);
    expect(replay.ooms).toEqual([]);
    expect(replay.unchanged.cpuSlackMillis).toBeCloseTo(1600, 9);
    expect(replay.unchanged.memorySlackMiB).toBeCloseTo(3396, 9);
    expect(replay.fit.cpuSlackMillis).toBeLessThan(800);
    expect(replay.fit.throttledShare).toBe(0);
    expect(replay.fit.coveredHours).toBe(96);
  });

  test('in the mode Off only recommends', () => {
    const replay = replayUsage(series(constant(1, 400), constant(1, 700)), zVpa.parse({ updateMode: 'Off' }), start);
    expect(replay.recommendations.length).toBeGreaterThan(0);
    expect(replay.updates).toEqual([]);
    expect(replay.fit).toEqual(replay.unchanged);
  });

  test('of memory that grows is killed, learns from the kill, and is updated at once', () => {
    const memory = [...constant(2, 700), ...constant(1, 6000)];
    const replay = replayUsage(series(constant(3, 400), memory), zVpa.parse({}), start);
    const [first] = replay.ooms;
    expect(first.at).toBe(2 * perDay * step);
    // Kept below the limit of the time, it cannot see 6000 MiB: it needs several steps of 20%.
    expect(replay.ooms.length).toBeGreaterThan(1);
    expect(replay.updates.some(({ at }) => at === first.at)).toBe(true);
    const limits = replay.ooms.map(({ limitMiB }) => limitMiB);
    expect(limits).toEqual([...limits].sort((a, b) => a - b));
    expect(replay.updates.at(-1)!.to.memoryMiB).toBeGreaterThan(6000);
    expect(replay.unchanged.oomKills).toBe(perDay);
  });

  test('counts CPU that a limit withholds, by hand', () => {
    const replay = replayUsage(series(constant(1, 500), null), zVpa.parse({ updateMode: 'Off' }), {
      request: { cpuMillis: 400 },
      limit: { cpuMillis: 400 },
    });
    expect(replay.fit).toMatchObject({
      throttledShare: 1,
      cpuWithheldShare: 0.2,
      cpuAboveRequestShare: 1,
      cpuSlackMillis: 0,
    });
    // What VPA sees is 400, since more it cannot: 0.4 lies in the bucket that ends at 414 millicores.
    expect(replay.recommendations.at(-1)!.target.cpuMillis).toBe(476);
  });

  test('a gap speaks for two steps only, and no sample for none', () => {
    const gappy: UsageSeries = {
      ...series([100, 100, 100, Number.NaN, 100], null),
      timesMicros: Float64Array.from([0, 1, 2, 3, 100], (i) => i * step),
    };
    expect(replayUsage(gappy, zVpa.parse({}), start).fit.coveredHours).toBeCloseTo((4 * 300) / 3600, 12);
  });

  const recorded = join(process.env.HINDCAST_DATA ?? '../shared/data', 'traces', 'bitbrains-vm1', 'bitbrains-vm1.csv');
  test.skipIf(!existsSync(recorded))(
    'of a business machine asks for less than it was given, and is the same each time',
    async () => {
      const { series } = await readUsageTrace(recorded);
      const given = { request: { cpuMillis: 1000, memoryMiB: 2048 }, limit: {} };
      const replay = replayUsage(series[0], zVpa.parse({}), given);
      expect(replay).toEqual(replayUsage(series[0], zVpa.parse({}), given));
      expect(replay.fit.meanMemoryRequestMiB).toBeLessThan(1024);
      expect(replay.fit.cpuSlackMillis).toBeLessThan(replay.unchanged.cpuSlackMillis / 2);
      expect(replay.fit.coveredHours).toBeGreaterThan(700);
    },
  );
});
