import { describe, expect, test } from 'vitest';
import { abstain } from '../../../src/domain/forecast.js';
import { policies } from '../../../src/engine/policy/policies.js';
import type { HorizontalProposal, PolicyDefinition } from '../../../src/engine/ports.js';
import { micros, seconds } from '../../../src/kernel/micros.js';
import { noLeadTime, observed, workload } from '../fixture.js';

/** What a policy says at an instant of UTC. */
function at(definition: PolicyDefinition, written: unknown, instant: string, specReplicas = 4): HorizontalProposal {
  return definition.create(definition.schema.parse(written), workload()).decide({
    now: seconds(0),
    originEpochMicros: Date.parse(instant) * 1000,
    workload: workload(),
    specReplicas,
    statusReplicas: specReplicas,
    pods: [],
    observation: observed(0, 1),
    observations: new Map(),
    commanded: null,
    leadTime: noLeadTime,
    forecast: abstain('none', micros(0), 'none'),
  });
}

function scheduledAt(written: unknown, instant: string, specReplicas = 4): number {
  return at(policies.scheduled, written, instant, specReplicas).desired;
}

const shop = {
  schedule: [
    { at: '08:00', days: 'mon-fri', replicas: 20 },
    { at: '20:00', replicas: 5 },
  ],
};

describe('scheduled', () => {
  test.each([
    ['2026-07-06T07:59:59Z', 5, 'Monday before opening'],
    ['2026-07-06T08:00:00Z', 20, 'Monday at opening'],
    ['2026-07-06T19:59:00Z', 20, 'Monday before closing'],
    ['2026-07-06T23:00:00Z', 5, 'Monday night'],
    ['2026-07-04T12:00:00Z', 5, 'Saturday, since Friday at 20:00'],
  ])('at %s it asks for %d: %s', (instant, replicas) => {
    expect(scheduledAt(shop, instant)).toBe(replicas);
  });

  test('explains itself', () => {
    expect(at(policies.scheduled, shop, '2026-07-06T09:30:00Z')).toEqual({
      rawDesired: null,
      desired: 20,
      winner: null,
      metrics: [],
      rules: [{ rule: 'schedule', before: 4, after: 20, numbers: { entry: '08:00 mon-fri', sinceSeconds: 5400 } }],
      reason: 'scheduled',
    });
  });

  test('the clock of the schedule may be another one than UTC', () => {
    const written = { ...shop, utcOffset: '+02:00' };
    expect(scheduledAt(written, '2026-07-06T05:59:00Z')).toBe(5);
    expect(scheduledAt(written, '2026-07-06T06:00:00Z')).toBe(20);
    expect(scheduledAt({ ...shop, utcOffset: '-05:30' }, '2026-07-06T13:29:00Z')).toBe(5);
    expect(scheduledAt({ ...shop, utcOffset: '-05:30' }, '2026-07-06T13:30:00Z')).toBe(20);
  });

  test('min raises and never lowers; of two entries at one instant the later counts', () => {
    const written = { schedule: [{ at: '00:00', min: 6 }] };
    expect([4, 6, 9].map((spec) => scheduledAt(written, '2026-07-06T09:00:00Z', spec))).toEqual([6, 6, 9]);
    const both = { schedule: [...shop.schedule, { cron: '0 20 * * *', replicas: 7 }] };
    expect(scheduledAt(both, '2026-07-06T21:00:00Z')).toBe(7);
  });

  test('asked tick by tick it says the same as asked afresh', () => {
    const origin = Date.parse('2026-02-27T00:00:00Z');
    const written = {
      schedule: [...shop.schedule, { cron: '*/20 3-4 1,15 * *', replicas: 11 }, { cron: '5 4 * * sun', replicas: 3 }],
    };
    const policy = policies.scheduled.create(policies.scheduled.schema.parse(written), workload());
    for (let hour = 0; hour < 24 * 20; hour += 1) {
      const asked = policy.decide({
        now: seconds(hour * 3600),
        originEpochMicros: origin * 1000,
        workload: workload(),
        specReplicas: 4,
        statusReplicas: 4,
        pods: [],
        observation: observed(0, 1),
        observations: new Map(),
        commanded: null,
        leadTime: noLeadTime,
        forecast: abstain('none', micros(0), 'none'),
      });
      expect(asked.desired).toBe(scheduledAt(written, new Date(origin + hour * 3.6e6).toISOString()));
    }
  });

  test.each([
    ['30 6 * * *', '2026-07-06T06:29:00Z', '2026-07-05T06:30:00Z'],
    ['*/15 * * * *', '2026-07-06T06:44:59Z', '2026-07-06T06:30:00Z'],
    ['0 9-17/4 * * 1-5', '2026-07-06T16:00:00Z', '2026-07-06T13:00:00Z'],
    ['0 0 * * 7', '2026-07-06T16:00:00Z', '2026-07-05T00:00:00Z'],
    ['0 0 29 feb *', '2026-07-06T00:00:00Z', '2024-02-29T00:00:00Z'],
    // Both kinds of days: either will do, Monday 6 July before Monday 13 July and 1 July.
    ['0 0 1 * mon', '2026-07-08T00:00:00Z', '2026-07-06T00:00:00Z'],
    ['0 0 7 * mon', '2026-07-08T00:00:00Z', '2026-07-07T00:00:00Z'],
    // But a field that starts with a star asks for both: an odd day that is a Monday.
    ['0 0 */2 * mon', '2026-07-08T00:00:00Z', '2026-06-29T00:00:00Z'],
    ['10/20 5 * JAN-mar Mon,WED', '2026-07-06T00:00:00Z', '2026-03-30T05:50:00Z'],
  ])('%s at %s came last at %s', (cron, now, last) => {
    const { rules } = at(policies.scheduled, { schedule: [{ cron, replicas: 1 }] }, now);
    expect(Number(rules[0].numbers.sinceSeconds)).toBe((Date.parse(now) - Date.parse(last)) / 1000);
  });

  test('an entry that never came holds', () => {
    const proposal = at(
      policies.scheduled,
      { schedule: [{ cron: '0 0 31 2 *', replicas: 9 }] },
      '2026-07-06T00:00:00Z',
    );
    expect(proposal).toMatchObject({ desired: 4, reason: 'held', rules: [] });
  });

  test.each([
    [{ at: '25:00', replicas: 1 }, /time of day from 00:00 to 23:59, was '25:00'/],
    [{ at: '08:00', days: 'monday', replicas: 1 }, /days must be names or ranges of sun, mon.*was 'monday'/],
    [{ at: '08:00' }, /either replicas or min/],
    [{ at: '08:00', replicas: 1, min: 1 }, /either replicas or min/],
    [{ replicas: 1 }, /must have at \(as 08:00\) or cron/],
    [{ at: '08:00', cron: '* * * * *', replicas: 1 }, /either cron or at/],
    [{ cron: '0 8 * *', replicas: 1 }, /five fields/],
    [{ cron: '60 8 * * *', replicas: 1 }, /minute must be numbers from 0 to 59.*was '60'/],
    [{ cron: '0 8 * * fri-mon', replicas: 1 }, /day of week/],
    [{ cron: '*/0 8 * * *', replicas: 1 }, /minute/],
  ])('%j is refused', (entry, message) => {
    const read = policies.scheduled.schema.safeParse({ schedule: [entry] });
    expect(read.error?.issues.map((issue) => issue.message).join()).toMatch(message);
  });

  test('a range of days may run over the end of the week', () => {
    const written = {
      schedule: [
        { at: '01:00', replicas: 1 },
        { at: '02:00', days: 'sat-mon', replicas: 9 },
      ],
    };
    const days = ['03', '04', '05', '06', '07'].map((day) => scheduledAt(written, `2026-07-${day}T12:00:00Z`));
    expect(days).toEqual([1, 9, 9, 9, 1]);
  });
});

describe('fixed', () => {
  test('keeps what there is, or asks for its number', () => {
    expect(at(policies.fixed, {}, '2026-07-06T00:00:00Z')).toMatchObject({ desired: 4, reason: 'fixed', rules: [] });
    expect(at(policies.fixed, { replicas: 7 }, '2026-07-06T00:00:00Z')).toMatchObject({
      desired: 7,
      reason: 'fixed',
      rules: [{ rule: 'fixed', before: 4, after: 7 }],
    });
  });
});
