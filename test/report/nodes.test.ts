import { expect, test } from 'vitest';
import type { Decision } from '../../src/domain/decision.js';
import type { RunReport, SeriesTable } from '../../src/domain/run-result.js';
import { seconds } from '../../src/kernel/micros.js';
import { allCharts } from '../../src/report/charts/all-charts.js';
import { explainDecision } from '../../src/report/explain/explain-decision.js';
import { timeFrame } from '../../src/report/charts/time-frame.js';
import { formatClock } from '../../src/report/format/clock.js';
import { chartsSection } from '../../src/report/page/charts-section.js';
import { syntheticReport } from './fixtures/synthetic-report.js';

const report: RunReport = syntheticReport();

function withPool(stopped: number): RunReport {
  const { steps } = report.series;
  const column = (value: number): Float64Array => new Float64Array(steps).fill(value);
  const columns = {
    desiredNodes: column(3),
    nodes: column(4),
    readyNodes: column(2),
    stoppedNodes: column(stopped),
  };
  const pool: SeriesTable = { entity: 'aws/m5.large', kind: 'pool', columns };
  const change = { atSeconds: 60, workload: 'aws/m5.large', from: 2, to: 3, reason: 'scaled up' };
  return { ...report, series: { ...report.series, tables: [...report.series.tables, pool] }, nodeEvents: [change] };
}

test('a pool whose number of nodes changes has a chart of its own; others have none', () => {
  expect(allCharts(report).some(({ id }) => id.startsWith('nodes-'))).toBe(false);
  const [chart] = allCharts(withPool(0)).filter(({ id }) => id.startsWith('nodes-'));
  expect(chart.title).toBe('Machines asked for, running and in service: aws/m5.large');
  expect(chart.lines.map(({ name, values }) => `${name} ${values[0]}`)).toEqual([
    'running 4',
    'in service 2',
    'asked for 3',
  ]);
  expect(chart.events).toEqual([{ atSeconds: 60, direction: 'up', text: '2 to 3: scaled up' }]);
  const [warm] = allCharts(withPool(1)).filter(({ id }) => id.startsWith('nodes-'));
  expect(warm.lines.map(({ name }) => name)).toContain('stopped in the warm pool');
});

test('a cross on a chart of machines is explained where a launch failed, and only there', () => {
  const calm = withPool(0);
  const launch = { node: 'n-4', pool: 'aws/m5.large', instanceType: 'm5.large', at: seconds(90) };
  const failing: RunReport = { ...calm, failedLaunches: [{ ...launch, cause: 'refused' }] };
  const body = (of: RunReport): string => chartsSection(of, timeFrame(of, [])).body.text;
  expect(body(calm)).toContain('Triangles on the axis are scaling actions, up or down.');
  expect(body(calm)).not.toContain('a cross is');
  expect(body(failing)).toContain('up or down; a cross is a launch that failed.');
});

test('a decision about nodes says so', () => {
  const decision: Decision = {
    at: seconds(60),
    workload: 'aws/m5.large',
    counts: 'nodes',
    policy: 'pending-pods',
    from: 2,
    rawDesired: null,
    desired: 4,
    direction: 'up',
    reason: 'pending-pods',
    winner: null,
    metrics: [],
    rules: [{ rule: 'pending-pods', before: 2, after: 4, numbers: { pods: 7, nodes: 2 } }],
    dataAgeSeconds: null,
    forecast: { model: 'none', abstained: 'nodes are not forecast', confidence: null },
    stages: [{ stage: 'allocate', status: 'ran', note: 'pending-pods' }],
  };
  expect(explainDecision(decision, formatClock)).toBe(
    '00:01:00 aws/m5.large: 2 -> 4 nodes (pods fit on no node). 7 pods fit on no node, there or on its way, and fill 2 more, so 2 became 4.',
  );
  expect(explainDecision({ ...decision, counts: 'instances' }, formatClock)).toContain('2 -> 4 machines');
});
