import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UpdaterPod } from '../../../src/engine/vertical/vpa/updater-pod.js';
import type { VerticalAmounts } from '../../../src/engine/vertical/vpa/vertical-amounts.js';
import type { VpaRecommendation } from '../../../src/engine/vertical/vpa/vpa-recommendation.js';
import { VpaUpdater } from '../../../src/engine/vertical/vpa/vpa-updater.js';
import { micros } from '../../../src/kernel/micros.js';
import { day, hour, minute, vpa } from './fixture.js';

const now = micros(2 * day);

function recommendation(
  target: VerticalAmounts,
  lower: VerticalAmounts = { cpuMillis: 300, memoryMiB: 300 },
  upper: VerticalAmounts = { cpuMillis: 900, memoryMiB: 900 },
): VpaRecommendation {
  const confidence = { cpu: 2, memory: 2 };
  const one = { container: 'main', target, lower, upper, uncapped: target, confidence, samples: 2880, rules: {} };
  return { kind: 'recommended', at: now, containers: [one] };
}

type Change = Partial<Omit<UpdaterPod, 'containers'>> & {
  readonly request?: VerticalAmounts;
  readonly limit?: VerticalAmounts;
  readonly oomKill?: UpdaterPod['containers'][number]['oomKill'];
};

function pod(name: string, { request, limit, oomKill, ...change }: Change = {}): UpdaterPod {
  const main = {
    name: 'main',
    request: request ?? { cpuMillis: 500, memoryMiB: 512 },
    limit: limit ?? {},
    given: null,
    oomKill: oomKill ?? null,
  };
  const rest = { startedAt: micros(0), pending: false, resize: 'none', restartsOnResize: false } as const;
  return { name, ...rest, ...change, containers: [main] };
}

const names = ['a', 'b', 'c', 'd', 'e'];
const wrong = { request: { cpuMillis: 2000, memoryMiB: 512 } };

function decide(
  pods: readonly UpdaterPod[],
  written: object = {},
  recommended = recommendation({ cpuMillis: 600, memoryMiB: 512 }),
) {
  return new VpaUpdater(vpa(written), micros(0)).decide({
    now,
    replicas: pods.length,
    pods,
    recommendation: recommended,
  });
}

function shortly(updates: ReturnType<typeof decide>): readonly string[] {
  return updates.map(({ pod, action, cause }) => `${pod} ${action} ${cause}`);
}

describe("VPA's updater", () => {
  test('touches nothing in the modes Off and Initial', () => {
    expect(decide([pod('a', wrong), pod('b', wrong)], { updateMode: 'Off' })).toEqual([]);
    expect(decide([pod('a', wrong), pod('b', wrong)], { updateMode: 'Initial' })).toEqual([]);
  });

  test('evicts half of five pods out of their bounds at once, cut off to whole pods, and says what the budget saw', () => {
    const updates = decide(names.map((name) => pod(name, wrong)));
    expect(shortly(updates)).toEqual([
      'a evict outside-bounds',
      'b evict outside-bounds',
      'c leave disruption-budget',
      'd leave disruption-budget',
      'e leave disruption-budget',
    ]);
    expect(updates[2].numbers).toEqual({ configured: 5, running: 5, tolerance: 2, evicted: 2, resized: 0 });
    expect(updates[0]).toMatchObject({
      containers: [{ container: 'main', request: { cpuMillis: 600, memoryMiB: 512 }, limit: {} }],
    });
  });

  test('evicts one where the tolerance is less than a pod, and none of a single replica', () => {
    expect(shortly(decide([pod('a', wrong), pod('b', wrong)], { updater: { evictionTolerance: '10%' } }))).toEqual([
      'a evict outside-bounds',
      'b leave disruption-budget',
    ]);
    expect(shortly(decide([pod('a', wrong)]))).toEqual(['a leave too-few-replicas']);
  });

  test('a pod that has not started may always go, and one that is missing counts against the budget', () => {
    const pods = [pod('a', wrong), pod('b', wrong), pod('c', { ...wrong, pending: true, startedAt: null })];
    const updater = new VpaUpdater(vpa(), micros(0));
    const updates = updater.decide({ now, replicas: 4, pods, recommendation: recommendation({ cpuMillis: 600 }) });
    // Four asked for, two of them may be away, and two run: only the pending one goes.
    expect(shortly(updates)).toEqual([
      'c evict outside-bounds',
      'a leave disruption-budget',
      'b leave disruption-budget',
    ]);
  });

  test('within bounds only old pods go, and only for a change of 10%', () => {
    const young = { startedAt: micros(now - 11 * hour) };
    const old = { startedAt: micros(now - 12 * hour) };
    const small = recommendation({ cpuMillis: 545, memoryMiB: 512 });
    expect(shortly(decide([pod('a', young), pod('b', old), pod('c', { startedAt: null })]))).toEqual([
      'b evict changed-enough',
      'a leave within-bounds-and-young',
      'c leave within-bounds-and-never-started',
    ]);
    expect(shortly(decide([pod('a', old), pod('b', old)], {}, small))).toEqual([
      'a leave change-too-small',
      'b leave change-too-small',
    ]);
  });

  test('a pod killed for memory within ten minutes of its start goes at once, unless it would get the same', () => {
    const quick = { startedAt: micros(now - hour), oomKill: { startedAt: micros(now - 9 * minute), killedAt: now } };
    const slow = { startedAt: micros(now - hour), oomKill: { startedAt: micros(now - 10 * minute), killedAt: now } };
    expect(shortly(decide([pod('a', quick), pod('b', slow)]))).toEqual([
      'a evict quick-oom',
      'b leave within-bounds-and-young',
    ]);
    const same = recommendation({ cpuMillis: 500, memoryMiB: 512 });
    expect(shortly(decide([pod('a', quick), pod('b', quick)], {}, same))[0]).toBe('a leave nothing-would-change');
  });

  test('what wants to grow goes before what wants to shrink, then the larger change', () => {
    const recommended = recommendation({ cpuMillis: 600, memoryMiB: 512 });
    const pods = [
      pod('shrinks', { request: { cpuMillis: 6000, memoryMiB: 512 } }),
      pod('grows', { request: { cpuMillis: 299, memoryMiB: 512 } }),
      pod('grows-more', { request: { cpuMillis: 100, memoryMiB: 512 } }),
      pod('fine', { startedAt: now }),
    ];
    expect(
      decide(pods, {}, recommended)
        .slice(0, 3)
        .map(({ pod }) => pod),
    ).toEqual(['grows-more', 'grows', 'shrinks']);
  });

  test('an eviction rate spreads evictions over rounds', () => {
    const updater = new VpaUpdater(vpa({ updater: { evictionRate: '1/m', evictionTolerance: '100%' } }), now);
    const pods = names.map((name) => pod(name, wrong));
    const evicted = [0, 20, 40, 60, 120].map((seconds) => {
      const at = micros(now + seconds * 1e6);
      const input = { now: at, replicas: 5, pods, recommendation: recommendation({ cpuMillis: 600 }) };
      return updater.decide(input).filter(({ action }) => action === 'evict').length;
    });
    expect(evicted).toEqual([1, 0, 0, 1, 1]);
  });

  test('eviction requirements keep a pod that would only shrink', () => {
    const updater = {
      evictionRequirements: [{ resources: ['cpu', 'memory'], changeRequirement: 'TargetHigherThanRequests' }],
    };
    const grows = { request: { cpuMillis: 100, memoryMiB: 512 } };
    expect(shortly(decide([pod('a', wrong), pod('b', grows)], { updater }))).toEqual([
      'b evict outside-bounds',
      'a leave eviction-requirement',
    ]);
  });

  test('limits follow requests in proportion, or stay and cap them', () => {
    const limited = { ...wrong, limit: { cpuMillis: 3000, memoryMiB: 512 } };
    const pods = [pod('a', limited), pod('b', limited)];
    const recommended = recommendation({ cpuMillis: 600, memoryMiB: 700 });
    expect(decide(pods, {}, recommended)[0]).toMatchObject({
      containers: [{ request: { cpuMillis: 600, memoryMiB: 700 }, limit: { cpuMillis: 900, memoryMiB: 700 } }],
    });
    expect(decide(pods, { controlledValues: 'RequestsOnly' }, recommended)[0]).toMatchObject({
      containers: [{ request: { cpuMillis: 600, memoryMiB: 512 }, limit: { cpuMillis: 3000, memoryMiB: 512 } }],
    });
  });

  test('in place, pods are resized under the same budget; a resize that hangs or fails ends in an eviction', () => {
    const updater = new VpaUpdater(vpa({ updateMode: 'InPlaceOrRecreate' }), micros(0));
    const round = (pods: readonly UpdaterPod[], at: number) =>
      shortly(
        updater.decide({ now: micros(at), replicas: 4, pods, recommendation: recommendation({ cpuMillis: 600 }) }),
      );
    const four = ['a', 'b', 'c', 'd'].map((name) => pod(name, wrong));
    expect(round(four, now)).toEqual([
      'a resize outside-bounds',
      'b resize outside-bounds',
      'c leave disruption-budget',
      'd leave disruption-budget',
    ]);
    const deferred = [pod('a', { ...wrong, resize: 'deferred' }), ...four.slice(1)];
    expect(round(deferred, now + minute)).toContain('a leave resize-under-way');
    expect(round(deferred, now + 6 * minute)).toContain('a leave resize-under-way');
    expect(round(deferred, now + 6 * minute + 1)).toContain('a evict outside-bounds');
    const infeasible = [pod('a', { ...wrong, resize: 'infeasible' }), ...four.slice(1)];
    expect(round(infeasible, now + 7 * minute)).toContain('a evict outside-bounds');
  });

  test('in the mode InPlace nothing is evicted, and what a node had no room for is tried again only when less is asked for', () => {
    const updater = new VpaUpdater(vpa({ updateMode: 'InPlace' }), micros(0));
    const pods = [pod('a', { ...wrong, resize: 'infeasible' }), pod('b', { startedAt: now })];
    const round = (cpuMillis: number) =>
      shortly(updater.decide({ now, replicas: 2, pods, recommendation: recommendation({ cpuMillis }) }))[0];
    expect(round(800)).toBe('a resize outside-bounds');
    expect(round(800)).toBe('a leave resize-infeasible');
    expect(round(850)).toBe('a leave resize-infeasible');
    expect(round(790)).toBe('a resize outside-bounds');
  });

  test('without a recommendation every pod is left alone, with the reason', () => {
    const updater = new VpaUpdater(vpa(), micros(0));
    const none = { kind: 'none', at: now, reason: 'no-samples' } as const;
    expect(shortly(updater.decide({ now, replicas: 2, pods: [pod('a'), pod('b')], recommendation: none }))).toEqual([
      'a leave no-recommendation',
      'b leave no-recommendation',
    ]);
  });

  test('names every pod once and never disturbs more running pods than the tolerance allows', () => {
    const anyPod = fc.record({
      request: fc.record({
        cpuMillis: fc.integer({ min: 1, max: 4000 }),
        memoryMiB: fc.integer({ min: 1, max: 4000 }),
      }),
      pending: fc.boolean(),
      startedAt: fc.integer({ min: 0, max: now }).map(micros),
      resize: fc.constantFrom('none', 'in-progress', 'deferred', 'infeasible', 'error'),
    });
    fc.assert(
      fc.property(
        fc.array(anyPod, { maxLength: 12 }),
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom('Recreate', 'InPlaceOrRecreate', 'InPlace'),
        fc.integer({ min: 0, max: 100 }),
        (changes, missing, updateMode, percent) => {
          const pods = changes.map((change, index) => pod(`p${index}`, change));
          const replicas = pods.length + missing;
          const written = { updateMode, updater: { evictionTolerance: `${percent}%` } };
          const updater = new VpaUpdater(vpa(written), micros(0));
          const input = { now, replicas, pods, recommendation: recommendation({ cpuMillis: 600, memoryMiB: 600 }) };
          const updates = updater.decide(input);
          expect(updates.map(({ pod }) => pod).sort()).toEqual(pods.map(({ name }) => name).sort());
          const running = new Set(pods.filter(({ pending }) => !pending).map(({ name }) => name));
          const evicted = updates.filter(({ pod, action }) => action === 'evict' && running.has(pod)).length;
          const left = running.size - evicted;
          const tolerance = Math.trunc(replicas * (percent / 100));
          if (evicted > 0) expect(left >= replicas - tolerance || (tolerance === 0 && evicted === 1)).toBe(true);
          if (pods.length < 2) expect(updates.every(({ action }) => action === 'leave')).toBe(true);
        },
      ),
      { seed: 20261125, numRuns: 300 },
    );
  });
});
