import { describe, expect, test } from 'vitest';
import { containerForHeap } from '../../../src/engine/vertical/jvm/heap-to-container.js';
import { JvmRecommender } from '../../../src/engine/vertical/jvm/jvm-recommender.js';
import { zJvm } from '../../../src/engine/vertical/jvm-schema.js';
import { VpaRecommender } from '../../../src/engine/vertical/vpa/vpa-recommender.js';
import { micros } from '../../../src/kernel/micros.js';
import { day, minute, vpa } from './fixture.js';

function afterTwoDays(written: object = {}, heapAfterGcMiB = 400) {
  const recommender = new JvmRecommender(zJvm.parse(written));
  for (let at = 0; at < 2 * day; at += minute) {
    recommender.observe({ pod: 'a', at: micros(at), heapAfterGcMiB, nonHeapMiB: 300, fillMiBPerSecond: 20 });
  }
  const outcome = recommender.recommend(micros(2 * day));
  if (outcome.kind === 'none') throw new Error(outcome.reason);
  return outcome;
}

describe('memory for a JVM', () => {
  test('three times what is live, the rest beside it, and a headroom, up to one bucket', () => {
    const { heapMiB, nonHeapMiB, containerMiB, rules } = afterTwoDays();
    // Bucket n is 5% of 1.05^n wide, which is 7.5% of its start at 400 MiB and nears 5% above.
    expect(heapMiB / 1200).toBeGreaterThanOrEqual(1);
    expect(heapMiB / 1200).toBeLessThan(1.075);
    expect(nonHeapMiB / 300).toBeGreaterThanOrEqual(1);
    expect(nonHeapMiB / 300).toBeLessThan(1.085);
    expect(containerMiB).toBeCloseTo((heapMiB + nonHeapMiB) * 1.1, 9);
    expect(rules.map(({ rule }) => rule)).toEqual([
      'live-set',
      'heap-multiple',
      'non-heap',
      'headroom',
      'heap-share',
      'minimum',
    ]);
    expect(rules.at(-1)!.after).toBe(containerMiB);
  });

  test('the square-root rule gives a heap by its rate of filling', () => {
    const written = { heap: { squareRoot: { cpuPerGiB: 0.1, traceMiBPerCpuSecond: 1000 } } };
    const { heapMiB, rules } = afterTwoDays(written);
    const live = rules[0].after;
    const fill = rules[1].numbers.fillMiBPerSecond;
    expect(fill).toBeCloseTo(20, 1);
    expect(heapMiB).toBeCloseTo(live + Math.sqrt((live * Number(fill)) / ((0.1 / 1024) * 1000)), 9);
  });

  test('a percentage of 50% needs a container in which half is the heap', () => {
    const { heapMiB, containerMiB } = afterTwoDays({ maxRamPercentage: '50%' });
    expect(containerMiB).toBeCloseTo(heapMiB * 2, 9);
    expect(containerForHeap(1000, 300, { by: 'xmx' })).toBe(1300);
    expect(containerForHeap(1000, 300, { by: 'percentage', share: 0.75 })).toBeCloseTo(4000 / 3, 9);
    // A heap of 1600 would take 1200 of it, and 600 do not fit in the other 400.
    expect(containerForHeap(1000, 600, { by: 'percentage', share: 0.75 })).toBe(2400);
  });

  test('resident memory only confirms the heap that is there, what is live does not', () => {
    // A heap of 3 GiB is filled before it is collected, whatever is live: VPA sees 3.3 GiB and asks for more.
    const byResident = new VpaRecommender(vpa());
    for (let at = 0; at < 2 * day; at += minute) {
      byResident.observe({ pod: 'a', at: micros(at), cpuMillis: 100, memoryMiB: 3072 + 300 });
    }
    const resident = byResident.recommend(micros(2 * day));
    if (resident.kind === 'none') throw new Error(resident.reason);
    expect(resident.containers[0].target.memoryMiB).toBeGreaterThan(3372);
    expect(afterTwoDays().containerMiB).toBeLessThan(1900);
  });

  test('without a sample nothing is recommended', () => {
    expect(new JvmRecommender(zJvm.parse({})).recommend(micros(0))).toEqual({
      kind: 'none',
      at: 0,
      reason: 'no-samples',
    });
  });
});
