import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecayingHistogram } from '../../../src/engine/vertical/vpa/decaying-histogram.js';
import { exponentialBuckets } from '../../../src/engine/vertical/vpa/exponential-buckets.js';
import { Histogram } from '../../../src/engine/vertical/vpa/histogram.js';
import type { ContainerRecommendation } from '../../../src/engine/vertical/vpa/vpa-recommendation.js';
import { VpaRecommender } from '../../../src/engine/vertical/vpa/vpa-recommender.js';
import { micros } from '../../../src/kernel/micros.js';
import { day, hour, minute, vpa } from './fixture.js';

const runs = { seed: 20261125, numRuns: 100 };
const cpuBuckets = exponentialBuckets({ maxValue: 1000, firstSize: 0.01, ratio: 1.05 }, 1e-4);
const values = fc.double({ min: 0, max: 1200, noNaN: true });
const sample = fc.record({
  pod: fc.constantFrom('a', 'b', 'c'),
  stepMinutes: fc.integer({ min: 1, max: 600 }),
  cpuMillis: fc.integer({ min: 0, max: 64_000 }),
  memoryMiB: fc.integer({ min: 0, max: 200_000 }),
  oom: fc.boolean(),
});
const samples = fc.array(sample, { minLength: 1, maxLength: 60 });
type Samples = readonly { pod: string; stepMinutes: number; cpuMillis: number; memoryMiB: number; oom: boolean }[];

function recommenderAfter(seen: Samples, factor = 1, origin = 0, settings = vpa()) {
  const recommender = new VpaRecommender(settings, origin);
  let at = 0;
  for (const { pod, stepMinutes, cpuMillis, memoryMiB, oom } of seen) {
    at += stepMinutes * minute;
    const instant = micros(at);
    recommender.observe({ pod, at: instant, cpuMillis: cpuMillis * factor, memoryMiB: memoryMiB * factor });
    if (oom) recommender.oom({ pod, at: instant, memoryMiB: memoryMiB * factor });
  }
  return { recommender, now: micros(at) };
}

function recommend({ recommender, now }: ReturnType<typeof recommenderAfter>): ContainerRecommendation {
  const outcome = recommender.recommend(now);
  if (outcome.kind === 'none') throw new Error(outcome.reason);
  return outcome.containers[0];
}

describe('a decaying histogram', () => {
  const ops = fc.array(
    fc.record({
      value: values,
      weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
      hours: fc.integer({ min: 0, max: 200 }),
    }),
    { minLength: 1, maxLength: 40 },
  );

  test('has the percentiles of a plain one with the weights worked out by hand, however often its reference moves', () => {
    fc.assert(
      fc.property(
        ops,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 20_000 }),
        (ops, share, days) => {
          const decaying = new DecayingHistogram(cpuBuckets, hour);
          const plain = new Histogram(exponentialBuckets({ maxValue: 1000, firstSize: 0.01, ratio: 1.05 }, 1e-300));
          // A sample before and after, far enough that the reference has to move.
          const times = ops.map(({ hours }) => days * day + hours * hour).sort((a, b) => a - b);
          ops.forEach(({ value, weight }, index) => decaying.add(value, weight, times[index]));
          const last = times.at(-1)!;
          ops.forEach(({ value, weight }, index) => plain.add(value, weight * 2 ** ((times[index] - last) / hour)));
          const got = decaying.percentile(share);
          // Weights that became nothing, and sums that lie on the very edge of a bucket, may differ by the rounding of sums.
          const near = [plain.percentile(Math.max(0, share - 1e-6)), plain.percentile(Math.min(1, share + 1e-6))];
          expect(got).toBeGreaterThanOrEqual(Math.min(...near) * (1 - 1e-12));
          expect(got).toBeLessThanOrEqual(Math.max(...near) * (1 + 1e-12));
        },
      ),
      runs,
    );
  });

  test('whose reference is moved keeps its percentiles', () => {
    fc.assert(
      fc.property(ops, fc.integer({ min: 1, max: 90 }), (ops, hours) => {
        const [moved, still] = [new DecayingHistogram(cpuBuckets, hour), new DecayingHistogram(cpuBuckets, hour)];
        ops.forEach(({ value, weight }) => [moved, still].forEach((histogram) => histogram.add(value, weight, 0)));
        const later = new DecayingHistogram(cpuBuckets, hour);
        later.add(1, 1, hours * hour * 0.1);
        later.subtract(1, 1, hours * hour * 0.1);
        moved.merge(later);
        for (const share of [0, 0.1, 0.5, 0.9, 1]) expect(moved.percentile(share)).toBe(still.percentile(share));
      }),
      runs,
    );
  });

  test('survives a checkpoint with its percentiles within one part in a thousand of the weight', () => {
    fc.assert(
      fc.property(ops, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (ops, share) => {
        const histogram = new DecayingHistogram(cpuBuckets, day);
        ops.forEach(({ value, weight, hours }) => histogram.add(value, weight, hours * hour));
        const restored = new DecayingHistogram(cpuBuckets, day);
        expect(restored.load(structuredClone(histogram.save()))).toBeNull();
        const slack = ops.length * 1e-4;
        expect(restored.percentile(share)).toBeGreaterThanOrEqual(histogram.percentile(Math.max(0, share - slack)));
        expect(restored.percentile(share)).toBeLessThanOrEqual(histogram.percentile(Math.min(1, share + slack)));
        expect(restored.totalWeight).toBeCloseTo(histogram.totalWeight, 9);
      }),
      runs,
    );
  });
});

describe('a recommendation', () => {
  test('has its target between its bounds, all at least the minimum of a pod and finite', () => {
    fc.assert(
      fc.property(samples, (seen) => {
        const { target, lower, upper } = recommend(recommenderAfter(seen));
        for (const key of ['cpuMillis', 'memoryMiB'] as const) {
          expect(lower[key]).toBeLessThanOrEqual(target[key]!);
          expect(target[key]).toBeLessThanOrEqual(upper[key]!);
          expect(Number.isFinite(upper[key])).toBe(true);
        }
        expect(lower.cpuMillis).toBeGreaterThanOrEqual(25);
        expect(lower.memoryMiB).toBeGreaterThanOrEqual(250);
      }),
      runs,
    );
  });

  test('never falls when every sample is larger', () => {
    fc.assert(
      fc.property(samples, fc.double({ min: 1, max: 4, noNaN: true }), (seen, factor) => {
        const [less, more] = [recommend(recommenderAfter(seen)), recommend(recommenderAfter(seen, factor))];
        for (const key of ['cpuMillis', 'memoryMiB'] as const) {
          expect(more.target[key]).toBeGreaterThanOrEqual(less.target[key]!);
          expect(more.upper[key]).toBeGreaterThanOrEqual(less.upper[key]!);
        }
      }),
      runs,
    );
  });

  test('does not depend on when the run began, up to a whole half-life', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 30_000 }), (seen, days) => {
        expect(recommend(recommenderAfter(seen, 1, days * day)).target).toEqual(
          recommend(recommenderAfter(seen)).target,
        );
      }),
      runs,
    );
  });

  test('stays within the policy', () => {
    const settings = vpa({ minAllowed: { cpu: '100m' }, maxAllowed: { cpu: '2', memory: '1Gi' } });
    fc.assert(
      fc.property(samples, (seen) => {
        const { target, lower, upper } = recommend(recommenderAfter(seen, 1, 0, settings));
        for (const amounts of [target, lower, upper]) {
          expect(amounts.cpuMillis).toBeGreaterThanOrEqual(100);
          expect(amounts.cpuMillis).toBeLessThanOrEqual(2000);
          expect(amounts.memoryMiB).toBeLessThanOrEqual(1024);
        }
      }),
      runs,
    );
  });

  test('is the same after a checkpoint when no interval is open, up to two buckets', () => {
    fc.assert(
      fc.property(samples, (seen) => {
        const { recommender, now } = recommenderAfter(seen);
        const later = micros(now + day);
        const restored = new VpaRecommender(vpa());
        expect(restored.restore(structuredClone(recommender.checkpoint(later)))).toBeNull();
        const [before, after] = [
          { recommender, now: later },
          { recommender: restored, now: later },
        ].map(recommend);
        expect(after.samples).toBe(before.samples);
        for (const key of ['cpuMillis', 'memoryMiB'] as const) {
          expect(after.target[key]! / before.target[key]!).toBeGreaterThan(0.9);
          expect(after.target[key]! / before.target[key]!).toBeLessThan(1.11);
        }
      }),
      runs,
    );
  });

  test('a checkpoint leaves the open interval out, and a broken one is refused whole', () => {
    const { recommender, now } = recommenderAfter([
      { pod: 'a', stepMinutes: 1, cpuMillis: 100, memoryMiB: 4000, oom: false },
    ]);
    const open = recommender.checkpoint(now).main;
    expect(open.memory.bucketWeights).toEqual({});
    const fresh = new VpaRecommender(vpa());
    const broken = { ...open, cpu: { ...open.cpu, bucketWeights: { 9999: 1 } } };
    expect(fresh.restore({ main: broken })).toMatch(/container main cannot be used: it has a bucket 9999/);
    expect(fresh.restore({ main: { ...open, version: 'v2' } })).toMatch(/version is v2, only v3/);
    expect(fresh.recommend(now)).toMatchObject({ kind: 'none', reason: 'no-samples' });
  });
});
