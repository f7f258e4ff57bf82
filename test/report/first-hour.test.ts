import { describe, expect, test } from 'vitest';
import type { RunReport, RunResult } from '../../src/domain/run-result.js';
import { allCharts, isFlat } from '../../src/report/charts/all-charts.js';
import { chartSpec } from '../../src/report/charts/chart-spec.js';
import { timeFrame } from '../../src/report/charts/time-frame.js';
import { movedLabel, reasonLabel } from '../../src/report/explain/reason-label.js';
import { bothClocks, bothClocksSpan } from '../../src/report/format/clock.js';
import { guessList } from '../../src/report/guess-list.js';
import { reportMarkdown } from '../../src/report/markdown.js';
import { reportPage } from '../../src/report/page/report-page.js';
import { worstStory } from '../../src/report/story/worst-story.js';
import { summaryText } from '../../src/report/summary-text.js';
import { verdictOf } from '../../src/report/verdict.js';
import { syntheticReport } from './fixtures/synthetic-report.js';

const lost = syntheticReport({ stepSeconds: 60, load: 1.6 });

const resulting = (changes: Partial<RunResult>, report: RunReport = lost): RunReport => ({
  ...report,
  result: { ...report.result, ...changes },
});

/** The report with columns of an entity filled with one value. */
function filled(report: RunReport, entity: string, columns: Readonly<Record<string, number>>): RunReport {
  const tables = report.series.tables.map((table) => {
    if (table.entity !== entity) return table;
    const changed = Object.entries(columns).map(([name, value]) => [name, table.columns[name].map(() => value)]);
    return { ...table, columns: { ...table.columns, ...Object.fromEntries(changed) } };
  });
  return { ...report, series: { ...report.series, tables } };
}

const beat = (report: RunReport, who: string): string =>
  worstStory(report)?.beats.find((one) => one.who === who)?.what ?? '';

describe('whose story it is', () => {
  const nobody = resulting({ bottleneck: { kind: 'none', name: '', why: 'Nothing stood out' } });
  const [first, second] = lost.series.tables.filter(({ kind }) => kind === 'workload').map(({ entity }) => entity);

  test('the one that was shortest of pods, whichever comes first', () => {
    const short = filled(filled(nobody, first, { demandPods: 2, readyPods: 2 }), second, {
      demandPods: 9,
      readyPods: 3,
    });
    expect(beat(short, 'Load')).toContain(second);
    const other = filled(filled(nobody, first, { demandPods: 9, readyPods: 2 }), second, {
      demandPods: 9,
      readyPods: 3,
    });
    expect(beat(other, 'Load')).toContain(first);
  });

  test('never one without load, even if it is named', () => {
    const idle = filled(resulting({ bottleneck: { kind: 'pods', name: first, why: 'w' } }), first, {
      offeredPerSecond: 0,
    });
    expect(beat(idle, 'Load')).toContain(second);
  });
});

describe('recovery is worded by share', () => {
  const worst = lost.result.worst ?? { fromSeconds: 0, toSeconds: 300, offered: 0, violated: 0 };

  test('an objective that held even then was never lost', () => {
    const few = resulting({ worst: { ...worst, offered: 10_000, violated: 1 } });
    expect(beat(few, 'Recovery')).toMatch(/^The objective was never lost: even in this time 0\.01% missed it, where/);
    const many = resulting({ worst: { ...worst, offered: 10_000, violated: 5_000 } });
    expect(beat(many, 'Recovery')).toMatch(/held again|did not hold again/);
  });
});

describe('two clocks', () => {
  test('are both given where they differ, one where they agree', () => {
    expect(bothClocks(12_320, '2026-03-10T05:00:00.000Z')).toBe('03:25:20 (08:25:20 UTC)');
    expect(bothClocksSpan(12_320, 12_620, '2026-03-10T05:00:00.000Z')).toBe(
      '03:25:20 to 03:30:20 (08:25:20 to 08:30:20 UTC)',
    );
    expect(bothClocks(12_320, '2026-03-10T00:00:00.000Z')).toBe('03:25:20');
    expect(bothClocks(98_720, '2026-03-10T00:00:00.000Z')).toBe('1d 03:25:20');
  });

  test('stand in the title of the story, and beside what is shaded', () => {
    const later = resulting({ originIso: '2026-03-10T05:00:00.000Z' });
    expect(worstStory(later)?.title).toMatch(/^The worst five minutes: \d\d:\S+ to \S+ \(\S+ to \S+ UTC\)$/);
    expect(reportPage(later, {}, [])).toMatch(/Shaded: warm-up, not counted: until 00:00:00 \(05:00:00 UTC\)/);
  });
});

test('a rule that only limited a change is not said to have held it', () => {
  expect(movedLabel('stabilized')).toBe('limited by a stabilization window');
  expect(reasonLabel('stabilized')).toBe('a stabilization window held it');
  expect(movedLabel('scaled-up')).toBe(reasonLabel('scaled-up'));
});

describe('charts', () => {
  const idle = filled(lost, 'web', { offeredPerSecond: 0, capacityPerSecond: 0, queue: 0 });

  test('of nothing are named and not drawn, workloads without load come last', () => {
    const titles = allCharts(idle).map(({ title }) => title);
    expect(titles.indexOf('Load against capacity: web')).toBeGreaterThan(
      titles.indexOf('Load against capacity: catalogue'),
    );
    expect(
      allCharts(idle)
        .filter(isFlat)
        .map(({ title }) => title),
    ).toContain('Load against capacity: web');
    const text = reportPage(idle, {}, []);
    expect(text).toMatch(/Zero or without a value all the time, and not drawn: [^<]*Load against capacity: web/);
    expect(text).not.toMatch(/<h3[^>]*>Load against capacity: web/);
  });

  test('what was asked for lies dashed on top of a broader line of what was ready', () => {
    const pods = allCharts(lost).find(({ id }) => id === 'pods-1');
    expect(pods?.lines.map(({ name, dash, broad }) => [name, dash, broad])).toEqual([
      ['needed for the objective', 'dotted', undefined],
      ['ready', 'solid', true],
      ['asked for', 'dashed', undefined],
    ]);
  });

  test('requests a second have no milli-units', () => {
    const [load] = allCharts(lost);
    const text = JSON.stringify(chartSpec(load, timeFrame(lost, []), { low: 0, high: 1 }));
    expect(text).toContain(`"labelExpr":"format(datum.value, ',~g')"`);
    const busy = JSON.stringify(chartSpec(load, timeFrame(lost, []), { low: 0, high: 2e4 }));
    expect(busy).toContain(`datum.value >= 1e3 ? format(datum.value, '~s') : format(datum.value, ',~g')`);
  });

  test('quantiles are three hues in both themes', () => {
    const text = reportPage(lost, {}, []);
    const hues = [...text.matchAll(/--low:(#\w+);--middle:(#\w+);--high:(#\w+)/g)].map(([, ...all]) => new Set(all));
    expect(hues.length).toBeGreaterThanOrEqual(2);
    expect(hues.map(({ size }) => size)).toEqual(hues.map(() => 3));
    expect(text).toMatch(/--middle:#0072b2;--high:#b4560b/);
  });
});

describe('the verdict says nothing twice', () => {
  test('what the answer has said of the cause is left out', () => {
    const bottleneck = { kind: 'pods', name: 'web', why: '9 pods were ready where 15 were needed' } as const;
    const told = resulting({ bottleneck, answer: `No, held back by web: ${bottleneck.why}.` }).result;
    expect(verdictOf(told).sentence).toMatch(/^Lost: .* (a day|an hour)\.$/);
    expect(verdictOf({ ...told, answer: 'No.' }).sentence).toContain(bottleneck.why);
  });
});

describe('guesses and cautions', () => {
  const guesses = [
    { what: 'CPU time of a request', why: 'it is taken from a log', measure: 'a profiler', paths: [] },
    { what: 'Nodes', why: 'none are named', measure: null, paths: [] },
  ];
  const told = resulting({ guesses, cautions: ['web used 4.4 times its CPU request.'] });

  test('are one list in the headline, terminal, Markdown and page', () => {
    expect(verdictOf(told.result).sentence).toMatch(/On 2 guesses, the first: CPU time of a request\.$/);
    expect(summaryText(told.result)).toContain('Guessed, so measure these first: CPU time of a request, Nodes.');
    expect(reportMarkdown(told)).toContain('1. **CPU time of a request**: it is taken from a log. Measure it');
    expect(reportPage(told, {}, [])).toMatch(/<ol class="plain">\s*<li><strong>CPU time of a request<\/strong>/);
    expect(guessList(told.result)[1].detail).toBe('none are named.');
  });

  test('a caution stands in all of them', () => {
    for (const text of [summaryText(told.result), reportMarkdown(told), reportPage(told, {}, [])])
      expect(text).toContain('web used 4.4 times its CPU request.');
    expect(reportPage(lost, {}, [])).not.toContain('<p class="caution">');
  });

  test('without a list of its own a scenario lists what its inputs guess', () => {
    const inputs = lost.result.trust.filter(({ status }) => status === 'guessed').map(({ input }) => input);
    expect(guessList(lost.result).map(({ what }) => what)).toEqual(inputs);
    expect(verdictOf(lost.result).sentence).not.toContain('guess');
  });
});
