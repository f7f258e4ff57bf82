import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/domain/errors.js';
import { meets, parseThreshold } from '../../../src/experiment/scenario/parse-threshold.js';
import { SourceTree } from '../../../src/experiment/scenario/source-tree.js';

const tree = new SourceTree('a.yaml', {}, new Map());
const parse = (text: string) => parseThreshold(text, tree, ['thresholds', 0]);

describe('thresholds', () => {
  test.each([
    ['latencyMs.p99 < 400', ['latencyMs', 'p99'], 400],
    ['latencyMs.p99 < 0.4s', ['latencyMs', 'p99'], 400],
    ['scaling.responseSeconds.p95 <= 2m', ['scaling', 'responseSeconds', 'p95'], 120],
    ['slo.violatedShare < 0.1%', ['slo', 'violatedShare'], 0.001],
    ['cost.total <= $12.50', ['cost', 'total'], 12.5],
    ['decisions.scaled-up == 3', ['decisions', 'scaled-up'], 3],
  ])('%s', (text, path, limit) => {
    const threshold = parse(text);
    expect(threshold.path).toEqual(path);
    expect(threshold.limit).toBeCloseTo(limit, 12);
  });

  test('compare as written', () => {
    expect(meets(parse('pods.max < 5'), 5)).toBe(false);
    expect(meets(parse('pods.max <= 5'), 5)).toBe(true);
    expect(meets(parse('pods.max > 5'), 6)).toBe(true);
    expect(meets(parse('pods.max >= 5'), 4.9)).toBe(false);
  });

  test.each([
    'latencyMs.p99',
    'p99 < 3',
    'speed.max < 3',
    'cost.total < 3ms',
    'latencyMs.p99 < soon',
    'latencyMs.p99 =< 3',
  ])('%s is none', (text) => {
    expect(() => parse(text)).toThrow(InputError);
  });
});
