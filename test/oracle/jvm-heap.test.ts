import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gcThreads } from '../../src/domain/jvm/gc-threads.js';
import { hotspotDefaults, hotspotHeap } from '../../src/domain/jvm/hotspot-heap.js';
import { containerMiB, nonHeapDefaults, nonHeapOf } from '../../src/domain/jvm/jvm-memory.js';
import { startJvm } from '../../src/domain/jvm/jvm-start.js';
import { loadedClasses } from '../../src/domain/jvm/loaded-classes.js';
import { openJ9Heap } from '../../src/domain/jvm/openj9-heap.js';
import { paketoHeap } from '../../src/domain/jvm/paketo-heap.js';

const measured = join(process.env.HINDCAST_DATA ?? '../shared/data', 'jvm', 'openjdk17_ergonomics.txt');
const present = existsSync(measured);
if (!present) console.warn(`skipped: no measurements in ${measured}; set HINDCAST_DATA to where they lie`);

/** Memory, largest heap, first heap, largest heap with MaxRAMPercentage=75, in MiB; measured on OpenJDK 17.0.21.1. */
const table = [
  [64, 32, 8, 32],
  [128, 64, 8, 64],
  [200, 100, 8, 100],
  [256, 126, 8, 192],
  [448, 126, 8, 336],
  [512, 128, 8, 384],
  [1024, 256, 16, 768],
  [4096, 1024, 64, 3072],
  [8192, 2048, 128, 6144],
] as const;

describe("HotSpot's heap", () => {
  test.each(table)(
    'in %d MiB is at most %d, at first %d, and with 75%% at most %d',
    (memoryMiB, max, initial, at75) => {
      const machine = { memoryMiB, cpus: 2 };
      expect(hotspotHeap(machine)).toMatchObject({ maxMiB: max, initialMiB: initial });
      expect(hotspotHeap(machine, { ...hotspotDefaults, maxRamPercentage: 75 }).maxMiB).toBe(at75);
    },
  );

  test.skipIf(!present)('is what was measured, in every row', () => {
    const rows = readFileSync(measured, 'utf8')
      .split('\n')
      .map((line) => /^(\d+) (\d+) (\d+) \w+ (\d+)$/.exec(line))
      .filter((row) => row !== null)
      .map((row) => row.slice(1).map(Number));
    expect(rows).toHaveLength(13);
    for (const [memoryMiB, max, initial, at75] of rows) {
      const machine = { memoryMiB: memoryMiB, cpus: 2 };
      expect(hotspotHeap(machine)).toMatchObject({ maxMiB: max, initialMiB: initial });
      expect(hotspotHeap(machine, { ...hotspotDefaults, maxRamPercentage: 75 }).maxMiB).toBe(at75);
    }
  });

  test('is collected by G1 only on a server: two processors and 1792 MiB', () => {
    expect(hotspotHeap({ memoryMiB: 4096, cpus: 1 }).collector).toBe('Serial');
    expect(hotspotHeap({ memoryMiB: 1791, cpus: 2 }).collector).toBe('Serial');
    expect(hotspotHeap({ memoryMiB: 1792, cpus: 2 }).collector).toBe('G1');
  });

  test('is what -Xmx says, and never starts larger than it may get', () => {
    expect(hotspotHeap({ memoryMiB: 4096, cpus: 2 }, { ...hotspotDefaults, maxHeapMiB: 32 })).toMatchObject({
      maxMiB: 32,
      initialMiB: 32,
    });
  });
});

describe('other heaps', () => {
  test.each([
    [512, 256],
    [1024, 512],
    [1536, 1024],
    [2048, 1536],
    [4096, 3072],
    [65_536, 25_600],
  ])('OpenJ9 in %d MiB takes %d', (limit, heap) => {
    expect(openJ9Heap(limit)).toBe(heap);
  });

  // 35% of 40,000 classes is 14,000: 14,000,000 + 5,800 * 14,000 bytes = 90.79 MiB of metaspace.
  const classes = loadedClasses({ jvm: 30_000, application: 9_000, agents: 900, fixed: 100 });
  const nonHeap = nonHeapOf({ ...nonHeapDefaults, loadedClasses: classes });

  test('Paketo leaves what metaspace, code cache, stacks and direct buffers do not take', () => {
    expect(classes).toBe(14_000);
    expect(nonHeap.metaspaceMiB).toBeCloseTo(90.79, 2);
    const heap = paketoHeap(1024, nonHeap);
    expect(heap).toMatchObject({ starts: true });
    expect(heap.starts && heap.heapMiB).toBeCloseTo(1024 - 10 - 240 - 250 - 90.79, 2);
    expect(heap.starts && containerMiB(heap.heapMiB, nonHeap)).toBeCloseTo(1024, 9);
    expect(paketoHeap(null, nonHeap)).toEqual(heap);
    const roomy = paketoHeap(1024, nonHeap, 0.1);
    expect(heap.starts && roomy.starts && heap.heapMiB - roomy.heapMiB).toBeCloseTo(102.4, 9);
  });

  test('a container too small for the fixed regions does not start, and says which they are', () => {
    const start = startJvm({ memoryMiB: 512, cpus: 1 }, { by: 'paketo', headroom: 0 }, nonHeap);
    expect(start).toEqual({
      starts: false,
      reason:
        'its fixed regions need 590.8 MiB, more than the limit of 512 MiB: metaspace 90.8 + code cache 240 + stacks 250 + direct 10',
    });
  });

  test('HotSpot starts in any container, and tells how much its regions can exceed it', () => {
    const flags = { ...hotspotDefaults, maxRamPercentage: 75 };
    const start = startJvm({ memoryMiB: 1024, cpus: 2 }, { by: 'hotspot', flags }, nonHeap);
    expect(start).toMatchObject({ starts: true, heapMiB: 768 });
    expect(start.starts && start.overMiB).toBeCloseTo(768 + 590.79 - 1024, 2);
    expect(startJvm({ memoryMiB: 4096, cpus: 2 }, { by: 'openj9' }, nonHeap)).toMatchObject({
      heapMiB: 3072,
      overMiB: 0,
    });
  });

  test.each([
    [1, 1],
    [8, 8],
    [16, 13],
    [32, 23],
  ])('of %d processors %d collect', (cpus, threads) => {
    expect(gcThreads(cpus)).toBe(threads);
  });
});
