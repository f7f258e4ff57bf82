import { describe, expect, test } from 'vitest';
import type { EngineWorkload } from '../../../src/domain/engine-config.js';
import type { Fact } from '../../../src/domain/fact.js';
import { hpaAnswer } from '../../../src/engine/policy/hpa-answer.js';
import { seconds } from '../../../src/kernel/micros.js';
import { config, feed, listen, observed, readyPod, replicasSet, ticked, workload } from '../fixture.js';
import { scaledBy, usage } from './hpa-facts.js';

const onFront = { object: 'requests_per_second', describedObject: { kind: 'Service', name: 'front' } };

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

  test('a container is the pod`s only one, and its metric says so', () => {
    const whole = decide({ metrics: [{ cpu: '50%' }] }, usage(500));
    const one = decide(
      {
        metrics: [
          { cpu: '50%', container: 'web' },
          { memory: '1Gi', container: 'web' },
        ],
      },
      usage(500),
    );
    expect(one).toMatchObject({ desired: whole.desired, rawDesired: 8, winner: 'cpu/web' });
    expect(one.metrics).toEqual([
      { ...whole.metrics[0], name: 'cpu/web' },
      { name: 'memory/web', value: 200, target: 1024, unit: 'MiB', proposal: 1, invalid: null },
    ]);
  });

  test('a Service is that of the workload it names, whoever scales by it', () => {
    const facts = usage(500).map((fact) => (fact.type === 'trafficScraped' ? { ...fact, workload: 'front' } : fact));
    const of = (metric: object, name: string) => {
      const { engine, decisions } = listen(config([scaledBy({ metrics: [metric] }), workload({ name })]));
      feed(engine, [...facts, ticked(600)]);
      return decisions[0];
    };
    expect(of({ ...onFront, value: '40/s' }, 'front')).toMatchObject({
      desired: 8,
      metrics: [{ name: 'object/front/requests_per_second', value: 80, target: 40, unit: '/s', proposal: 8 }],
    });
    expect(of({ ...onFront, averageValue: '16/s' }, 'front')).toMatchObject({ desired: 5, metrics: [{ value: 20 }] });
    // Its own balancer has told nothing: External is of the workload itself.
    expect(of({ external: 'requests_per_second', value: '40/s' }, 'front').metrics[0].invalid).toContain('no sample');
    expect(of({ ...onFront, value: '40/s' }, 'other').metrics[0].invalid).toContain('is not known');
  });

  test('a Service whose samples are stale says nothing, however fresh the pods are', () => {
    const late = usage(500, 480).filter(({ type }) => type === 'trafficScraped');
    const facts = [
      ...usage(500).filter(({ type }) => type !== 'trafficScraped'),
      ...late.map((fact) => ({ ...fact, workload: 'front' })),
    ].sort((a, b) => a.at - b.at);
    const { engine, decisions } = listen(
      config([scaledBy({ metrics: [{ ...onFront, value: '1/s' }] }), workload({ name: 'front' })]),
    );
    feed(engine, [...facts, ticked(600)]);
    expect(decisions[0]).toMatchObject({ desired: 4, reason: 'no-valid-metric' });
    expect(decisions[0].metrics[0].invalid).toContain('newest sample is 120 s old');
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
      const observation = { ...observed(0, 1), pods: [{ ...usageOfA, cpuMillis }] };
      const answer = hpaAnswer(metric, { observation, observations: new Map() });
      return answer.type === 'pods' ? answer.pods[0].milli : null;
    });
    expect(told).toEqual([300, 300, 301]);
  });
});
