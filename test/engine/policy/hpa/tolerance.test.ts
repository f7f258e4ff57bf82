import { describe, expect, test } from 'vitest';
import { isWithinTolerance, tolerancesOf } from '../../../../src/engine/policy/hpa/tolerance.js';
import { behaviorWith, configWith } from './examples.js';

describe('tolerance', () => {
  test('has both of its edges inside', () => {
    expect(isWithinTolerance(1.1, { up: 0.1, down: 0.1 }, 'head')).toBe(true);
    expect(isWithinTolerance(0.9, { up: 0.1, down: 0.1 }, 'head')).toBe(true);
    expect(isWithinTolerance(1.11, { up: 0.1, down: 0.5 }, 'head')).toBe(false);
    expect(isWithinTolerance(0.89, { up: 0.5, down: 0.1 }, 'head')).toBe(false);
  });

  test('in v1.20 loses an edge to the last bit', () => {
    expect(isWithinTolerance(1.1, { up: 0.1, down: 0.1 }, '1.20')).toBe(false);
    expect(isWithinTolerance(1.09, { up: 0.1, down: 0.1 }, '1.20')).toBe(true);
  });

  test('is that of the direction where it has one and the gate is open, else the global one', () => {
    const behavior = behaviorWith({ tolerance: 0.01 });
    expect(tolerancesOf(configWith({ behavior }))).toEqual({ up: 0.01, down: 0.1 });
    const gates = { ...configWith().gates, configurableTolerance: false };
    expect(tolerancesOf(configWith({ behavior, gates }))).toEqual({ up: 0.1, down: 0.1 });
    expect(tolerancesOf(configWith({ tolerance: 0.2 }))).toEqual({ up: 0.2, down: 0.2 });
    expect(tolerancesOf(configWith({ behavior, semantics: '1.20' }))).toEqual({ up: 0.1, down: 0.1 });
  });
});
