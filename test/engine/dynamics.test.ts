import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/domain/decision.js';
import type { EngineWorkload } from '../../src/domain/engine-config.js';
import type { Fact } from '../../src/domain/fact.js';
import { policies } from '../../src/engine/policy/policies.js';
import { seconds } from '../../src/kernel/micros.js';
import { config, feed, listen, steadyFacts, workload } from './fixture.js';

function scaledAt(cpu: string): EngineWorkload {
  return workload({ policy: { name: 'hpa', config: policies.hpa.schema.parse({ metrics: [{ cpu }] }) } });
}

function decisionsOn(cpu: string, facts: readonly Fact[]): Decision[] {
  const { engine, decisions } = listen(config([scaledAt(cpu)]));
  feed(engine, facts);
  return decisions;
}

/** From `from` seconds on, for so many seconds, the pipeline delivers what it delivered last, again and again. */
function freeze(facts: readonly Fact[], from: number, length: number): Fact[] {
  const frozen = new Map<string, Fact>();
  return facts.map((fact) => {
    if (!('scrapedAt' in fact)) return fact;
    if (fact.at < seconds(from)) frozen.set(fact.type, fact);
    const last = frozen.get(fact.type);
    const isFrozen = fact.at >= seconds(from) && fact.at < seconds(from + length);
    return isFrozen && last !== undefined ? { ...last, at: fact.at } : fact;
  });
}

describe('known dynamics', () => {
  test('at constant load it comes to rest and stays', () => {
    for (const cores of [0.05, 0.2, 0.26, 0.33, 0.49]) {
      const decisions = decisionsOn('60%', steadyFacts(6, 3600, cores));
      const wanted = new Set(decisions.slice(40).map(({ rawDesired }) => rawDesired));
      expect(wanted.size).toBe(1);
    }
  });

  test('metrics frozen for a minute change no decision: same numbers, only older', () => {
    for (const cores of [0.1, 0.3, 0.45]) {
      const facts = steadyFacts(6, 1800, cores);
      const thawed = decisionsOn('60%', facts);
      const frozen = decisionsOn('60%', freeze(facts, 900, 60));
      const essence = ({ at, desired, rawDesired, reason, metrics }: Decision) => ({
        at,
        desired,
        rawDesired,
        reason,
        metrics,
      });
      expect(frozen.map(essence)).toEqual(thawed.map(essence));
      expect(Math.max(...frozen.map(({ dataAgeSeconds }) => dataAgeSeconds ?? 0))).toBe(65);
    }
  });

  test('frozen for longer than they may be, metrics are stale: it holds until they are back, and never goes down', () => {
    const facts = freeze(steadyFacts(6, 1800, 0.05), 900, 300);
    const decisions = decisionsOn('60%', facts);
    const stale = decisions.filter(({ reason }) => reason === 'stale-metrics');
    expect(stale[0].at).toBe(seconds(960));
    expect(stale.at(-1)?.at).toBe(seconds(1185));
    // One sample after so long a gap is no rate yet.
    const [back] = decisions.filter(({ at }) => at === seconds(1200));
    expect(back).toMatchObject({ direction: 'hold', reason: 'no-valid-metric' });
    expect(new Set(stale.map(({ direction }) => direction))).toEqual(new Set(['hold']));
    expect(stale[0].stages[0].note).toBe('newest sample is 80 s old, limit 75 s');
    expect(decisions.at(-1)).toMatchObject({ direction: 'down', reason: 'at-minimum' });
  });

  test('the same scrape delivered five times is one scrape', () => {
    const facts = steadyFacts(6, 1200, 0.3);
    const repeated = facts.flatMap((fact): Fact[] => ('scrapedAt' in fact ? [fact, fact, fact, fact, fact] : [fact]));
    expect(decisionsOn('60%', repeated)).toEqual(decisionsOn('60%', facts));
  });
});
