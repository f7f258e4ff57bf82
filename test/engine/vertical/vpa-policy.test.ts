import { describe, expect, test } from 'vitest';
import type { PodView } from '../../../src/domain/observation.js';
import type { PodResources } from '../../../src/domain/pod-resources.js';
import type { PodIncident, VerticalInput } from '../../../src/engine/ports.js';
import { vpaPolicy } from '../../../src/engine/vertical/vpa-policy.js';
import { micros } from '../../../src/kernel/micros.js';
import { workload } from '../fixture.js';
import { day, hour, minute } from './fixture.js';

const manifest: PodResources = {
  cpuRequestMillis: 2000,
  cpuLimitMillis: 4000,
  memoryRequestMiB: 2048,
  memoryLimitMiB: 2048,
};
const names = ['a', 'b', 'c', 'd'];

function input(at: number, incidents: readonly PodIncident[] = [], has: PodResources = manifest): VerticalInput {
  const now = micros(at);
  const pods = names.map((name): PodView => {
    const seen = { scheduledAt: micros(0), started: true, ready: true, readyChangedAt: micros(0), terminating: false };
    return { name, createdAt: micros(0), ...seen, resources: has };
  });
  const usage = { cpuMillis: 400, memoryMiB: 700, inFlight: 0, sampledAt: now, windowMicros: micros(minute) };
  const observation = {
    at: now,
    workload: 'web',
    pods: names.map((pod) => ({ pod, ...usage })),
    metrics: {},
    newestSampleAt: now,
    status: 'fresh' as const,
    reason: '',
  };
  const horizontal = { rawDesired: null, desired: 4, winner: null, metrics: [], rules: [], reason: 'held' };
  return {
    now,
    workload: workload(),
    manifest,
    template: manifest,
    pods,
    observation,
    incidents,
    specReplicas: 4,
    horizontal,
    scaledBy: [],
  };
}

function policy(written: object = {}) {
  return vpaPolicy.create(vpaPolicy.schema.parse(written), workload());
}

describe('the vertical policy vpa', () => {
  test('keeps new requests below a limit that stays', () => {
    const vpa = policy({ controlledValues: 'RequestsOnly' });
    const tight = { ...manifest, cpuRequestMillis: 100, cpuLimitMillis: 450 };
    let at = 0;
    for (; at < 2 * day; at += 5 * minute) vpa.decide({ ...input(at, [], tight), manifest: tight, template: tight });
    const { template } = vpa.decide({ ...input(at, [], tight), manifest: tight, template: tight });
    expect(template).toMatchObject({ cpuRequestMillis: 450, cpuLimitMillis: 450 });
  });

  test('converges, evicts two of four pods a round, and gives new ones limits in the proportion of the manifest', () => {
    const vpa = policy();
    let at = 0;
    for (; at < 2 * day; at += 5 * minute) vpa.decide(input(at));
    const { recommendation, evict, template, rules, reason } = vpa.decide(input(at));
    expect(recommendation.cpu!.target).toBe(476);
    expect(evict).toEqual(['a', 'b']);
    expect(template).toMatchObject({ cpuRequestMillis: 476, cpuLimitMillis: 952 });
    expect(template.memoryLimitMiB).toBe(template.memoryRequestMiB);
    expect(reason).toBe('evicted');
    expect(rules.filter(({ resource }) => resource === 'cpu').map(({ rule }) => rule)).toEqual([
      'percentile',
      'margin',
      'pod-minimum',
    ]);
  });

  test('switched off it recommends and changes nothing', () => {
    const vpa = policy({ updateMode: 'Off' });
    for (let at = 0; at < hour; at += minute) vpa.decide(input(at));
    const proposal = vpa.decide(input(hour));
    expect(proposal).toMatchObject({ template: manifest, evict: [], resize: [], reason: 'within-range' });
    expect(proposal.recommendation.cpu!.target).toBe(476);
  });

  test('a kill raises what memory is recommended, and lets the pod go at once', () => {
    const vpa = policy();
    for (let at = 0; at < hour; at += minute) vpa.decide(input(at));
    const kill = { type: 'containerOomKilled', at: micros(hour), workload: 'web', pod: 'c', memoryMiB: 2048 } as const;
    const before = vpa.decide(input(hour));
    const after = vpa.decide(input(hour + minute, [kill]));
    expect(after.recommendation.memory!.target).toBeGreaterThan(before.recommendation.memory!.target);
    expect(after.recommendation.memory!.target).toBeGreaterThan(2048 * 1.2);
  });

  test('in place it resizes, waits while that is under way, and evicts where a node has no room', () => {
    const vpa = policy({ updateMode: 'InPlaceOrRecreate' });
    let at = 0;
    let first = vpa.decide(input(at));
    while (first.resize.length === 0) first = vpa.decide(input((at += 5 * minute)));
    expect(first.resize.map(({ pod }) => pod)).toEqual(['a', 'b']);
    const next = at + minute;
    const refused = {
      type: 'podResizeRefused',
      at: micros(next),
      workload: 'web',
      pod: 'a',
      cause: 'infeasible',
      reason: '',
    } as const;
    const second = vpa.decide(input(next, [refused]));
    expect(second.evict).toEqual(['a']);
    expect(second.resize.map(({ pod }) => pod)).toEqual(['c']);
  });
});
