import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { beforeAll, describe, expect, test } from 'vitest';
import type { VerticalDecision } from '../../src/domain/decision.js';
import { isDecisionLine, readDecision } from '../../src/experiment/read-decisions.js';
import { emptyFolder, hindcast } from './captured-io.js';

/** A service that asks for far too much; `vertical` and the day it begins differ. */
const scenario = (start: string, vertical: string): string => `name: sized
start: ${start}
duration: 2h
warmUp: 10m
traffic:
  - { to: web, generate: { constant: 20/s } }
workloads:
  web:
    pod: { discipline: processor-sharing, cpu: { request: "2" }, memory: { request: 2Gi, idle: 400Mi } }
    serve: { cpu: { exponential: 20ms } }
    replicas: 2
    scaling: { policy: fixed }
    vertical: ${vertical}
`;

/** Memory is kept by whole intervals, as the original does, so they are short here. */
const VPA = '{ policy: vpa, memoryAggregation: { interval: 30m } }';
const FROM_FIRST =
  '{ policy: vpa, memoryAggregation: { interval: 30m }, checkpoint: reports/first/vpa-checkpoint.json }';

const zHistogram = z.looseObject({
  referenceTimestamp: z.string(),
  bucketWeights: z.record(z.string(), z.number()),
  totalWeight: z.number(),
});
const zKept = z.object({
  items: z.array(
    z.looseObject({
      status: z.looseObject({
        version: z.string(),
        cpuHistogram: zHistogram,
        memoryHistogram: zHistogram,
        firstSampleStart: z.string(),
        lastSampleStart: z.string(),
        totalSamplesCount: z.number(),
      }),
    }),
  ),
});
type Kept = z.output<typeof zKept>;

describe('what VPA has learnt', () => {
  const folder = emptyFolder();
  const kept = join(folder, 'reports/first/vpa-checkpoint.json');
  const run = async (name: string, text: string) => {
    writeFileSync(join(folder, `${name}.yaml`), text.replace('name: sized', `name: ${name}`));
    return hindcast(['run', join(folder, `${name}.yaml`)], folder);
  };
  const status = (file: string) => zKept.parse(JSON.parse(readFileSync(file, 'utf8'))).items[0].status;
  const recommendations = (name: string): readonly (VerticalDecision['recommendation'] | undefined)[] =>
    gunzipSync(readFileSync(join(folder, 'reports', name, 'journal.jsonl.gz')))
      .toString()
      .split('\n')
      .flatMap((line, i) => (isDecisionLine(line) ? [readDecision(line, name, i).vertical?.recommendation] : []));

  beforeAll(async () => {
    expect(await run('first', scenario('2026-03-02T00:30:00Z', VPA))).toMatchObject({ code: 0, err: '' });
  }, 60_000);

  test('is kept beside the report in the form of VerticalPodAutoscalerCheckpoint', () => {
    const [item] = JSON.parse(readFileSync(kept, 'utf8')).items;
    expect(item).toMatchObject({
      apiVersion: 'autoscaling.k8s.io/v1',
      kind: 'VerticalPodAutoscalerCheckpoint',
      spec: { vpaObjectName: 'web' },
    });
    const { version, cpuHistogram, memoryHistogram, lastSampleStart, totalSamplesCount } = status(kept);
    expect(version).toBe('v3');
    expect(lastSampleStart).toMatch(/^2026-03-02T02:(29|30):/);
    expect(totalSamplesCount).toBeGreaterThan(400);
    // A multiple of the half-life of a day, whenever the run began.
    expect(cpuHistogram.referenceTimestamp).toMatch(/^2026-03-0\dT00:00:00Z$/);
    for (const { bucketWeights, totalWeight } of [cpuHistogram, memoryHistogram]) {
      const weights = Object.values(bucketWeights);
      expect(Math.max(...weights)).toBe(10_000);
      expect(weights.every((weight) => Number.isInteger(weight))).toBe(true);
      expect(totalWeight).toBeGreaterThan(0);
    }
  });

  test('is where another run begins: it recommends at once what the first one did at its end', async () => {
    expect((await run('second', scenario('2026-03-02T02:30:00Z', FROM_FIRST))).err).toBe('');
    const [before, [after]] = [recommendations('first').at(-1), recommendations('second')];
    expect(before?.cpu?.target).toBeGreaterThan(100);
    expect(after?.cpu).toMatchObject({ target: before?.cpu?.target, lower: before?.cpu?.lower });
    expect(after?.memory?.target).toBe(before?.memory?.target);
    expect(recommendations('first')[0]).toEqual({ cpu: null, memory: null });
    const second = status(join(folder, 'reports/second/vpa-checkpoint.json'));
    expect(second.firstSampleStart).toBe(status(kept).firstSampleStart);
    expect(second.totalSamplesCount).toBeGreaterThan(status(kept).totalSamplesCount * 1.5);
    expect(JSON.parse(readFileSync(join(folder, 'reports/second/result.json'), 'utf8')).identity.traceHashes).toEqual({
      'reports/first/vpa-checkpoint.json': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await hindcast(['replay', 'second'], folder)).code).toBe(0);
    const again = await hindcast(['run', join(folder, 'reports/second/scenario.yaml'), '--out', 'again'], folder);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(status(join(folder, 'again/vpa-checkpoint.json'))).toEqual(second);
  });

  test('is not written by a run whose requests stay', async () => {
    await run('plain', scenario('2026-03-02T02:30:00Z', '{ policy: manifest }'));
    expect(existsSync(join(folder, 'reports/plain/vpa-checkpoint.json'))).toBe(false);
  });

  const broken = (change: (item: Kept['items'][number]) => object): string => {
    const [item] = zKept.parse(JSON.parse(readFileSync(kept, 'utf8'))).items;
    return JSON.stringify({ items: [{ ...item, status: { ...item.status, ...change(item) } }] });
  };

  test.each<[string, () => string | null, RegExp]>([
    ['missing', () => null, /sized\.yaml:13: workloads\.web\.vertical\.checkpoint must be a checkpoint.*no such file/],
    ['no JSON', () => '{"items": [', /bad\.json: must be JSON or YAML/],
    ['of another kind', () => '{"kind": "Pod"}', /bad\.json: kind must be .*VerticalPodAutoscalerCheckpoint/],
    ['of another version', () => broken(() => ({ version: 'v2' })), /items\[0\]\.status\.version must be "v3"/],
    [
      'with a weight that is too large',
      () => broken(() => ({ cpuHistogram: { bucketWeights: { 3: 10_001 } } })),
      /items\[0\]\.status\.cpuHistogram\.bucketWeights\.3 .*10000/,
    ],
    [
      'with a bucket that there is not',
      () =>
        broken(({ status: { cpuHistogram } }) => ({ cpuHistogram: { ...cpuHistogram, bucketWeights: { 900: 1 } } })),
      /items\[0\]\.status cannot be used: it has a bucket 900, the histogram has \d+/,
    ],
    [
      'of several workloads, none of them this one',
      () => {
        const [item] = zKept.parse(JSON.parse(readFileSync(kept, 'utf8'))).items;
        const of = (vpaObjectName: string) => ({ ...item, spec: { vpaObjectName, containerName: 'app' } });
        return JSON.stringify({ items: [of('shop'), of('cart')] });
      },
      /must hold one checkpoint for web, held shop\/app, cart\/app/,
    ],
  ])('a file that is %s is told in one clear error', async (_, text, says) => {
    const content = text();
    const file = content === null ? 'nothing.json' : 'bad.json';
    if (content !== null) writeFileSync(join(folder, file), content);
    writeFileSync(join(folder, 'sized.yaml'), scenario('2026-03-03T00:00:00Z', `{ policy: vpa, checkpoint: ${file} }`));
    const { code, err } = await hindcast(['check', join(folder, 'sized.yaml')], folder);
    expect(err).toMatch(says);
    expect(code).toBe(2);
  });

  test('a checkpoint that ends after the run begins is refused with both times', async () => {
    writeFileSync(join(folder, 'sized.yaml'), scenario('2026-03-02T00:00:00Z', FROM_FIRST));
    const { code, err } = await hindcast(['check', join(folder, 'sized.yaml')], folder);
    expect(err).toMatch(/must end before the run begins \(2026-03-02T00:00:00Z\), has samples until 2026-03-02T02:/);
    expect(code).toBe(2);
  });
});
