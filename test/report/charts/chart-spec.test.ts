import { View, parse } from 'vega';
import { compile } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { allCharts } from '../../../src/report/charts/all-charts.js';
import { chartExtent, chartPoints, chartSummary } from '../../../src/report/charts/chart-data.js';
import { chartSpec } from '../../../src/report/charts/chart-spec.js';
import { timeFrame } from '../../../src/report/charts/time-frame.js';
import { syntheticReport } from '../fixtures/synthetic-report.js';

const report = syntheticReport({ stepSeconds: 120, load: 1.45 });
const frame = timeFrame(report, [{ fromSeconds: 43_200, toSeconds: 45_000, label: 'pods killed' }]);
const plans = allCharts(report);

async function drawn(index: number): Promise<{ svg: string; warnings: readonly string[] }> {
  const points = chartPoints(plans[index], report.series);
  const rows = points
    .objects()
    .map((row) => ({ ...row, time: frame.originMs + Number(Reflect.get(row, 'seconds')) * 1000 }));
  const warnings: string[] = [];
  const note = (...words: readonly unknown[]) => {
    warnings.push(words.join(' '));
    return logger;
  };
  const logger = { warn: note, error: note, info: () => logger, debug: () => logger, level: () => logger };
  const spec = { ...chartSpec(plans[index], frame, chartExtent(points)), width: 600, datasets: { points: rows } };
  const view = new View(parse(compile(spec, { logger }).spec), { renderer: 'none' });
  return { svg: await view.toSVG(), warnings };
}

describe('charts', () => {
  test('there is one for each question, in reading order', () => {
    expect(plans.map(({ id }) => id)).toEqual([
      'load-1',
      'pods-1',
      'load-2',
      'pods-2',
      'latency',
      'errors',
      'utilisation',
      'queue',
      'cost-total',
      'cost-rate',
    ]);
    for (const { title, lookAt, axis } of plans) expect([title, lookAt, axis].every((text) => text !== '')).toBe(true);
  });

  test.each(plans.map(({ id }, index) => [id, index] as const))(
    '%s draws every line, its axis title and its shading without a warning',
    async (_id, index) => {
      const { svg, warnings } = await drawn(index);
      expect(warnings).toEqual([]);
      for (const { colour } of plans[index].lines)
        expect(svg).toMatch(new RegExp(`stroke="var\\(--${colour}\\)"[^>]*`));
      expect(svg).toContain(plans[index].axis.replace('%', '%'));
      expect(svg).toContain('var(--shade)');
      expect(svg).not.toContain('NaN');
    },
  );

  test('scaling actions of the workload stand on its load chart alone', () => {
    expect(plans[0].events).toHaveLength(12);
    expect(plans[0].events[0]).toEqual({
      atSeconds: 22_320,
      direction: 'up',
      text: '4 -> 6 pods (the metrics asked for more)',
    });
    expect(plans[2].events).toEqual([]);
  });

  test('latency is logarithmic only when it has to be', () => {
    expect(plans.find(({ id }) => id === 'latency')?.scale).toBe('log');
    const calm = allCharts(syntheticReport({ stepSeconds: 600, load: 0.6 })).find(({ id }) => id === 'latency');
    expect(calm?.scale).toBe('linear');
  });

  test('money accumulates from the end of the warm-up to the total of the result', () => {
    const spent = plans.find(({ id }) => id === 'cost-total')?.lines[0].values ?? new Float64Array();
    expect(spent[0]).toBeNaN();
    expect(spent[spent.length - 1]).toBeCloseTo(report.result.cost.total, 6);
  });

  test('the numbers behind a chart leave the warm-up out', () => {
    const [plan] = plans;
    const values = plan.lines[1].values.map((value, index) => (report.series.startSeconds[index] < 0 ? 1e9 : value));
    const summary = chartSummary({ ...plan, lines: [{ ...plan.lines[1], values }] }, report.series);
    expect(summary.get('max', 0)).toBe(880);
    expect(summary.get('min', 0)).toBe(160);
  });

  test('a line without any value is reported as such', () => {
    const empty = new Float64Array(report.series.steps).fill(NaN);
    const plan = { ...plans[0], lines: [plans[0].lines[0], { ...plans[0].lines[1], values: empty }] };
    const summary = chartSummary(plan, report.series);
    expect(summary.array('line')).toEqual(['offered load', 'capacity of ready pods']);
    expect(summary.get('max', 1) ?? null).toBeNull();
  });
});
