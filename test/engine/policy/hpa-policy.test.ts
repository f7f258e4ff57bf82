import { describe, expect, test } from 'vitest';
import type { EngineWorkload } from '../../../src/domain/engine-config.js';
import type { Fact } from '../../../src/domain/fact.js';
import { hpaAnswer } from '../../../src/engine/policy/hpa-answer.js';
import { policies } from '../../../src/engine/policy/policies.js';
import { seconds } from '../../../src/kernel/micros.js';
import {
  config,
  feed,
  listen,
  observed,
  podsScraped,
  readyPod,
  replicasSet,
  ticked,
  trafficScraped,
  workload,
} from '../fixture.js';

function scaledBy(written: object, changes: Partial<EngineWorkload> = {}): EngineWorkload {
  return workload({ policy: { name: 'hpa', config: policies.hpa.schema.parse(written) }, ...changes });
}

/** Four ready pods for ten minutes, each using so many thousandths of a core of the 500 requested; a queue of seven. */
function usage(cpuMillis: number, until = 600): Fact[] {
  const pods = ['a', 'b', 'c', 'd'];
  const facts = [replicasSet(0, 4), ...pods.flatMap((pod) => readyPod(0, pod))];
  for (let at = 15; at <= until; at += 15) {
    facts.push(podsScraped(at, Object.fromEntries(pods.map((pod) => [pod, (at * cpuMillis) / 1000]))));
    facts.push(trafficScraped(at, at * 80));
  }
  return facts;
}

/** The decision on those facts at the last instant. */
function decide(written: object, facts: readonly Fact[], changes: Partial<EngineWorkload> = {}, at = 600) {
  const { engine, decisions } = listen(config([scaledBy(written, changes)]));
  feed(engine, [...facts, ticked(at)]);
  return decisions[0];
}

describe('hpa in the engine', () => {
  test('CPU at twice its target doubles the pods and shows the reading', () => {
    const decision = decide({ metrics: [{ cpu: '50%' }] }, usage(500));
    expect(decision).toMatchObject({
      from: 4,
      rawDesired: 8,
      desired: 8,
      reason: 'scaled-up',
      winner: 'cpu',
      metrics: [{ name: 'cpu', value: 100, target: 50, unit: '%', proposal: 8, invalid: null }],
    });
  });

  test('an average is shown in millicores, memory in MiB, a rate per second, a gauge without unit', () => {
    const metrics = [
      { cpu: '250m' },
      { memory: '100Mi' },
      { external: 'requests_per_second', averageValue: '10/s' },
      { external: 'queue_length', value: 7 },
      { pods: 'in_flight', averageValue: 1 },
    ];
    const decision = decide({ metrics }, usage(500), { maxReplicas: 50 });
    expect(decision.metrics).toEqual([
      { name: 'cpu', value: 500, target: 250, unit: 'millicores', proposal: 8, invalid: null },
      { name: 'memory', value: 200, target: 100, unit: 'MiB', proposal: 8, invalid: null },
      { name: 'external/requests_per_second', value: 20, target: 10, unit: '/s', proposal: 8, invalid: null },
      { name: 'external/queue_length', value: 7, target: 7, unit: '', proposal: 4, invalid: null },
      { name: 'pods/in_flight', value: 3, target: 1, unit: '', proposal: 12, invalid: null },
    ]);
    expect(decision).toMatchObject({ winner: 'pods/in_flight', rawDesired: 12, desired: 8, reason: 'rate-limited' });
  });

  test.each([
    ['within-tolerance', '100%', 500, {}, 4],
    ['at-maximum', '10%', 500, { maxReplicas: 6 }, 6],
    ['at-minimum', '100%', 1, { minReplicas: 3 }, 3],
    ['scaled-down', '100%', 250, {}, 2],
  ])('the reason %s', (reason, cpu, used, changes, desired) => {
    const written = { metrics: [{ cpu }], behavior: { scaleDown: { stabilizationWindow: '0s' } } };
    expect(decide(written, usage(used), changes)).toMatchObject({ reason, desired });
  });

  test('stabilized: the window remembers what was asked for before', () => {
    const written = { metrics: [{ cpu: '100%' }], downscaleStabilization: '5m' };
    const { engine, decisions } = listen(config([scaledBy(written)]));
    feed(engine, [...usage(250), ticked(600), ticked(899), ticked(901)]);
    expect(decisions[0]).toMatchObject({ reason: 'stabilized', desired: 4, rawDesired: 2 });
    expect(decisions[1].reason).toBe('stale-metrics');
    const fresh = listen(config([scaledBy(written)]));
    const facts = usage(250, 1200);
    const before = facts.filter(({ at }) => at <= 600e6);
    const after = facts.filter(({ at }) => at > 600e6);
    feed(fresh.engine, [...before, ticked(600), ...after, ticked(1200)]);
    expect(fresh.decisions[1]).toMatchObject({ reason: 'scaled-down', desired: 2 });
  });

  test('a workload out of bounds goes back to them without any metric; one at zero is switched off', () => {
    expect(decide({}, [replicasSet(0, 30)])).toMatchObject({ desired: 10, reason: 'at-maximum' });
    expect(decide({}, [replicasSet(0, 1)])).toMatchObject({ desired: 2, reason: 'at-minimum' });
    expect(decide({}, [replicasSet(0, 0)])).toMatchObject({ desired: 0, reason: 'scaling-disabled' });
  });

  test('without metrics, with stale ones, and without a CPU request nothing moves, and the reading says why', () => {
    expect(decide({}, [replicasSet(0, 4), ...readyPod(0, 'a')])).toMatchObject({
      desired: 4,
      reason: 'no-metrics-yet',
      metrics: [{ name: 'cpu', value: null, invalid: expect.stringContaining('no sample yet') as unknown }],
    });
    expect(decide({}, usage(5000), {}, 700)).toMatchObject({
      desired: 4,
      reason: 'stale-metrics',
      metrics: [{ invalid: expect.stringContaining('newest sample is 100 s old') as unknown }],
    });
    expect(decide({}, usage(5000), { cpuRequestMillis: null })).toMatchObject({
      desired: 4,
      reason: 'no-valid-metric',
      metrics: [{ invalid: expect.stringContaining('missing request for cpu') as unknown }],
    });
  });

  test('with one metric broken it goes up but not down', () => {
    const facts = usage(500).filter(({ type }) => type !== 'trafficScraped');
    const external = { external: 'queue_length', value: 1 };
    const up = decide({ metrics: [{ cpu: '50%' }, external] }, facts);
    expect(up).toMatchObject({ desired: 8, winner: 'cpu' });
    const down = decide({ metrics: [{ cpu: '400%' }, external] }, facts);
    expect(down).toMatchObject({ desired: 4, rawDesired: null, reason: 'no-valid-metric' });
  });

  test('a pod that still starts does not count on the way up', () => {
    const starting: Fact[] = [
      { type: 'podCreated', at: usage(1)[0].at, workload: 'web', pod: 'e' },
      ...usage(500).slice(0, -2),
    ];
    expect(decide({ metrics: [{ cpu: '80%' }] }, usage(500))).toMatchObject({ rawDesired: 5 });
    expect(decide({ metrics: [{ cpu: '80%' }] }, starting)).toMatchObject({
      rawDesired: 4,
      reason: 'within-tolerance',
    });
  });
});

describe('what the algorithm is told', () => {
  test('pods on their way out and their samples do not count', () => {
    const leaving: Fact = { type: 'podBeganTerminating', at: seconds(590), workload: 'web', pod: 'd', reason: '' };
    expect(decide({ metrics: [{ cpu: '50%' }] }, [...usage(500), leaving])).toMatchObject({ rawDesired: 6 });
  });

  test('thousandths round up, but not for the hair that sums of counters are off by', () => {
    const metric = {
      kind: 'resource',
      resource: 'cpu',
      container: null,
      target: { type: 'utilization', percent: 60 },
    } as const;
    const told = [300, 300.000_000_01, 300.2].map((cpuMillis) => {
      const [usageOfA] = observed(0, 1).pods;
      const answer = hpaAnswer(metric, { ...observed(0, 1), pods: [{ ...usageOfA, cpuMillis }] });
      return answer.type === 'pods' ? answer.pods[0].milli : null;
    });
    expect(told).toEqual([300, 300, 301]);
  });
});

describe('the section of a scenario', () => {
  test('defaults are those of Kubernetes, and what has been read is plain', () => {
    const settings = policies.hpa.schema.parse({});
    expect(settings).toEqual({
      semantics: 'head',
      metrics: [{ kind: 'resource', resource: 'cpu', container: null, target: { type: 'utilization', percent: 80 } }],
      behavior: null,
      tolerance: 0.1,
      syncPeriodMicros: 15e6,
      downscaleStabilizationMicros: 300e6,
      cpuInitializationMicros: 300e6,
      initialReadinessDelayMicros: 30e6,
      scaleUpLimit: { factor: 2, minimum: 4 },
      gates: { configurableTolerance: true, podLevelResources: true, scaleToZero: false },
    });
    expect(() => policies.hpa.create(JSON.parse(JSON.stringify(settings)), workload())).not.toThrow();
  });

  test('behavior takes Kubernetes` words and its defaults', () => {
    const behavior = {
      scaleUp: { selectPolicy: 'Min', policies: [{ type: 'Percent', value: 50, period: '1m' }], tolerance: '5%' },
    };
    expect(policies.hpa.schema.parse({ behavior, downscaleStabilization: '2m' })).toMatchObject({
      behavior: {
        scaleUp: {
          stabilizationMicros: 0,
          select: 'min',
          policies: [{ type: 'percent', value: 50, periodMicros: 60e6 }],
          tolerance: 0.05,
        },
        scaleDown: { stabilizationMicros: 120e6, select: 'max', tolerance: null },
      },
    });
  });

  test.each([
    [{ metrics: [{ cpu: 60 }] }, /expected string/],
    [{ metrics: [{ cpu: '62.5%' }] }, /must be a whole percentage of the CPU request, as 60%.*was '62.5%'/],
    [{ metrics: [{ memory: 'lots' }] }, /memory request, as 80%.*was 'lots'/],
    [{ metrics: [{ cpu: '60%', memory: '60%' }] }, /exactly one of cpu, memory, pods and external/],
    [{ metrics: [{}] }, /exactly one of/],
    [{ metrics: [] }, /Too small/],
    [{ metrics: [{ cpu: '60%', value: 1 }] }, /has its target already/],
    [{ metrics: [{ external: 'queue_length' }] }, /either value or averageValue/],
    [{ metrics: [{ external: 'queue_length', value: 1, averageValue: 1 }] }, /either value or averageValue/],
    [{ metrics: [{ external: 'queue', value: 1 }] }, /Invalid option/],
    [{ metrics: [{ pods: 'in_flight', value: 1 }] }, /averageValue, not value/],
    [{ metric: [] }, /Unrecognized key/],
    [{ behavior: { scaleUp: { policies: [{ type: 'Pods', value: 1, period: '0s' }] } } }, /between 1s and 30m/],
    [{ behavior: { scaleDown: { stabilizationWindow: '2h' } } }, /at most 1h/],
  ])('%j is refused', (written, message) => {
    const { error } = policies.hpa.schema.safeParse(written);
    expect(error?.issues.map((issue) => issue.message).join()).toMatch(message);
  });
});
