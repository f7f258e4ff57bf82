import { describe, expect, test } from 'vitest';
import type { MetricReading } from '../../../src/domain/decision.js';
import type { PodView } from '../../../src/domain/observation.js';
import type { PodResources } from '../../../src/domain/pod-resources.js';
import type { HorizontalProposal, VerticalInput, VerticalPolicy } from '../../../src/engine/ports.js';
import { multidimensional } from '../../../src/engine/vertical/multidimensional-policy.js';
import { micros } from '../../../src/kernel/micros.js';
import { workload } from '../fixture.js';
import { day, minute } from './fixture.js';

const manifest: PodResources = {
  cpuRequestMillis: 2000,
  cpuLimitMillis: null,
  memoryRequestMiB: 2048,
  memoryLimitMiB: null,
};
const names = ['a', 'b', 'c', 'd'];

function reading(name: string): MetricReading {
  return { name, value: 20, target: 60, unit: '%', proposal: 2, invalid: null };
}

function horizontal(metric: string, rawDesired: number, desired: number): HorizontalProposal {
  return { rawDesired, desired, winner: metric, metrics: [reading(metric)], rules: [], reason: 'test' };
}

function input(at: number, proposal: HorizontalProposal, template: PodResources, specReplicas: number): VerticalInput {
  const now = micros(at);
  const seen = { scheduledAt: micros(0), started: true, ready: true, readyChangedAt: micros(0), terminating: false };
  const usage = { cpuMillis: 400, memoryMiB: 700, inFlight: 0, sampledAt: now, windowMicros: micros(minute) };
  return {
    now,
    workload: workload({ minReplicas: 2, maxReplicas: 10 }),
    manifest,
    template,
    pods: names.map((name): PodView => ({ name, createdAt: micros(0), ...seen, resources: template })),
    observation: {
      at: now,
      workload: 'web',
      pods: names.map((pod) => ({ pod, ...usage })),
      metrics: {},
      newestSampleAt: now,
      status: 'fresh',
      reason: '',
    },
    incidents: [],
    specReplicas,
    horizontal: proposal,
    scaledBy: proposal.metrics.flatMap(({ name }) => (name === 'cpu' || name === 'memory' ? [name] : [])),
  };
}

/** A policy that has seen two days of 400 millicores and 700 MiB under a horizontal policy with room. */
function learnt(metric: string, written: object = {}): VerticalPolicy {
  const policy = multidimensional.create(multidimensional.schema.parse(written), workload());
  for (let at = 0; at < 2 * day; at += 10 * minute) policy.decide(input(at, horizontal(metric, 4, 4), manifest, 4));
  return policy;
}

describe('multidimensional', () => {
  test('leaves CPU to a policy that scales by it, sets memory, and says who had to yield to what', () => {
    const { template, rules, holdsHorizontal } = learnt('cpu').decide(
      input(2 * day, horizontal('cpu', 4, 4), manifest, 4),
    );
    expect(template.cpuRequestMillis).toBe(2000);
    expect(template.memoryRequestMiB).toBeLessThan(1000);
    expect(holdsHorizontal).toBeNull();
    expect(rules.find(({ rule }) => rule === 'horizontal-first')).toMatchObject({
      resource: 'cpu',
      before: 476,
      after: 2000,
    });
  });

  test('the other way round where it scales by memory, and freely where it scales by neither', () => {
    const byMemory = learnt('memory').decide(input(2 * day, horizontal('memory', 4, 4), manifest, 4)).template;
    expect(byMemory).toMatchObject({ cpuRequestMillis: 476, memoryRequestMiB: 2048 });
    const byRate = learnt('workload/requests_per_second');
    const free = byRate.decide(input(2 * day, horizontal('workload/requests_per_second', 4, 4), manifest, 4)).template;
    expect(free.cpuRequestMillis).toBe(476);
    expect(free.memoryRequestMiB).toBeLessThan(1000);
  });

  test.each([
    ['at its maximum and wants more', 14, 10, 10, 'maximum'],
    ['at its minimum and wants less', 1, 2, 2, 'minimum'],
  ])('CPU goes first when the horizontal policy is %s, and replicas are held then', (_, raw, desired, spec, end) => {
    const { template, holdsHorizontal } = learnt('cpu').decide(
      input(2 * day, horizontal('cpu', raw, desired), manifest, spec),
    );
    expect(template.cpuRequestMillis).toBe(476);
    expect(holdsHorizontal).toMatchObject({ rule: 'vertical-first', after: spec, numbers: { resources: 'cpu', end } });
  });

  test('does not care in which order resources are written', () => {
    const { template } = learnt('workload/in_flight', { controlledResources: ['memory', 'cpu'] }).decide(
      input(2 * day, horizontal('workload/in_flight', 4, 4), manifest, 4),
    );
    expect(template.cpuRequestMillis).toBe(476);
    expect(template.memoryRequestMiB).toBeLessThan(1000);
  });

  test('leaves CPU alone also while the policy that scales by it gives no reading', () => {
    const blind: HorizontalProposal = {
      ...horizontal('cpu', 4, 4),
      rawDesired: null,
      metrics: [],
      reason: 'stage-failed',
    };
    const seen: VerticalInput = { ...input(2 * day, blind, manifest, 4), scaledBy: ['cpu'] };
    expect(learnt('cpu').decide(seen).template.cpuRequestMillis).toBe(2000);
  });

  test('what has no say learns and does nothing: its first act is no second attempt', () => {
    const policy = learnt('cpu', { updateMode: 'InPlaceOrRecreate', controlledResources: ['cpu'] });
    const { resize, evict } = policy.decide(input(2 * day, horizontal('cpu', 1, 2), manifest, 2));
    expect(resize.length).toBeGreaterThan(0);
    expect(evict).toEqual([]);
  });

  test('what it once gave stays when the horizontal policy has room again', () => {
    const policy = learnt('cpu');
    const given = { ...manifest, cpuRequestMillis: 476 };
    expect(policy.decide(input(2 * day, horizontal('cpu', 5, 5), given, 4)).template.cpuRequestMillis).toBe(476);
  });

  test('touches nothing where only what is scaled by is left to it', () => {
    const policy = learnt('cpu', { controlledResources: ['cpu'] });
    expect(policy.decide(input(2 * day, horizontal('cpu', 4, 4), manifest, 4))).toMatchObject({
      template: manifest,
      evict: [],
      reason: 'horizontal-first',
    });
  });
});
