import { describe, expect, test } from 'vitest';
import { canaryPolicy } from '../../../src/engine/balance/canary/canary-policy.js';
import type { BalancePod, BalancePolicy } from '../../../src/engine/ports/balance-policy.js';
import { seconds } from '../../../src/kernel/micros.js';
import { workload } from '../fixture.js';
import { input, pod } from './pods.js';

const steps = [{ setWeight: '20%' }, { pause: '60s' }, { setWeight: '50%' }, { pause: '60s' }];

function made(section: object): BalancePolicy {
  return canaryPolicy.create(canaryPolicy.schema.parse(section), workload());
}

function pods(counts: readonly number[], latencyMs: readonly number[] = [], tick = 0): readonly BalancePod[] {
  return counts.flatMap((count, revision) =>
    Array.from({ length: count }, (_, i) => {
      const answered = 100 * (tick + 1);
      const ms = latencyMs[revision] ?? 10;
      const answers = { answered, micros: answered * ms * 1000, sampledAt: seconds(15 * tick) };
      return pod(`r${revision}-${i}`, { answers }, { revision });
    }),
  );
}

/** Ten replicas; pods are there one tick after they were asked for. Gives shares and replicas of the newest revision at each tick. */
function release(policy: BalancePolicy, ticks: number, latencyMs: readonly number[] = []) {
  let counts: readonly number[] = [10, 0];
  return Array.from({ length: ticks }, (_, tick) => {
    const at = 15 * tick;
    const rollout = tick === 0 ? null : { revision: 1, at: seconds(15) };
    const there = pods(counts, latencyMs, tick);
    const { split, revisions, reason } = policy.decide(input(at, there, { replicas: 10, rollout }));
    counts = revisions === null ? counts : [revisions['0'] ?? 0, revisions['1'] ?? 0];
    const share = split?.by === 'revision' ? split.weights['1'] : null;
    return `${at} ${share} ${counts.join('+')} ${reason}`;
  });
}

describe('a canary', () => {
  test('with a router goes by steps, each when its pods are there, and the earlier pods go after a delay', () => {
    expect(release(made({ steps }), 17)).toEqual([
      '0 null 10+0 no-rollout',
      '15 0 10+2 canary-scaling',
      '30 20 10+2 canary-step',
      '45 20 10+2 canary-paused',
      '60 20 10+2 canary-paused',
      '75 20 10+2 canary-paused',
      '90 20 10+5 canary-step',
      '105 50 10+5 canary-step',
      '120 50 10+5 canary-paused',
      '135 50 10+5 canary-paused',
      '150 50 10+5 canary-paused',
      '165 50 10+10 canary-promoting',
      '180 100 10+10 canary-promoting',
      '195 100 10+10 canary-promoting',
      '210 100 0+10 canary-promoted',
      '225 100 0+10 canary-promoted',
      '240 100 0+10 canary-promoted',
    ]);
  });

  test('without a router moves by pods within surge and unavailability', () => {
    const rows = release(
      made({ steps: [{ setWeight: '20%' }, { pause: '30s' }], trafficRouting: false, maxSurge: 1, maxUnavailable: 0 }),
      40,
    );
    // One more than ten at most: a canary comes, a stable pod goes, and so on.
    expect(rows.slice(1, 7)).toEqual([
      '15 null 10+1 canary-scaling',
      '30 null 9+1 canary-scaling',
      '45 null 9+2 canary-scaling',
      '60 null 8+2 canary-scaling',
      '75 null 8+2 canary-step',
      '90 null 8+2 canary-paused',
    ]);
    expect(rows.at(-1)).toMatch(/ null 0\+10 canary-promoted$/);
    for (const row of rows) {
      const [stable, canary] = row.split(' ')[2].split('+').map(Number);
      expect(stable + canary).toBeGreaterThanOrEqual(10);
      expect(stable + canary).toBeLessThanOrEqual(11);
    }
  });

  test('is given up where its latency is too high, and its pods go after a delay', () => {
    const analysis = { maxLatencyRatio: '1.5x', interval: '30s', minRequests: 50 };
    const rows = release(made({ steps, analysis }), 12, [10, 16]);
    const given = rows.findIndex((row) => row.includes('canary-aborted'));
    expect(rows[given]).toMatch(/ 0 10\+2 canary-aborted$/);
    expect(rows.at(-1)).toMatch(/ 0 10\+0 canary-aborted$/);
    expect(release(made({ steps, analysis }), 17, [10, 14]).at(-1)).toMatch(/canary-promoted$/);
  });

  test('a revision that comes meanwhile takes the place of the canary', () => {
    const policy = made({ steps });
    policy.decide(input(15, pods([10, 0]), { replicas: 10, rollout: { revision: 1, at: seconds(15) } }));
    policy.decide(input(30, pods([10, 2]), { replicas: 10, rollout: { revision: 1, at: seconds(15) } }));
    const next = policy.decide(input(45, pods([10, 2]), { replicas: 10, rollout: { revision: 2, at: seconds(40) } }));
    expect(next.split).toEqual({ by: 'revision', weights: { 0: 100, 2: 0 } });
    expect(next.revisions).toEqual({ 0: 10, 2: 2 });
  });

  test('waits where its pods do not come', () => {
    const policy = made({ steps });
    const rollout = { revision: 1, at: seconds(0) };
    for (const at of [0, 15, 600]) {
      const proposal = policy.decide(input(at, pods([10, 1]), { replicas: 10, rollout }));
      expect(proposal).toMatchObject({ split: { weights: { 1: 0 } }, reason: 'canary-scaling' });
    }
  });
});
