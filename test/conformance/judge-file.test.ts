import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { judgeFile } from './judge-file.js';

const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function judge(file: string, ...cases: readonly object[]) {
  const path = join(folder, file);
  writeFileSync(path, JSON.stringify({ schema: 'prose', cases }));
  return judgeFile(path);
}

const pods = { name: 'three pods', input: { population: 3 }, expect: { sampleSize: 3 } };

describe('a file of vectors', () => {
  test('is judged by the longest kind in its name, or by what a case says of itself', () => {
    expect(judge('kpa-sample-size.json', pods)).toMatchObject({ passed: 1, total: 1 });
    expect(judge('more-kpa-sample-size-2.json', pods)).toMatchObject({ passed: 1, total: 1 });
    expect(judge('supplement.json', { ...pods, kind: 'kpa-sample-size' })).toMatchObject({ passed: 1 });
    const { failures } = judge('vpa-histogram-options.json', pods);
    expect(failures[0]).toMatchObject({ kind: 'vpa-histogram-options', supported: true });
    expect(judge('unheard-of.json', pods).failures[0]).toMatchObject({ supported: false });
  });

  test('may number its cases and annotate what it expects', () => {
    const expected = { sampleSize: 3, note: 'all of them' };
    expect(judge('kpa-sample-size.json', { ...pods, name: 7, expect: expected })).toMatchObject({ passed: 1 });
    const wrong = judge('kpa-sample-size.json', { ...pods, name: 7, expect: { ...expected, sampleSize: 2 } });
    expect(wrong.failures).toMatchObject([{ name: '7', differences: ['sampleSize: expected 2, was 3'] }]);
  });

  test('may leave out what has a default, and name pods with their namespace', () => {
    const input = {
      fn: 'resourceUtilization',
      currentReplicas: 1,
      tolerance: { up: 0.1, down: 0.1 },
      cpuInitializationPeriodSeconds: 120,
      initialReadinessDelaySeconds: 10,
      container: 'container2',
      targetUtilizationPercent: 0,
      pods: [{ name: 'pod-0', phase: 'Running', ready: true, deleting: false, containers: [{ name: 'container2' }] }],
      podMetrics: [{ pod: 'pod-0', windowSeconds: 60, containersMilli: { container1: 0 } }],
    };
    const errorContains = 'container container2 not present in metrics for pod some-namespace/pod-0';
    const { failures } = judge('hpa-replica-calculator.json', { name: 'a', input, expect: { errorContains } });
    expect(failures).toEqual([]);
  });
});
