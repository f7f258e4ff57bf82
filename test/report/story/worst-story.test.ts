import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../../src/domain/run-result.js';
import { worstStory } from '../../../src/report/story/worst-story.js';
import { syntheticReport } from '../fixtures/synthetic-report.js';

const lost = syntheticReport({ stepSeconds: 15, load: 1.6 });

function beatOf(report: RunReport, who: string): string {
  const story = worstStory(report);
  expect(story).not.toBeNull();
  return story?.beats.find((beat) => beat.who === who)?.what ?? '';
}

/** The report with a column of an entity written anew. */
function withColumn(entity: string, column: string, valueAt: (second: number, old: number) => number): RunReport {
  const tables = lost.series.tables.map((table) => {
    if (table.entity !== entity) return table;
    const values = table.columns[column].map((old, i) => valueAt(lost.series.startSeconds[i], old));
    return { ...table, columns: { ...table.columns, [column]: values } };
  });
  return { ...lost, series: { ...lost.series, tables } };
}

const worst = lost.result.worst ?? { fromSeconds: NaN, toSeconds: NaN, offered: 0, violated: 0 };

describe('the story of the worst five minutes', () => {
  test('tells who did what, in order, in whole sentences', () => {
    const story = worstStory(lost);
    expect(story?.beats.map(({ who }) => who)).toEqual(['Load', 'Engine', 'Pods', 'Users', 'Recovery', 'Bottleneck']);
    for (const { what } of story?.beats ?? []) {
      expect(what).toMatch(/^\S.*[^.]\.$/);
      expect(what).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  test('an instance refresh is told with its machines and its times, and only then', () => {
    expect(beatOf(lost, 'Machines')).toBe('');
    const refreshes = [
      { pool: 'web-vms', machines: 3, fromSeconds: 1322, toSeconds: 1731 },
      { pool: 'db-vms', machines: 1, fromSeconds: 1400, toSeconds: 1400 },
    ];
    const told = { ...lost, result: { ...lost.result, worst: { ...worst, refreshes } } };
    expect(beatOf(told, 'Machines')).toBe(
      'An instance refresh was under way: it took 3 machines of web-vms out between 00:22:02 and 00:28:51, and took 1 machine of db-vms out at 00:23:20.',
    );
  });

  test('the heading says five minutes of five minutes alone', () => {
    const headed = (seconds: number): string | undefined => {
      const { fromSeconds } = worst;
      const told = { ...lost.result, worst: { ...worst, toSeconds: fromSeconds + seconds } };
      return worstStory({ ...lost, result: told })?.title.replace(/: .*/, '');
    };
    expect([300, 280, 185, 70, 5, 1].map(headed)).toEqual([
      'The worst five minutes',
      'The worst five minutes',
      'The worst 3 minutes',
      'The worst 70 seconds',
      'The worst 5 seconds',
      'The worst 1 second',
    ]);
  });

  test('faults: those of the time around are told with when they were, others are not', () => {
    expect(beatOf(lost, 'Fault')).toBe('');
    const { fromSeconds } = worst;
    const episodes = [
      { fromSeconds: 60, toSeconds: 120, label: 'db is slow' },
      { fromSeconds: fromSeconds - 60, toSeconds: fromSeconds + 60, label: 'pods of web answer with errors' },
      { fromSeconds, toSeconds: Infinity, label: 'no metrics arrive' },
    ];
    expect(beatOf({ ...lost, episodes }, 'Fault')).toMatch(
      /^The scenario has it so: pods of web answer with errors, \S+ to \S+; no metrics arrive, from \S+ to the end\.$/,
    );
  });

  test('a rollout under way is told with when it began and whether it came through', () => {
    expect(beatOf(lost, 'Rollout')).toBe('');
    const one = { workload: 'web', revision: 1, stuck: false };
    const rollouts = [
      { ...one, startSeconds: 0, tookSeconds: 60 },
      { ...one, revision: 2, startSeconds: worst.fromSeconds - 60, tookSeconds: 90 },
      { ...one, revision: 3, startSeconds: worst.fromSeconds, tookSeconds: null },
    ];
    expect(beatOf({ ...lost, result: { ...lost.result, rollouts } }, 'Rollout')).toMatch(
      /^Revision 2 of web began to roll out at .* and was through after 90 s; Revision 3 of web .* and was never through\.$/,
    );
  });

  test('nothing of the warm-up is told', () => {
    const early = { ...lost.result, worst: { ...worst, fromSeconds: 60, toSeconds: 120 } };
    const told = worstStory({ ...lost, result: early });
    expect(told?.beats.find(({ who }) => who === 'Load')?.what).toMatch(/^Load on web /);
    for (const { what } of told?.beats ?? []) expect(what).not.toMatch(/-\d\d:/);
  });

  test('users: what had queued before and comes late as well is no share of what came', () => {
    const { violated, offered } = worst;
    expect(beatOf(lost, 'Users')).toMatch(/ failed or came too late in this time, \d.*% of the .* that came/);
    const more = { ...lost, result: { ...lost.result, worst: { ...worst, violated: offered + 1 } } };
    expect(violated).toBeLessThan(offered);
    expect(beatOf(more, 'Users')).toContain('that came: what had queued before came late as well');
  });

  test('bottleneck: where the objective was never lost, none that cost it', () => {
    const few = { ...lost, result: { ...lost.result, worst: { ...worst, violated: 1 } } };
    expect(beatOf(lost, 'Bottleneck')).not.toMatch(/^None/);
    expect(beatOf(few, 'Bottleneck')).toMatch(/^None that cost the objective\. What these few met was /);
  });

  test('a run in which every request met the objective has none', () => {
    expect(worstStory({ ...lost, result: { ...lost.result, worst: null } })).toBeNull();
  });

  test('load: a rise is told with its factor, an even load as such', () => {
    const jump = withColumn('web', 'offeredPerSecond', (second) => (second >= worst.fromSeconds ? 300 : 100));
    expect(beatOf(jump, 'Load')).toMatch(/rose from 100 to 300 requests a second \(3 times\), its peak at \d\d:/);
    const even = withColumn('web', 'offeredPerSecond', () => 100);
    expect(beatOf(even, 'Load')).toMatch(/was no higher than before: at most 100 requests a second/);
  });

  test('pods: the moment with the largest gap, and what was on its way', () => {
    const at = worst.fromSeconds + 60;
    const gap = withColumn('web', 'demandPods', (second) => (second === at ? 90 : 1));
    expect(beatOf(gap, 'Pods')).toMatch(/pods of web were ready where 90 were needed/);
    const enough = withColumn('web', 'demandPods', () => 1);
    expect(beatOf(enough, 'Pods')).toMatch(/^web was never short/);
  });

  test('pods: where their workers ran out, the CPU alone did for the load', () => {
    const enough = withColumn('web', 'demandPods', () => 1);
    const bottleneck = { kind: 'workers' as const, name: 'web', why: '9 requests on average waited' };
    const held = { ...enough, result: { ...enough.result, bottleneck } };
    expect(beatOf(held, 'Pods')).toMatch(
      /^By its CPU web was never short of pods: .* 1 needed; their workers ran out\.$/,
    );
    expect(beatOf(held, 'Bottleneck')).toBe('the workers of web: 9 requests on average waited.');
  });

  test('engine: the first change with what it saw, or that it held and why', () => {
    const [last] = lost.decisions
      .filter(({ at, workload }) => workload === 'web' && at < worst.toSeconds * 1e6)
      .slice(-1);
    const change = { ...last, from: 4, desired: 9, direction: 'up' as const, reason: 'scaled-up' };
    const changed = { ...lost, decisions: [change] };
    expect(beatOf(changed, 'Engine')).toMatch(
      /saw CPU at \d+% \(target 60%, 20 s old\) and asked for 9 instead of 4 pods/,
    );
    expect(beatOf({ ...lost, decisions: [{ ...last, direction: 'hold' }] }, 'Engine')).toMatch(
      /held at \d+ pods all the time: /,
    );
    const fixed = { ...last, direction: 'hold' as const, desired: 4, reason: 'fixed' };
    expect(beatOf({ ...lost, decisions: [fixed] }, 'Engine')).toBe(
      'The number is fixed, and the engine held at 4 pods all the time.',
    );
    expect(beatOf({ ...lost, decisions: [] }, 'Engine')).toBe('The engine decided nothing for web in this time.');
  });

  test('recovery: the first minute in which the objective holds, or that it never did', () => {
    const until = worst.toSeconds + 600;
    const { fromSeconds } = worst;
    const calm = withColumn('service', 'violated', (second) => (second >= fromSeconds && second < until ? 1e6 : 0));
    expect(beatOf(calm, 'Recovery')).toMatch(
      /^From \d\d:\d\d:\d\d on the objective held again, 15 min after it was lost at/,
    );
    const lostAt = worst.fromSeconds + 120;
    const later = withColumn('service', 'violated', (second) => (second >= lostAt && second < until ? 1e6 : 0));
    expect(beatOf(later, 'Recovery')).toMatch(/^From \d\d:\d\d:\d\d on the objective held again, 13 min after/);
    const earlier = withColumn('service', 'violated', (second) => (second >= lostAt - 420 && second < until ? 1e6 : 0));
    expect(beatOf(earlier, 'Recovery')).toMatch(/held again, 20 min after it was lost at/);
    // Twenty steps of 15 s.
    const may = (1 - lost.result.slo.target) * (worst.offered / 20);
    const before = (share: number): RunReport =>
      withColumn('service', 'violated', (second) => {
        if (second >= until) return 0;
        return second >= fromSeconds ? 1e6 : share * may;
      });
    expect(beatOf(before(1.02), 'Recovery')).toMatch(/held again, 1[56](\.\d+)? min after/);
    expect(beatOf(before(100), 'Recovery')).not.toMatch(/held again, 1[56](\.\d+)? min after/);
    const never = withColumn('service', 'violated', () => 1e6);
    expect(beatOf(never, 'Recovery')).toBe('The objective did not hold again before the run ended.');
  });
});
