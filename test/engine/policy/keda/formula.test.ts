import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Formula } from '../../../../src/engine/policy/keda/formula/formula.js';

const triggers = new Map<string, number | null>([
  ['a', 2],
  ['b', 3],
  ['n', null],
]);

/** What a formula comes to, or what is wrong with it. */
function of(text: string): number | string | null {
  const formula = Formula.read(text);
  if (typeof formula === 'string') return formula;
  const result = formula.run(triggers);
  return 'problem' in result ? result.problem : result.value;
}

describe('a formula', () => {
  test.each<[string, number | null]>([
    ['a + b * 2', 8],
    ['(a + b) * 2', 10],
    ['-a ** 2', -4],
    ['2 ** 3 ** 2', 512],
    ['7 % 4 + 1_000 + 0x10', 1019],
    ['.5 + 1e3', 1000.5],
    ['a > 1 and not (b == 2) ? 1 : 0', 1],
    ['a > 5 || b != 3 ? 1 : 0', 0],
    ['1 < a < 3 ? 1 : 0', 1],
    ['n ?? 8', 8],
    ['n ?? n', null],
    ['(n ?? a) + b', 5],
    ['1 + n ?? b', 4],
    ['n == nil ? a : b', 2],
    ['let sum = a + b; sum * sum', 25],
    ['if a > b { 1 } else if a < b { 2 } else { 3 }', 2],
    ['max(a, b, [7, 9]) - min([a, b])', 7],
    ['abs(-2) + ceil(1.2) + floor(1.8) + round(2.5) + round(-2.5) + int(-1.9)', 4],
    ['count([a, b], {# > 2}) + count([a, b], # > 1)', 3],
    ['sum([a, b]) + sum([a, b], # * 10)', 55],
    ['mean(a, b) + median([1, 9, 5])', 7.5],
    ['any([a, b], # > 2) and all([a, b], # > 1) and one([a, b], # == 3) and none([a], # > 2) ? 1 : 0', 1],
    ['len(filter([a, b, 4], # > 2)) + first(map([a], # * 3)) + last([a, b])', 11],
    ['a in [1, 2] ? 1 : 0 // said so', 1],
    ['a /* or b */ + 1', 3],
    ['1 / 0', Infinity],
  ])('%s is %s', (text, value) => {
    expect(of(text)).toBe(value);
  });

  test.each([
    ['n + 1', '+ needs a number, was given nil'],
    ['a > 1', 'comes to a truth value, not to a number'],
    ['[a]', 'comes to an array, not to a number'],
    ['a ? 1 : 2', 'a condition needs a truth value, was given a number'],
    ['c + 1', 'c is not known'],
    ['constructor', 'constructor is not known'],
    ['eval(a)', 'there is no function called eval'],
    ['abs(a, b)', 'abs takes one argument, was given 2'],
    ['2.5 % 2', '2.5 % 2 is not defined'],
    ['max([])', 'max needs at least one number'],
    ['a ?? b + 1', 'mixes ?? with + at character 8; put what belongs together in parentheses'],
    ['a b', 'expects an operator or the end at character 3, where b stands'],
    ['# + 1', 'expects a number, a trigger, a function or ( at character 1, where # stands'],
    ['a.length', 'cannot read "." at character 2'],
    ['(a', 'expects ) at character 3, where its end stands'],
    ['('.repeat(80), 'is nested deeper than 60 levels'],
    ['1+'.repeat(1200), 'is longer than 2000 characters'],
  ])('%s is refused', (text, problem) => {
    expect(of(text)).toBe(problem);
  });

  test('names what it does not know, wherever it stands', () => {
    const unknown = (text: string) => {
      const formula = Formula.read(text);
      return typeof formula === 'string' ? formula : formula.unknown(['a']);
    };
    expect(unknown('a > 0 ? a : lod')).toBe('lod');
    expect(unknown('let x = a; x + y')).toBe('y');
    expect(unknown('maximum(a, 1)')).toBe('maximum()');
    expect(unknown('let x = a; max(x, sum([a], # * x))')).toBeNull();
  });

  test('arithmetic with every operator in parentheses is arithmetic', () => {
    interface Sum {
      readonly text: string;
      readonly value: number;
    }
    const number = fc.integer({ min: 0, max: 99 }).map((value): Sum => ({ text: String(value), value }));
    const { sum } = fc.letrec<{ sum: Sum }>((tie) => ({
      sum: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        number,
        fc.tuple(fc.constantFrom('+', '-', '*'), tie('sum'), tie('sum')).map(([sign, left, right]): Sum => {
          const text = `(${left.text} ${sign} ${right.text})`;
          if (sign === '+') return { text, value: left.value + right.value };
          return { text, value: sign === '-' ? left.value - right.value : left.value * right.value };
        }),
      ),
    }));
    fc.assert(
      fc.property(sum, ({ text, value }) => {
        fc.pre(text.length <= 2000);
        expect(of(text)).toBe(value);
      }),
      { numRuns: 300, seed: 21 },
    );
  });
});
