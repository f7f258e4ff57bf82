import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EngineWorkload } from '../../src/domain/engine-config.js';
import type { Fact } from '../../src/domain/fact.js';
import { RecordedEngine } from '../../src/engine/recorded-engine.js';
import { builtIn } from '../../src/engine/registries.js';
import { Journal } from '../../src/kernel/journal.js';
import { micros, seconds } from '../../src/kernel/micros.js';
import { config, feed, listen, workload } from './fixture.js';

const PODS = ['a', 'b', 'c', 'd'];
const workloads: EngineWorkload[] = [
  workload({ name: 'web', policy: hpa(), forecaster: { name: 'persistence', config: { leastResiduals: 2 } } }),
  workload({ name: 'api', cpuRequestMillis: null, policy: { name: 'fixed', config: { replicas: 30 } } }),
];

function hpa(): EngineWorkload['policy'] {
  const written = { metrics: [{ cpu: '60%' }, { external: 'queue_length', averageValue: 5 }] };
  return { name: 'hpa', config: builtIn.policies.hpa.schema.parse(written) };
}

/** Mostly numbers that make sense, now and then one that makes none. */
const anyNumber = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0, max: 1e9, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -1, 0.5, 1e300, Number.MAX_SAFE_INTEGER) },
);
const name = fc.constantFrom('web', 'api', 'nobody');
const pod = fc.constantFrom(...PODS);
const node = fc.constantFrom('n1', 'n2');
const column = fc.array(anyNumber, { maxLength: PODS.length });

/** A fact without its time. */
const timeless = fc.oneof(
  fc.record({ type: fc.constant('replicasSet' as const), workload: name, replicas: fc.oneof(fc.nat(12), anyNumber) }),
  fc.record({
    type: fc.constantFrom('podCreated' as const, 'podStarted' as const, 'podBecameReady' as const),
    workload: name,
    pod,
  }),
  fc.record({ type: fc.constant('podScheduled' as const), workload: name, pod, node }),
  fc.record({
    type: fc.constantFrom('podFoundUnschedulable', 'podBecameUnready', 'podBeganTerminating', 'podRemoved'),
    workload: name,
    pod,
    reason: fc.constant(''),
  }),
  fc.record({
    type: fc.constant('nodeBecameReady' as const),
    node,
    instanceType: fc.constant('x'),
    cpuMillis: anyNumber,
    memoryMiB: anyNumber,
    maxPods: anyNumber,
  }),
  fc.record({ type: fc.constant('nodeLost' as const), node }),
  fc.record({
    type: fc.constant('podsScraped' as const),
    workload: name,
    pods: fc.constant(PODS),
    cpuMicros: column,
    memoryMiB: column,
    inFlight: column,
    lag: anyNumber,
  }),
  fc.record({
    type: fc.constant('trafficScraped' as const),
    workload: name,
    requests: anyNumber,
    errors: anyNumber,
    queueLength: anyNumber,
    inFlight: anyNumber,
    lag: anyNumber,
  }),
  fc.constant({ type: 'ticked' as const }),
);

/** Facts in the order of time, 5 s apart. */
const anyFacts = fc.array(timeless, { maxLength: 120 }).map((all) =>
  all.map((fact, i): Fact => {
    const at = seconds(i * 5);
    return 'lag' in fact ? { ...fact, at, scrapedAt: micros(at - fact.lag) } : { ...fact, at };
  }),
);

describe('whatever the facts are', () => {
  test('no fact makes it throw, every tick is answered, and what is asked for is whole and within bounds', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { engine, decisions, commands } = listen(config(workloads));
        feed(engine, facts);
        expect(decisions).toHaveLength(2 * facts.filter(({ type }) => type === 'ticked').length);
        for (const { from, desired, reason } of decisions) {
          if (reason === 'replicas-unknown' || (from === 0 && desired === 0)) continue;
          expect(Number.isInteger(desired)).toBe(true);
          expect(desired).toBeGreaterThanOrEqual(2);
          expect(desired).toBeLessThanOrEqual(10);
        }
        for (const command of commands) {
          if (command.type === 'setReplicas') expect(command.replicas).not.toBe(command.from);
          else if (command.type === 'scaleNodes') expect(command.nodes).not.toBe(command.from);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('a quota is never exceeded by growth', () => {
    const quota = { pods: 7, cpuMillis: null, memoryMiB: null };
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { engine, decisions } = listen(config(workloads, { quota }));
        feed(engine, facts);
        for (let i = 0; i < decisions.length; i += 2) {
          const pair = decisions.slice(i, i + 2);
          if (pair.some(({ reason }) => reason === 'replicas-unknown')) continue;
          const had = pair.reduce((sum, { from, desired }) => sum + Math.min(desired, Math.max(from, 2)), 0);
          const asked = pair.reduce((sum, { desired }) => sum + desired, 0);
          expect(asked).toBeLessThanOrEqual(Math.max(7, had));
        }
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  test('the same facts give the same journal', () => {
    const hash = (facts: readonly Fact[]): string => {
      const journal = new Journal();
      const engine = new RecordedEngine(config(workloads), builtIn, journal);
      for (const fact of facts) engine.on(fact);
      return journal.hex();
    };
    fc.assert(
      fc.property(anyFacts, (facts) => hash(facts) === hash(facts)),
      { seed: 9, numRuns: 100 },
    );
  });
});
