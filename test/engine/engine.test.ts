import { describe, expect, test } from 'vitest';
import { abstain } from '../../src/domain/forecast.js';
import { Bug } from '../../src/domain/errors.js';
import type { Fact } from '../../src/domain/fact.js';
import type { HorizontalInput, HorizontalProposal } from '../../src/engine/ports.js';
import { builtIn } from '../../src/engine/registries.js';
import { seconds } from '../../src/kernel/micros.js';
import {
  config,
  feed,
  listen,
  nodeReady,
  readyPod,
  replicasSet,
  steadyFacts,
  ticked,
  trafficScraped,
  withForecaster,
  withPolicy,
  workload,
} from './fixture.js';

const tested = workload({ policy: { name: 'test', config: {} } });

function ask(desired: number, changes: Partial<HorizontalProposal> = {}): HorizontalProposal {
  return { rawDesired: desired, desired, winner: 'x', metrics: [], rules: [], reason: 'scaled-up', ...changes };
}

describe('a tick', () => {
  test('makes one decision a workload, in the order of the configuration, and a command only where the number changes', () => {
    const names = ['b', 'a', 'c'];
    const heard: string[] = [];
    const { engine, decisions, commands } = listen(
      config(names.map((name) => ({ ...tested, name }))),
      withPolicy(({ workload: { name }, specReplicas }) => {
        heard.push(name);
        return ask(name === 'a' ? 7 : specReplicas);
      }),
    );
    feed(engine, [replicasSet(0, 4, 'a'), replicasSet(0, 4, 'b'), replicasSet(0, 4, 'c'), ticked(15)]);
    expect(heard).toEqual(names);
    expect(decisions.map(({ workload: name, from, desired, direction }) => [name, from, desired, direction])).toEqual([
      ['b', 4, 4, 'hold'],
      ['a', 4, 7, 'up'],
      ['c', 4, 4, 'hold'],
    ]);
    expect(commands).toEqual([{ type: 'setReplicas', at: seconds(15), workload: 'a', from: 4, replicas: 7 }]);
    expect(Object.keys(commands[0])).toEqual(['type', 'at', 'workload', 'from', 'replicas']);
  });

  test('the decision says what every stage did, in the order of the pipeline', () => {
    const { engine, decisions } = listen(config([workload({ policy: { name: 'fixed', config: { replicas: 3 } } })]));
    feed(engine, [replicasSet(0, 4), trafficScraped(10, 5, 5), ticked(15)]);
    expect(decisions).toEqual([
      {
        at: seconds(15),
        workload: 'web',
        policy: 'fixed',
        from: 4,
        rawDesired: null,
        desired: 3,
        direction: 'down',
        reason: 'fixed',
        winner: null,
        metrics: [],
        rules: [{ rule: 'fixed', before: 4, after: 3, numbers: { replicas: 3 } }],
        dataAgeSeconds: 5,
        forecast: { model: 'none', abstained: 'no forecaster configured', confidence: null },
        stages: [
          { stage: 'collect', status: 'ran', note: 'fresh' },
          { stage: 'predict', status: 'ran', note: 'no forecaster configured' },
          { stage: 'horizontal', status: 'ran', note: 'fixed' },
          { stage: 'vertical', status: 'neutral', note: 'not configured' },
          { stage: 'cost', status: 'neutral', note: 'not configured' },
          { stage: 'allocate', status: 'ran', note: 'as asked' },
          { stage: 'balance', status: 'neutral', note: 'not configured' },
        ],
      },
    ]);
  });

  test('the policy sees what the facts have shown and nothing else', () => {
    const seen: HorizontalInput[] = [];
    const { engine } = listen(
      config([tested], { originEpochMicros: 77 }),
      withPolicy((input) => {
        seen.push(input);
        return ask(4);
      }),
    );
    const terminating: Fact = { type: 'podBeganTerminating', at: seconds(9), workload: 'web', pod: 'p1', reason: '' };
    feed(engine, [replicasSet(0, 4), ...readyPod(0, 'p1'), ...readyPod(0, 'p2'), terminating, ticked(15)]);
    expect(seen).toMatchObject([
      { now: seconds(15), originEpochMicros: 77, workload: tested, specReplicas: 4, statusReplicas: 1 },
    ]);
    expect(seen[0].pods.map(({ name }) => name)).toEqual(['p1', 'p2']);
    expect(seen[0].observation.status).toBe('absent');
  });

  test('what the engine asked for counts only once the world says so', () => {
    const { engine, decisions } = listen(
      config([tested]),
      withPolicy(() => ask(6)),
    );
    feed(engine, [replicasSet(0, 4), ticked(15), ticked(30), replicasSet(30, 6), ticked(45)]);
    expect(decisions.map(({ from, desired }) => [from, desired])).toEqual([
      [4, 6],
      [4, 6],
      [6, 6],
    ]);
  });

  test('before anybody has said how many replicas there are it changes nothing', () => {
    const { engine, decisions, commands } = listen(
      config([tested]),
      withPolicy(() => ask(9)),
    );
    feed(engine, [...readyPod(0, 'p'), ticked(15)]);
    expect(decisions).toMatchObject([{ from: 1, desired: 1, direction: 'hold', reason: 'replicas-unknown' }]);
    expect(commands).toEqual([]);
  });

  test('allocation has the last word and gives its reason and its rules after the policy`s', () => {
    const { engine, decisions } = listen(
      config([tested]),
      withPolicy(() => ask(40, { rules: [{ rule: 'tolerance', before: 4, after: 40, numbers: {} }] })),
    );
    feed(engine, [nodeReady(0, 'n', 1000), replicasSet(0, 4), ticked(15)]);
    expect(decisions[0]).toMatchObject({ desired: 10, reason: 'at-maximum' });
    expect(decisions[0].rules.map(({ rule }) => rule)).toEqual(['tolerance', 'max', 'capacity']);
  });

  test('a name that is in no registry is a defect of whoever made the configuration', () => {
    expect(() => listen(config([tested]))).toThrow(Bug);
    const wrong = workload({ forecaster: { name: 'toString', config: {} } });
    expect(() => listen(config([wrong]))).toThrow("no forecaster 'toString', known are none, persistence");
  });
});

describe('a stage that fails holds', () => {
  test.each([
    [
      'throws',
      () => {
        throw new RangeError('no such thing');
      },
      'no such thing',
    ],
    ['gives NaN', () => ask(NaN), 'desired replicas must be a whole number of at least 0, was NaN'],
    ['gives a fraction', () => ask(4.5), 'was 4.5'],
    ['gives a negative number', () => ask(-1), 'was -1'],
    ['gives infinity', () => ask(Infinity), 'was Infinity'],
    ['has a raw number that is none', () => ask(9, { rawDesired: NaN }), 'raw desired replicas'],
  ])('a policy that %s', (_, decide, note) => {
    const { engine, decisions, commands } = listen(config([tested]), withPolicy(decide));
    feed(engine, [replicasSet(0, 4), ticked(15)]);
    expect(decisions[0]).toMatchObject({ from: 4, desired: 4, direction: 'hold', reason: 'stage-failed' });
    expect(decisions[0].stages[2]).toMatchObject({ stage: 'horizontal', status: 'failed' });
    expect(decisions[0].stages[2].note).toContain(note);
    expect(commands).toEqual([]);
  });

  test('one workload`s broken policy stops nobody else', () => {
    const { engine, decisions } = listen(
      config([
        { ...tested, name: 'a' },
        { ...tested, name: 'b' },
      ]),
      withPolicy(({ workload: { name } }) => {
        if (name === 'a') throw new Error('broken');
        return ask(6);
      }),
    );
    feed(engine, [replicasSet(0, 4, 'a'), replicasSet(0, 4, 'b'), ticked(15)]);
    expect(decisions.map(({ desired }) => desired)).toEqual([4, 6]);
  });

  test('a broken forecaster costs its forecast, and the policy goes on without', () => {
    const point = { q05: 1, q50: 2, q90: 3, q95: NaN, q99: 5 };
    const broken = [
      () => {
        throw new Error('lost its weights');
      },
      () => ({
        ...abstain('test', seconds(15), ''),
        points: [{ horizonMicros: seconds(300), rate: point, cpuMillis: null, memoryMiB: null }],
        abstained: null,
      }),
      () => ({ ...abstain('test', seconds(15), ''), abstained: null }),
    ];
    const web = workload({
      policy: { name: 'fixed', config: { replicas: 6 } },
      forecaster: { name: 'test', config: {} },
    });
    const notes = broken.map((forecast) => {
      const { engine, decisions } = listen(config([web]), withForecaster({ observe: () => undefined, forecast }));
      feed(engine, [replicasSet(0, 4), ticked(15)]);
      expect(decisions[0]).toMatchObject({ desired: 6, reason: 'fixed' });
      expect(decisions[0].stages[1].status).toBe('failed');
      expect(decisions[0].forecast.abstained).toBe(`failed: ${decisions[0].stages[1].note}`);
      return decisions[0].stages[1].note;
    });
    expect(notes).toEqual([
      'lost its weights',
      'test gave a quantile that is no amount, at 300 s',
      'test must give points or a reason for having none, not neither',
    ]);
  });
});

describe('forecasters in the loop', () => {
  test('persistence speaks in the decision once it has seen enough', () => {
    const web = workload({ forecaster: { name: 'persistence', config: { leastResiduals: 30 } } });
    const { engine, decisions } = listen(config([web]), builtIn);
    feed(engine, steadyFacts(3, 3600, 0.2));
    expect(decisions[0].forecast.abstained).toMatch(/^needs samples|^needs 30 realised/);
    expect(decisions[decisions.length - 1].forecast).toEqual({ model: 'persistence', abstained: null, confidence: 1 });
  });
});
