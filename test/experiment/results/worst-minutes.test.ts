import { expect, test } from 'vitest';
import type { NodeRecord } from '../../../src/domain/measurement.js';
import type { RunSeries } from '../../../src/domain/run-result.js';
import { worstMinutes } from '../../../src/experiment/results/worst-minutes.js';
import { micros } from '../../../src/kernel/micros.js';

const STEPS = 40;
const starts = Float64Array.from({ length: STEPS }, (_, i) => i * 60);

/** A minute a row; requests miss the objective from minute 20 to 25. */
const series: RunSeries = {
  stepSeconds: 60,
  steps: STEPS,
  startSeconds: starts,
  tables: [
    {
      kind: 'service',
      entity: '',
      columns: {
        offered: new Float64Array(STEPS).fill(100),
        violated: starts.map((at) => (at >= 1200 && at < 1500 ? 10 : 0)),
      },
    },
  ],
};

function node(pool: string, reason: string, removedSeconds: number): NodeRecord {
  return {
    ...{ node: `${pool}-${removedSeconds}`, pool, instanceType: 'any', pricePerHour: 0, paidFrom: micros(0), reason },
    ...{ readyAt: micros(0), removedAt: micros(removedSeconds * 1e6), outages: [] },
  };
}

function worstWith(nodes: readonly NodeRecord[]): ReturnType<typeof worstMinutes> {
  const times = { first: 0, count: STEPS, startSeconds: starts, lengthSeconds: new Float64Array(STEPS).fill(60) };
  return worstMinutes({ series, nodes }, times);
}

test('the worst five minutes, and what instance refreshes took out in them or in the five minutes before', () => {
  expect(worstWith([])).toEqual({ fromSeconds: 1200, toSeconds: 1500, offered: 500, violated: 50 });
  const refresh = 'instance refresh';
  const nodes = [
    ...[node('web', refresh, 890), node('web', refresh, 950), node('web', refresh, 1490), node('web', refresh, 1510)],
    ...[node('web', 'scaled down', 1300), node('db', refresh, 1200)],
  ];
  expect(worstWith(nodes)?.refreshes).toEqual([
    { pool: 'web', machines: 2, fromSeconds: 950, toSeconds: 1490 },
    { pool: 'db', machines: 1, fromSeconds: 1200, toSeconds: 1200 },
  ]);
});
