import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Decision } from '../../../src/domain/decision.js';
import type { Forecast, Quantiles } from '../../../src/domain/forecast.js';
import { abstain } from '../../../src/domain/forecast.js';
import type { Forecaster } from '../../../src/engine/ports.js';
import { builtIn } from '../../../src/engine/registries.js';
import type { Fact } from '../../../src/domain/fact.js';
import { type Micros, seconds } from '../../../src/kernel/micros.js';
import {
  config,
  listen,
  podsScraped,
  readyPod,
  replicasSet,
  ticked,
  trafficScraped,
  withForecaster,
  workload,
} from '../fixture.js';

interface Script {
  /** Requests per second at a horizon, in seconds. */
  readonly rate: (horizonSeconds: number) => number;
  readonly confidence?: number | null;
  readonly anomalous?: boolean;
  readonly abstains?: string;
}

function flat(value: number): Quantiles {
  return { q05: value, q50: value, q90: value, q95: value, q99: value };
}

function scripted(script: Script, asked: number[][] = []): Forecaster {
  return {
    observe: () => undefined,
    forecast(at: Micros, horizons: readonly Micros[]): Forecast {
      asked.push(horizons.map((horizon) => horizon / 1e6));
      if (script.abstains !== undefined) return abstain('script', at, script.abstains);
      return {
        model: 'script',
        generatedAt: at,
        points: horizons.map((horizonMicros) => ({
          horizonMicros,
          rate: flat(script.rate(horizonMicros / 1e6)),
          cpuMillis: null,
          memoryMiB: null,
        })),
        confidence: script.confidence === undefined ? 0.9 : script.confidence,
        anomaly: script.anomalous === undefined ? null : { score: 0.99, anomalous: script.anomalous },
        abstained: null,
      };
    },
  };
}

const slot = { requestsPerPod: '10/s' };

/** The last of a few ticks with four replicas that serve 40 requests a second. */
function decided(
  section: Record<string, unknown>,
  script: Script,
  asked: number[][] = [],
  more: readonly Fact[] = [],
): Decision {
  const policy = { name: 'predictive', config: builtIn.policies.predictive.schema.parse({ target: slot, ...section }) };
  const scaled = workload({ policy, forecaster: { name: 'test', config: {} }, minReplicas: 1, maxReplicas: 50 });
  const { engine, decisions } = listen(config([scaled]), withForecaster(scripted(script, asked)));
  const names = ['web-0', 'web-1', 'web-2', 'web-3'];
  const facts = [replicasSet(0, 4), ...names.flatMap((name) => readyPod(1, name)), ...more];
  for (const fact of facts) engine.on(fact);
  for (let at = 10; at <= 55; at += 15) {
    engine.on(trafficScraped(at, 40 * at));
    engine.on(podsScraped(at, Object.fromEntries(names.map((pod) => [pod, at * 0.3]))));
    engine.on(ticked(at + 5));
  }
  return decisions[decisions.length - 1];
}

const rising = (horizon: number): number => 40 + horizon;

describe('predictive alone', () => {
  test('raises to what the load at the lead time needs, and says what the lead time consists of', () => {
    const asked: number[][] = [];
    const { desired, rules, reason } = decided({ leadTime: '55s' }, { rate: rising }, asked);
    expect(desired).toBe(10);
    expect(reason).toBe('forecast');
    expect(asked[asked.length - 1]).toEqual([60, 300, 1800, 3600]);
    expect(rules.find(({ rule }) => rule === 'lead-time')?.numbers).toMatchObject({
      metricsSeconds: 5,
      periodSeconds: 15,
      horizonSeconds: 60,
    });
  });

  test('looks as far ahead as the engine has measured, and a margin further', () => {
    const asked: number[][] = [];
    decided({ margin: '70s' }, { rate: rising }, asked);
    expect(asked[asked.length - 1][0]).toBe(90);
  });

  test('lowers when it is sure, but not below what is needed until then', () => {
    const falling = (horizon: number): number => 40 - horizon / 3;
    expect(decided({ leadTime: '60s' }, { rate: falling, confidence: 0.9 }).desired).toBe(4);
    expect(decided({ leadTime: '60s' }, { rate: () => 12, confidence: 0.9 }).desired).toBe(4);
    const idle = decided({ leadTime: '60s', target: { requestsPerPod: '20/s' } }, { rate: () => 12, confidence: 0.9 });
    expect(idle.desired).toBe(2);
    expect(idle.rules.map(({ rule }) => rule)).toContain('load-until-then');
  });

  test.each([
    ['raise', { raiseConfidence: '50%', leadTime: '60s' }, rising, 10],
    ['lower', { lowerConfidence: '50%', leadTime: '60s', target: { requestsPerPod: '40/s' } }, () => 40, 1],
  ])('needs confidence to %s', (_, section, rate, sure) => {
    expect(decided(section, { rate, confidence: 0.6 }).desired).toBe(sure);
    for (const confidence of [0.4, null]) {
      expect(decided(section, { rate, confidence })).toMatchObject({ desired: 4, reason: 'not-confident' });
    }
  });

  test('holds while the newest sample is out of the ordinary, or there is no forecast', () => {
    expect(decided({}, { rate: rising, anomalous: true })).toMatchObject({ desired: 4, reason: 'anomaly' });
    expect(decided({}, { rate: rising, abstains: 'too young' })).toMatchObject({
      desired: 4,
      reason: 'forecast-abstained',
    });
  });

  test('turns requests into CPU by what a request has cost', () => {
    // 4 pods at 300m each serve 40/s: 30m for each request per second; a pod of 500m at 60% carries 300m.
    const target = { cpuUtilization: '60%' };
    expect(decided({ target, leadTime: '60s' }, { rate: () => 95 })).toMatchObject({ desired: 10, rawDesired: 10 });
  });

  test('asks for more when more is expected, whatever the numbers', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 400, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (rate, more) => {
          const low = decided({ leadTime: '60s' }, { rate: () => rate }).desired;
          const high = decided({ leadTime: '60s' }, { rate: () => rate + more }).desired;
          expect(high).toBeGreaterThanOrEqual(low);
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });
});

describe('predictive beside a vertical policy', () => {
  test('takes a share of what pods request by now', () => {
    const target = { cpuUtilization: '60%' };
    const large = { cpuRequestMillis: 1000, cpuLimitMillis: null, memoryRequestMiB: 512, memoryLimitMiB: null };
    const resized: Fact = { type: 'podResourcesSet', at: seconds(2), workload: 'web', resources: large };
    expect(decided({ target, leadTime: '60s' }, { rate: () => 95 }, [], [resized]).desired).toBe(5);
  });
});

describe('predictive with a policy that reacts', () => {
  const reactive = (replicas: number) => ({ reactive: { policy: 'fixed', replicas }, leadTime: '60s' });

  test('takes the larger of both', () => {
    expect(decided(reactive(7), { rate: rising })).toMatchObject({ desired: 10, winner: 'forecast' });
    expect(decided(reactive(12), { rate: rising })).toMatchObject({ desired: 12, winner: null });
  });

  test('leaves everything to it while the forecast has no say', () => {
    expect(decided(reactive(3), { rate: rising, anomalous: true }).desired).toBe(3);
    expect(
      decided({ ...reactive(3), lowerConfidence: '95%', target: { requestsPerPod: '40/s' } }, { rate: () => 1 })
        .desired,
    ).toBe(3);
  });

  test('keeps adding while its forecast sinks, sure enough to add and not to lower', () => {
    const section = { ...reactive(3), raiseConfidence: '60%', lowerConfidence: '80%' };
    for (const needed of [10, 9, 8, 7, 4]) {
      expect(decided(section, { rate: () => needed * 10, confidence: 0.7 }).desired).toBe(needed);
    }
  });

  test('does not count as trusted only because it agrees with what is there', () => {
    const section = { ...reactive(8), combine: 'trust', raiseConfidence: '90%', lowerConfidence: '90%' };
    expect(decided(section, { rate: () => 40, confidence: 0.05 })).toMatchObject({ desired: 8, winner: null });
  });

  test('follows the forecast both ways where it is trusted and sure', () => {
    const section = { ...reactive(8), combine: 'trust', target: { requestsPerPod: '20/s' } };
    expect(decided(section, { rate: () => 40 })).toMatchObject({ desired: 2, winner: 'forecast' });
    expect(decided(section, { rate: () => 40, confidence: 0.5 })).toMatchObject({ desired: 8, winner: null });
  });

  test.each([
    [1, 2],
    [3, 3],
  ])('a schedule`s least number of %i is a floor for the forecast and no wish to stay', (min, replicas) => {
    const scheduled = { policy: 'scheduled', schedule: [{ at: '00:00', min }] };
    for (const combine of ['maximum', 'trust']) {
      const section = { reactive: scheduled, combine, leadTime: '60s', target: { requestsPerPod: '20/s' } };
      expect(decided(section, { rate: () => 40 }).desired).toBe(replicas);
    }
  });

  test('keeps a floor until the load that it was raised for has come', () => {
    let tick = 0;
    const wave = (): number => (tick > 1 ? 10 : 200);
    const section = { ...reactive(1), combine: 'floor' };
    const script: Script = {
      get rate() {
        tick += 1;
        return wave;
      },
      confidence: 0.9,
    };
    const { desired, rules } = decided(section, script);
    expect(desired).toBe(20);
    expect(rules.map(({ rule }) => rule)).toContain('forecast-floor');
  });
});
