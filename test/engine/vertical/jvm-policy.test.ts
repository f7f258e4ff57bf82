import { describe, expect, test } from 'vitest';
import type { PodView } from '../../../src/domain/observation.js';
import type { PodResources } from '../../../src/domain/pod-resources.js';
import type { Resource, VerticalInput, VerticalProposal } from '../../../src/engine/ports.js';
import { jvmPolicy } from '../../../src/engine/vertical/jvm-policy.js';
import { micros } from '../../../src/kernel/micros.js';
import { workload } from '../fixture.js';
import { hour, minute } from './fixture.js';

const manifest: PodResources = {
  cpuRequestMillis: 2000,
  cpuLimitMillis: 4000,
  memoryRequestMiB: 1024,
  memoryLimitMiB: 1024,
};
const names = ['a', 'b', 'c', 'd'];

interface Seen {
  readonly cpuMillis?: number;
  readonly scaledBy?: readonly Resource[];
  readonly has?: PodResources;
}

function input(at: number, { cpuMillis = 400, scaledBy = [], has = manifest }: Seen): VerticalInput {
  const now = micros(at);
  const pods = names.map((name): PodView => {
    const seen = { scheduledAt: micros(0), started: true, ready: true, readyChangedAt: micros(0), terminating: false };
    return { name, createdAt: micros(0), ...seen, resources: has };
  });
  const usage = { cpuMillis, memoryMiB: 900, inFlight: 0, sampledAt: now, windowMicros: micros(minute) };
  const heap = { liveMiB: 200, nonHeapMiB: 150, fillMiBPerSecond: 1 };
  return {
    now,
    workload: workload(),
    manifest,
    template: has,
    pods,
    observation: {
      at: now,
      workload: 'web',
      pods: names.map((pod) => ({ pod, ...usage, heap })),
      metrics: {},
      newestSampleAt: now,
      status: 'fresh',
      reason: '',
    },
    incidents: [],
    specReplicas: 4,
    horizontal: { rawDesired: null, desired: 4, winner: null, metrics: [], rules: [], reason: 'held' },
    scaledBy,
  };
}

/** What it proposes after a day of the same. */
function afterADay(written: object, seen: Seen = {}): VerticalProposal {
  const policy = jvmPolicy.create(jvmPolicy.schema.parse(written), workload());
  let proposal = policy.decide(input(0, seen));
  for (let at = 5 * minute; at <= 24 * hour; at += 5 * minute) proposal = policy.decide(input(at, seen));
  return proposal;
}

describe('CPU beside the memory of a JVM', () => {
  test('stays as the manifest has it, unless VPA is asked for', () => {
    const { template, recommendation, rules } = afterADay({});
    expect(template).toMatchObject({ cpuRequestMillis: 2000, cpuLimitMillis: 4000 });
    expect(template.memoryRequestMiB).toBeLessThan(1024);
    expect(recommendation.cpu).toBeNull();
    expect(rules.every(({ resource }) => resource === 'memory')).toBe(true);
  });

  test('is what VPA recommends with `cpu: vpa`; the limit stays, and memory is what it was', () => {
    const { template, recommendation, rules } = afterADay({ cpu: 'vpa' });
    // 400m and a safety margin of 15%, in a bucket 5% wide.
    expect(recommendation.cpu?.target).toBeGreaterThanOrEqual(460);
    expect(recommendation.cpu?.target).toBeLessThan(490);
    expect(template).toEqual({ ...afterADay({}).template, cpuRequestMillis: recommendation.cpu?.target });
    expect(template.cpuLimitMillis).toBe(4000);
    expect(rules.map(({ resource, rule }) => `${resource} ${rule}`)).toEqual(
      expect.arrayContaining(['cpu percentile', 'memory live-set']),
    );
  });

  test('is recommended no more than the limit', () => {
    expect(afterADay({ cpu: 'vpa' }, { cpuMillis: 3990 }).template).toMatchObject({ cpuRequestMillis: 4000 });
  });

  test('stays where replicas follow it', () => {
    const { template, recommendation } = afterADay({ cpu: 'vpa' }, { scaledBy: ['cpu'] });
    expect(template.cpuRequestMillis).toBe(2000);
    expect(recommendation.cpu).toBeNull();
  });

  test('of pods far off is a reason to evict them, few at a time; near enough it is left alone', () => {
    const sized = afterADay({ cpu: 'vpa' }).template;
    const off = { ...sized, cpuRequestMillis: 3000 };
    const policy = jvmPolicy.create(jvmPolicy.schema.parse({ cpu: 'vpa', updater: { minAge: '0s' } }), workload());
    let evicted = 0;
    for (let at = 0; at <= 48 * hour; at += 5 * minute) evicted += policy.decide(input(at, { has: off })).evict.length;
    expect(evicted).toBeGreaterThan(0);
    const near = { ...sized, cpuRequestMillis: (sized.cpuRequestMillis ?? 0) * 1.05 };
    const proposal = afterADay({ cpu: 'vpa', updater: { minAge: '0s' } }, { has: near });
    expect(proposal).toMatchObject({ template: near, evict: [], reason: 'within-range' });
  });
});
