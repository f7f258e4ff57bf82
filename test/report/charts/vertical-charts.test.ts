import { expect, test } from 'vitest';
import type { Decision, VerticalDecision } from '../../../src/domain/decision.js';
import type { RunReport, SeriesTable } from '../../../src/domain/run-result.js';
import { seconds } from '../../../src/kernel/micros.js';
import { verticalCharts } from '../../../src/report/charts/vertical-charts.js';
import { syntheticReport } from '../fixtures/synthetic-report.js';

const plain = syntheticReport();
const pods = (cpu: number, memory: number) => ({
  cpuRequestMillis: cpu,
  cpuLimitMillis: null,
  memoryRequestMiB: memory,
  memoryLimitMiB: null,
});

function decided(second: number, vertical: Partial<VerticalDecision>): Decision {
  const nothing = { recommendation: { cpu: null, memory: null }, evict: [], resize: [], rules: [], reason: 'updated' };
  const stays = { from: pods(2000, 512), template: pods(2000, 512) };
  return {
    ...plain.decisions[0],
    at: seconds(second),
    workload: 'web',
    vertical: { policy: 'vpa', ...nothing, ...stays, ...vertical },
  };
}

/** Two minutes of two pods. */
function report(decisions: readonly Decision[]): { report: RunReport; web: SeriesTable } {
  const columns = {
    pods: Float64Array.of(2, 2),
    readyPods: Float64Array.of(2, 0),
    cpuCores: Float64Array.of(0.6, 0),
    requestedCores: Float64Array.of(4, 2),
    memoryMiB: Float64Array.of(600, 0),
    requestedMemoryMiB: Float64Array.of(1024, 1024),
  };
  const web: SeriesTable = { entity: 'web', kind: 'workload', columns };
  const series = { stepSeconds: 60, steps: 2, startSeconds: Float64Array.of(0, 60), tables: [web] };
  return { report: { ...plain, series, decisions }, web };
}

test('show one pod: what it used and asked for, what was recommended, and when that was acted upon', () => {
  const recommendation = { cpu: { lower: 200, target: 500, upper: 1200 }, memory: null };
  const run = report([
    decided(30, { reason: 'no-history' }),
    decided(90, { recommendation, template: pods(500, 512), evict: ['web-0'] }),
  ]);
  const [cpu, memory] = verticalCharts(run.report, run.web, 1);
  expect(cpu.lines.map(({ name, values }) => [name, ...values])).toEqual([
    ['used, mean of ready pods', 0.3, NaN],
    ['requested, mean of pods', 2, 1],
    ['recommended', NaN, 0.5],
    ['lower bound', NaN, 0.2],
    ['upper bound', NaN, 1.2],
  ]);
  expect(cpu.axis).toBe('cores a pod');
  expect(cpu.events).toEqual([{ atSeconds: 90, direction: 'down', text: '500m CPU, 512 MiB; evicts web-0' }]);
  expect(memory.lines.map(({ name }) => name)).toEqual(['used, mean of ready pods', 'requested, mean of pods']);
});

test('leave out an upper bound far above everything, and workloads without a vertical policy', () => {
  const recommendation = { cpu: { lower: 200, target: 500, upper: 9000 }, memory: null };
  const run = report([decided(30, { recommendation })]);
  const [cpu] = verticalCharts(run.report, run.web, 1);
  expect(cpu.lines.map(({ name }) => name)).not.toContain('upper bound');
  expect(cpu.events).toEqual([]);
  expect(verticalCharts({ ...run.report, decisions: plain.decisions }, run.web, 1)).toEqual([]);
});
