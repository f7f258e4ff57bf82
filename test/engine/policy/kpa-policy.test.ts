import fc from 'fast-check';
import type { EngineWorkload } from '../../../src/domain/engine-config.js';
import { abstain } from '../../../src/domain/forecast.js';
import { describe, expect, test } from 'vitest';
import { loads, play, readyView, ten } from './kpa-play.js';
import { noLeadTime, observed, workload } from '../fixture.js';
import { policies } from '../../../src/engine/policy/policies.js';
import { seconds } from '../../../src/kernel/micros.js';

describe('kpa', () => {
  test('the last pod goes when nobody has come for the window and the grace period, and comes back with the first', () => {
    const written = { ...ten, targetBurstCapacity: 0 };
    const proposals = play(written, [...loads(5, 60), ...loads(0, 60), { load: 3 }]);
    const zero = proposals.findIndex(({ desired }) => desired === 0);
    // The last figure above zero leaves the stable window after 60 s; 30 s of grace follow the tick that finds it empty.
    expect(zero).toBe(60 + 29 + 15);
    expect(proposals[zero]).toMatchObject({ reason: 'scale-to-zero' });
    expect(proposals[zero - 1]).toMatchObject({ desired: 1, reason: 'scale-to-zero-grace' });
    expect(proposals[zero + 1].reason).toBe('at-desired');
    expect(proposals.at(-1)).toMatchObject({ desired: 1 });
    // One pod has no room for a burst of 211, so that the activator has been in the path all along, and there is no grace to wait for.
    const proxied = play(ten, [...loads(5, 60), ...loads(0, 60)]);
    expect(proxied.findIndex(({ desired }) => desired === 0)).toBe(60 + 29 + 1);
  });

  test('retention keeps the last pod longer; with scale to zero switched off, or a minimum, it stays', () => {
    const idle = [...loads(5, 60), ...loads(0, 120)];
    const zeroOf = (written: object, changes: Partial<EngineWorkload> = {}) =>
      play({ ...ten, ...written }, idle, changes).findIndex(({ desired }) => desired === 0);
    expect(zeroOf({ scaleToZeroPodRetention: '60s' })).toBe(60 + 29 + 30);
    expect(zeroOf({ scaleToZero: false })).toBe(-1);
    expect(zeroOf({}, { minReplicas: 1 })).toBe(-1);
  });

  test('without fresh figures nothing moves, and the reading says why', () => {
    const [first, ...stale] = play(ten, [{ load: 60 }, ...loads(null, 60)]);
    expect(first.desired).toBe(6);
    for (const proposal of stale) {
      expect(proposal).toMatchObject({ desired: 6, rawDesired: null, reason: 'stale-metrics', winner: null });
    }
    expect(stale[0].metrics[0].invalid).toBe('newest sample is 80 s old');
  });

  test('a delay holds the most of its time', () => {
    const proposals = play({ ...ten, scaleDownDelay: '2m' }, [...loads(60, 60), ...loads(20, 120)]);
    const lower = proposals.slice(60).findIndex(({ desired }) => desired < 6);
    // 29 ticks until the stable average has fallen to 20 is not needed for the first pod: 60 -> 50 takes 7.5 ticks of (60 - 20) / 30 each.
    expect(lower).toBeGreaterThanOrEqual(60);
    expect(proposals[60 + lower - 1].reason).toBe('scale-down-delay');
  });

  test('never outside of its bounds, whatever comes', () => {
    const load = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: null });
    const bounds = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 5, max: 40 }));
    fc.assert(
      fc.property(fc.array(load, { minLength: 1, maxLength: 60 }), bounds, (figures, [minReplicas, maxReplicas]) => {
        const steps = figures.map((figure) => ({ load: figure }));
        for (const { desired } of play(ten, steps, { minReplicas, maxReplicas }, minReplicas)) {
          expect(desired).toBeGreaterThanOrEqual(minReplicas);
          expect(desired).toBeLessThanOrEqual(maxReplicas);
        }
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  test('a constant load settles at one number, and more load never at fewer pods', () => {
    const load = fc.integer({ min: 1, max: 900 });
    fc.assert(
      fc.property(load, load, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((one) => play(ten, loads(one, 80)));
        const settled = low.slice(40).map(({ desired }) => desired);
        expect(new Set(settled)).toEqual(new Set([Math.ceil(Math.min(a, b) / 10)]));
        expect(high.at(-1)?.desired).toBeGreaterThanOrEqual(settled[0]);
      }),
      { numRuns: 60, seed: 6 },
    );
  });

  test('figures a scrape apart fill the windows, and a figure that is shown again counts once', () => {
    const of = workload({ minReplicas: 0, maxReplicas: 100 });
    const policy = policies.kpa.create(policies.kpa.schema.parse(ten), of);
    const decide = (at: number, sampled: number, value: number) => {
      const metrics = { in_flight: { value, sampledAt: seconds(sampled) } };
      return policy.decide({
        now: seconds(at),
        originEpochMicros: 0,
        workload: of,
        specReplicas: 4,
        statusReplicas: 4,
        pods: Array.from({ length: 4 }, (_, k) => readyView(`web-${k}`)),
        observation: observed(sampled, 1, { metrics }),
        observations: new Map(),
        commanded: null,
        leadTime: noLeadTime,
        forecast: abstain('none', seconds(at), 'none'),
      });
    };
    for (let at = 15; at <= 60; at += 15) decide(at, at - 5, 40);
    const [stable, panic] = decide(75, 70, 80).metrics;
    expect(stable.value).toBeCloseTo((45 * 40 + 15 * 80) / 60, 6);
    expect(panic.value).toBe(80);
    expect(decide(90, 70, 80).metrics[0].value).toBe(stable.value);
  });
});
