import { describe, expect, test } from 'vitest';
import { seconds } from '../../src/kernel/micros.js';
import { decisionRows } from '../../src/report/decision-rows.js';
import { formatClock } from '../../src/report/format/clock.js';
import { decision } from './explain/decisions.js';

describe('rows of decisions', () => {
  const decisions = Array.from({ length: 40 }, (_, index) =>
    index % 10 === 9
      ? decision({ at: seconds(index * 15), from: 8, desired: 9, direction: 'up', reason: 'scaled-up' })
      : decision({ at: seconds(index * 15) }),
  );

  test('changes and merged holds, in order of time', () => {
    const { rows, total, changes, changesLeftOut } = decisionRows(decisions, formatClock);
    expect([total, changes, changesLeftOut]).toEqual([40, 4, 0]);
    expect(rows.map(({ direction, count }) => `${direction} ${count}`)).toEqual([
      'hold 9',
      'up 1',
      'hold 9',
      'up 1',
      'hold 9',
      'up 1',
      'hold 9',
      'up 1',
    ]);
    expect(rows[0].prose).toContain('The same held until 00:02:00, through 9 decisions');
  });

  test('what was done to requests counts as a change, with its own reason', () => {
    const amounts = { cpuRequestMillis: 2000, cpuLimitMillis: null, memoryRequestMiB: 512, memoryLimitMiB: null };
    const vertical = {
      ...{ policy: 'vpa', recommendation: { cpu: null, memory: null }, from: amounts, template: amounts },
      ...{ evict: ['web-0'], resize: [], rules: [], reason: 'evicted' },
    };
    const { rows, changes } = decisionRows(
      [decision({ at: seconds(15) }), decision({ at: seconds(30), vertical })],
      formatClock,
    );
    expect(changes).toBe(1);
    expect(rows.map(({ direction, reason }) => [direction, reason])).toEqual([
      ['hold', 'within-tolerance'],
      ['resources', 'evicted'],
    ]);
  });

  test('where room is short changes go before holds, and what is left out is counted', () => {
    expect(decisionRows(decisions, formatClock, 5).rows.map(({ direction }) => direction)).toEqual([
      'hold',
      'up',
      'up',
      'up',
      'up',
    ]);
    expect(decisionRows(decisions, formatClock, 3)).toMatchObject({ changes: 4, changesLeftOut: 1 });
  });
});
