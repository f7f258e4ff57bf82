import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/kernel/micros.js';
import { explainRange } from '../../../src/report/explain.js';
import { decision } from './decisions.js';

const at = (second: number, changes = {}) => decision({ at: seconds(second), rules: [], ...changes });

describe('a range of decisions', () => {
  const decisions = [
    at(0),
    at(0, { workload: 'api' }),
    at(15),
    at(15, { workload: 'api' }),
    at(30),
    at(45, { desired: 9, direction: 'up', reason: 'scaled-up' }),
    at(60, { from: 9, desired: 9 }),
    at(75, { from: 9, desired: 9 }),
    at(90, { from: 9, desired: 9, reason: 'stabilized' }),
  ];

  test('consecutive holds of a workload for one reason share a line; changes stand alone', () => {
    const lines = explainRange(decisions, seconds(0), seconds(1000));
    expect(lines.map((line) => line.replace(/\. .*/, '.'))).toEqual([
      '00:00:00 to 00:00:30 web: holds at 8 pods through 3 decisions (close enough to the target).',
      '00:00:00 to 00:00:15 api: holds at 8 pods through 2 decisions (close enough to the target).',
      '00:00:45 web: 8 -> 9 pods (the metrics asked for more).',
      '00:01:00 to 00:01:15 web: holds at 9 pods through 2 decisions (close enough to the target).',
      '00:01:30 web: holds at 9 pods (a stabilization window held it).',
    ]);
  });

  test('the range includes its start and excludes its end', () => {
    expect(explainRange(decisions, seconds(45), seconds(60))).toHaveLength(1);
    expect(explainRange(decisions, seconds(46), seconds(60))).toEqual([]);
  });
});
