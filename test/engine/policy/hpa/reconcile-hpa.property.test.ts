import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HpaConfig } from '../../../../src/engine/policy/hpa/hpa-config.js';
import type { HpaInput, HpaPod, MetricAnswer } from '../../../../src/engine/policy/hpa/hpa-input.js';
import type { HpaState } from '../../../../src/engine/policy/hpa/hpa-state.js';
import { reconcileHpa } from '../../../../src/engine/policy/hpa/reconcile-hpa.js';
import {
  ago,
  behaviorWith,
  configWith,
  cpuAt,
  freshState,
  inputOf,
  now,
  pod,
  queueAt,
  readyPods,
  usage,
} from './examples.js';

const settings = { seed: 20_261, numRuns: 300 };

const aPod = (index: number): fc.Arbitrary<HpaPod> => {
  return fc
    .record({
      phase: fc.constantFrom('Pending', 'Running', 'Running', 'Running', 'Failed'),
      deleting: fc.boolean(),
      started: fc.integer({ min: 0, max: 1000 }),
      changed: fc.integer({ min: 0, max: 1000 }),
      status: fc.constantFrom('True', 'True', 'False', 'Unknown'),
    })
    .map(({ phase, deleting, started, changed, status }) => {
      return pod(`p${index}`, { phase, deleting, startedAt: ago(started), ready: { status, changedAt: ago(changed) } });
    });
};

const pods = fc.integer({ min: 0, max: 8 }).chain((count) => {
  return fc.tuple(...Array.from({ length: count }, (_, index) => aPod(index)));
});
const usages = fc
  .array(fc.option(fc.integer({ min: 0, max: 5000 })), { maxLength: 10 })
  .map((milli) => usage(...milli));
const broken = fc.constant<MetricAnswer>({ type: 'unavailable', message: 'broken' });
const values = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 3 }).map((milli): MetricAnswer => {
  return { type: 'values', milli };
});

const configs: fc.Arbitrary<HpaConfig> = fc
  .record({
    semantics: fc.constantFrom('head', '1.20'),
    minReplicas: fc.integer({ min: 0, max: 10 }),
    more: fc.integer({ min: 0, max: 40 }),
    percent: fc.integer({ min: 1, max: 200 }),
    behaves: fc.boolean(),
    select: fc.constantFrom('max', 'min', 'disabled'),
  })
  .map(({ semantics, minReplicas, more, percent, behaves, select }) => {
    const behavior = behaves ? behaviorWith({ select }, { select }) : null;
    const metrics = [cpuAt(percent), queueAt(10_000)];
    return configWith({ semantics, minReplicas, maxReplicas: Math.max(1, minReplicas + more), metrics, behavior });
  });

const states: fc.Arbitrary<HpaState> = fc
  .record({
    log: fc.option(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 600 })), { maxLength: 5 }),
    ),
    up: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 60 })), { maxLength: 3 }),
    down: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 60 })), { maxLength: 3 }),
    scaledToZero: fc.boolean(),
  })
  .map(({ log, up, down, scaledToZero }) => ({
    recommendations: log?.map(([replicas, age]) => ({ replicas, at: ago(age) })) ?? null,
    scaleUpEvents: up.map(([change, age]) => ({ change, at: ago(age) })),
    scaleDownEvents: down.map(([change, age]) => ({ change, at: ago(age) })),
    scaledToZero,
  }));

const inputs: fc.Arbitrary<HpaInput> = fc.record({
  specReplicas: fc.integer({ min: 0, max: 60 }),
  statusReplicas: fc.integer({ min: 0, max: 60 }),
  pods,
  answers: fc.tuple(fc.oneof(usages, broken), fc.oneof(values, broken)),
});

const answersOf = ({ answers }: HpaInput) => answers.map(({ type }) => type);

describe('whatever happens', () => {
  test('replicas end within their bounds, unless the workload is switched off', () => {
    fc.assert(
      fc.property(configs, states, inputs, (config, state, input) => {
        const { outcome } = reconcileHpa(config, state, input, now);
        if (input.specReplicas === 0 && !outcome.rescaled) return outcome.desiredReplicas === 0;
        return outcome.desiredReplicas >= config.minReplicas && outcome.desiredReplicas <= config.maxReplicas;
      }),
      settings,
    );
  });

  test('the same facts give the same step, and leave what they were given as it was', () => {
    fc.assert(
      fc.property(configs, states, inputs, (config, state, input) => {
        const before = JSON.stringify([config, state, input]);
        const first = reconcileHpa(config, state, input, now);
        expect(reconcileHpa(config, state, input, now)).toEqual(first);
        expect(JSON.stringify([config, state, input])).toBe(before);
      }),
      settings,
    );
  });

  test('each rule goes on from where the one before it ended, from the raw number to the final one', () => {
    fc.assert(
      fc.property(configs, states, inputs, (config, state, input) => {
        const { outcome } = reconcileHpa(config, state, input, now);
        if (outcome.rawDesired === null) return;
        const after = outcome.rules.slice(outcome.rules.findIndex(({ rule }) => rule === 'stabilization'));
        expect(after[0].before).toBe(outcome.rawDesired);
        after.slice(1).forEach((rule, index) => expect(rule.before).toBe(after[index].after));
        expect(after.at(-1)?.after).toBe(outcome.desiredReplicas);
      }),
      settings,
    );
  });

  test('nothing is scaled down while a metric is broken and the others ask for less', () => {
    fc.assert(
      fc.property(configs, states, inputs, (config, state, input) => {
        const head = { ...config, semantics: 'head' as const };
        const { outcome } = reconcileHpa(head, state, input, now);
        const asked = outcome.proposals.flatMap(({ proposal }) => (proposal === null ? [] : [proposal]));
        const oneBroken = outcome.proposals.some(({ failure }) => failure !== null);
        if (!oneBroken || Math.max(0, ...asked) >= input.specReplicas) return;
        expect(outcome.desiredReplicas).toBe(input.specReplicas);
      }),
      settings,
    );
  });

  test('the properties above see broken metrics and valid ones', () => {
    const seen = new Set(fc.sample(inputs, { seed: settings.seed, numRuns: 50 }).flatMap(answersOf));
    expect([...seen].sort()).toEqual(['pods', 'unavailable', 'values']);
  });
});

test('more load never asks for fewer pods, while every pod is ready and sampled', () => {
  const loads = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 1000 })), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), loads, fc.boolean(), (percent, load, behaves) => {
      const config = configWith({ metrics: [cpuAt(percent)], behavior: behaves ? behaviorWith({}) : null });
      const ready = readyPods(load.length);
      const less = inputOf(ready, [usage(...load.map(([milli]) => milli))]);
      const more = inputOf(ready, [usage(...load.map(([milli, extra]) => milli + extra))]);
      const desired = (input: HpaInput) => reconcileHpa(config, freshState, input, now).outcome.desiredReplicas;
      expect(desired(more)).toBeGreaterThanOrEqual(desired(less));
    }),
    settings,
  );
});

test('numbers that are none become an invalid metric with a reason, never an exception', () => {
  const odd = fc.constantFrom(NaN, Infinity, -Infinity);
  fc.assert(
    fc.property(
      odd,
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom('sample', 'value', 'target'),
      (wrong, count, where) => {
        const config = configWith({
          metrics: [cpuAt(where === 'target' ? wrong : 50), queueAt(where === 'target' ? wrong : 1000)],
        });
        const sample = where === 'sample' || where === 'value' ? wrong : 500;
        const answers: readonly MetricAnswer[] = [usage(sample), { type: 'values', milli: [sample] }];
        const { outcome } = reconcileHpa(config, freshState, inputOf(readyPods(count), answers), now);
        expect(outcome.desiredReplicas).toBe(count);
        for (const { failure } of outcome.proposals) expect(failure?.message).toMatch(/finite/);
      },
    ),
    settings,
  );
});
