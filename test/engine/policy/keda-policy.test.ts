import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EngineWorkload } from '../../../src/domain/engine-config.js';
import { abstain } from '../../../src/domain/forecast.js';
import type { PodView } from '../../../src/domain/observation.js';
import { policies } from '../../../src/engine/policy/policies.js';
import type { HorizontalProposal } from '../../../src/engine/ports.js';
import { seconds } from '../../../src/kernel/micros.js';
import { noLeadTime, observed, workload } from '../fixture.js';

/** Figures by name at one tick; null where none is fresh. */
type Figures = Readonly<Record<string, number>> | null;

interface Play {
  readonly changes?: Partial<EngineWorkload>;
  readonly initial?: number;
  /** Instant of the first tick. */
  readonly from?: string;
  readonly every?: number;
}

/** A tick every 15 seconds with figures each; pods are there and ready as soon as they are asked for. */
function play(
  written: object,
  steps: readonly Figures[],
  { changes = {}, initial = 0, from = '2026-07-06T00:00:00Z', every = 15 }: Play = {},
) {
  const of = workload({ minReplicas: 0, maxReplicas: 50, ...changes });
  const policy = policies.keda.create(policies.keda.schema.parse(written), of);
  const proposals: HorizontalProposal[] = [];
  let spec = initial;
  for (const [i, figures] of steps.entries()) {
    const now = seconds(every * i);
    const metrics = Object.fromEntries(
      Object.entries(figures ?? {}).map(([name, value]) => [name, { value, sampledAt: now }]),
    );
    const stale = figures === null ? { status: 'stale' as const, reason: 'too old' } : {};
    const observation = observed(now / 1e6, 1, { metrics, ...stale });
    const proposal = policy.decide({
      now,
      originEpochMicros: Date.parse(from) * 1000,
      workload: of,
      specReplicas: spec,
      statusReplicas: spec,
      pods: Array.from({ length: spec }, (_, k) => readyView(`web-${k}`)),
      observation,
      observations: new Map([['web', observation]]),
      commanded: null,
      leadTime: noLeadTime,
      forecast: abstain('none', now, 'none'),
    });
    proposals.push(proposal);
    spec = proposal.desired;
  }
  return proposals;
}

function readyView(name: string): PodView {
  const at = seconds(0);
  return { name, createdAt: at, scheduledAt: at, started: true, ready: true, readyChangedAt: at, terminating: false };
}

function times(figures: Figures, count: number): Figures[] {
  return new Array<Figures>(count).fill(figures);
}

const byLoad = { triggers: [{ type: 'requests', name: 'load', target: '10/s' }] };
const quick = {
  advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindow: '0s' } } } },
};
const desired = (proposals: readonly HorizontalProposal[]): number[] => proposals.map((one) => one.desired);
const problem = (written: object): string =>
  policies.keda.schema
    .safeParse(written)
    .error?.issues.map(({ message }) => message)
    .join('; ') ?? '';

describe('keda', () => {
  test('the operator wakes it up at a poll, the autoscaler takes it on, and the cool-down takes the last replicas', () => {
    const figures = [...times({ requests_per_second: 0 }, 2), ...times({ requests_per_second: 42 }, 4)];
    const proposals = play({ ...byLoad, ...quick }, [...figures, ...times({ requests_per_second: 0 }, 24)]);
    // Polls come every 30 s, at every other tick.
    expect(desired(proposals.slice(0, 6))).toEqual([0, 0, 1, 5, 5, 5]);
    expect(proposals[2]).toMatchObject({ reason: 'activation' });
    expect(proposals[3]).toMatchObject({ winner: 'external/load', rawDesired: 5 });
    // Active for the last time at the poll of tick 4; the cool-down of 300 s is over later than 20 ticks on, at the poll of tick 26.
    expect(proposals[6].desired).toBe(1);
    expect(proposals.findIndex((one, i) => i > 6 && one.desired === 0)).toBe(26);
    expect(proposals[26].reason).toBe('deactivation');
    expect(proposals[24].reason).toBe('cool-down');
  });

  test('activation is above its value, not at it', () => {
    const written = { triggers: [{ type: 'queue', target: 5, activation: 3 }] };
    expect(play(written, [{ queue_length: 3 }])[0].desired).toBe(0);
    expect(play(written, [{ queue_length: 3.5 }])[0].desired).toBe(1);
  });

  test('cron asks for its replicas between its times, by its own clock', () => {
    const cron = {
      type: 'cron',
      start: '0 8 * * mon-fri',
      end: '0 18 * * mon-fri',
      utcOffset: '+02:00',
      desiredReplicas: 4,
    };
    const at = (from: string) =>
      desired(play({ triggers: [cron], pollingInterval: '15s' }, times({}, 2), { from })).at(-1);
    expect(at('2026-07-06T05:59:00Z')).toBe(0);
    expect(at('2026-07-06T06:00:00Z')).toBe(4);
    expect(at('2026-07-06T15:59:00Z')).toBe(4);
    expect(at('2026-07-06T16:00:00Z')).toBe(0);
    expect(at('2026-07-05T10:00:00Z')).toBe(0);
  });

  test('idle replicas are none while nobody comes, and the minimum as soon as anybody does', () => {
    const written = { ...byLoad, minReplicaCount: 3, idleReplicaCount: 0, cooldownPeriod: '30s' };
    const proposals = play(written, [...times({ requests_per_second: 1 }, 2), ...times({ requests_per_second: 0 }, 8)]);
    expect(proposals[0].desired).toBe(3);
    expect(proposals.at(-1)?.desired).toBe(0);
  });

  test('without a fallback a trigger that fails moves nothing; with one it stands in after the threshold', () => {
    const alone = play(byLoad, [{ requests_per_second: 60 }, { requests_per_second: 60 }, ...times(null, 40)]);
    expect(desired(alone.slice(1)).every((one) => one === alone[1].desired)).toBe(true);
    expect(alone.at(-1)).toMatchObject({ rawDesired: null });
    const fallback = { failureThreshold: 3, replicas: 9 };
    const proposals = play({ ...byLoad, fallback }, [...times({ requests_per_second: 30 }, 2), ...times(null, 5)]);
    expect(desired(proposals)).toEqual([1, 3, 3, 3, 3, 6, 9]);
    expect(proposals[5].rules).toContainEqual(expect.objectContaining({ rule: 'fallback' }));
    const higher = { ...fallback, behavior: 'currentReplicasIfHigher', replicas: 2 };
    expect(
      play({ ...byLoad, fallback: higher }, [...times({ requests_per_second: 30 }, 2), ...times(null, 9)]).at(-1),
    ).toMatchObject({ desired: 3 });
  });

  test('a formula makes one number of its triggers, and sees nil of one that has failed for too long', () => {
    const triggers = [
      { type: 'requests', name: 'load', target: '10/s' },
      { type: 'queue', name: 'queue', target: 1 },
    ];
    const modifiers = (formula: string) => ({ scalingModifiers: { formula, target: 10 } });
    const both = { requests_per_second: 20, queue_length: 35 };
    const added = play({ triggers, advanced: modifiers('load + queue') }, times(both, 3));
    expect(added.at(-1)).toMatchObject({ desired: 6, winner: 'external/formula' });
    const formula = 'max(load ?? 0, queue)';
    const fallback = { replicas: 2, behavior: 'scalingModifiers' };
    const one = play({ triggers, fallback, advanced: modifiers(formula) }, [both, ...times({ queue_length: 35 }, 6)]);
    expect(one[2]).toMatchObject({ desired: 1, rawDesired: null });
    expect(one.at(-1)).toMatchObject({ desired: 4 });
    expect(one.at(-1)?.rules[0]).toMatchObject({ rule: 'formula', numbers: { load: 'nil', queue: 35, result: 35 } });
  });

  test('a metric that nobody knows is named with those that are known', () => {
    const written = { triggers: [{ type: 'queue', metric: 'queue_lenght', target: 1 }] };
    const [proposal] = play(written, [{ queue_length: 4, in_flight: 2 }]);
    expect(proposal.metrics[0].invalid).toBe(
      'there is no recent queue_lenght of web; there is queue_length, in_flight',
    );
    expect(proposal.reason).toBe('trigger-error');
  });

  test.each([
    ['queue + lod', 'uses lod, which is neither a trigger nor a function; of triggers known are queue'],
    ['queue + ', 'expects a number, a trigger, a function or ( at character 9, where its end stands'],
    ['queue > 1', 'comes to a truth value, not to a number'],
    ['system("rm")', 'cannot read "\\"" at character 8'],
  ])('the formula %s is refused', (formula, message) => {
    const advanced = { scalingModifiers: { formula, target: 1 } };
    expect(problem({ triggers: [{ type: 'queue', target: 1 }], advanced })).toBe(message);
  });

  test('what makes no sense in its place is refused', () => {
    const judge = (written: object, changes: Partial<EngineWorkload> = {}) =>
      policies.keda.judge?.(policies.keda.schema.parse(written), {
        workload: workload({ minReplicas: 0, ...changes }),
        workloads: ['web', 'api'],
      })?.problem;
    expect(judge(byLoad)).toBeUndefined();
    expect(judge({ triggers: [{ type: 'queue', workload: 'wbe', target: 1 }] })).toContain('was about "wbe"');
    expect(judge({ ...byLoad, maxReplicaCount: 11 })).toContain('0 to 10');
    expect(judge({ ...byLoad, idleReplicaCount: 0 })).toContain('minReplicaCount above 0');
    expect(judge({ triggers: [{ type: 'cpu', target: '60%' }] })).toContain('not cpu or memory');
    expect(judge({ triggers: [{ type: 'cpu', target: '60%' }] }, { minReplicas: 1 })).toBeUndefined();
    expect(problem({ triggers: [...byLoad.triggers, ...byLoad.triggers] })).toContain('second one called load');
    expect(problem({ ...byLoad, fallback: { replicas: 1, behavior: 'scalingModifiers' } })).toContain('needs advanced');
  });

  test('never outside of its bounds, never fewer replicas on figures that are not valid', () => {
    const figures = fc.option(
      fc.double({ min: 0, max: 1e5, noNaN: true }).map((rate) => ({ requests_per_second: rate })),
      { nil: null },
    );
    fc.assert(
      fc.property(fc.array(figures, { minLength: 1, maxLength: 60 }), (all) => {
        const proposals = play({ ...byLoad, ...quick }, all, { initial: 4, changes: { maxReplicas: 20 } });
        let before = 4;
        for (const [i, one] of desired(proposals).entries()) {
          expect(one).toBeGreaterThanOrEqual(0);
          expect(one).toBeLessThanOrEqual(20);
          if (all[i] === null) expect(one).toBeGreaterThanOrEqual(before);
          before = one;
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  test('a constant load settles at one number, and more load never at fewer replicas', () => {
    const rate = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(rate, rate, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((one) =>
          desired(play(byLoad, times({ requests_per_second: one }, 40))),
        );
        expect(new Set(low.slice(20)).size).toBe(1);
        expect(high[39]).toBeGreaterThanOrEqual(low[39]);
      }),
      { numRuns: 50, seed: 8 },
    );
  });
});
