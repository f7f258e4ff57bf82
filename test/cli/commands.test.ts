import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LoadResponse } from '../../src/domain/load-response.js';
import { emptyFolder, hindcast, type Outcome } from './captured-io.js';

const scenario = `name: small
question: Does it work?
duration: 20m
warmUp: 2m
traffic:
  - to: web
    generate: { step: { from: 5/s, to: 40/s, at: 5m } }
workloads:
  web:
    pod: { discipline: processor-sharing, cpu: { request: "1", limit: "1" }, start: 8s }
    serve: { cpu: { exponential: 50ms } }
    replicas: { initial: 2, min: 1, max: 8 }
    scaling: { policy: hpa, metrics: [{ cpu: 60% }] }
thresholds: [requests.failed < 1000000]
`;

describe('a run and what can be asked of it', () => {
  const folder = emptyFolder();
  const file = join(folder, 'small.yaml');
  const report = join(folder, 'reports/small');
  let ran: Outcome;

  beforeAll(async () => {
    writeFileSync(file, scenario);
    ran = await hindcast(['run', file], folder);
  }, 60_000);

  test('prints a summary and writes a whole report', () => {
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('Does it work?');
    expect(ran.out).toContain('reports/small/index.html');
    expect(readdirSync(report).sort()).toEqual([
      'index.html',
      'journal.jsonl.gz',
      'report.md',
      'result.json',
      'scenario.yaml',
      'series.parquet',
    ]);
    expect(readdirSync(join(folder, 'reports'))).toEqual(['small']);
  });

  test('--json prints one document, the same but for the time it took, and writes nothing', async () => {
    const { code, out, err } = await hindcast(['run', file, '--json'], emptyFolder());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { performance, ...result } = JSON.parse(out);
    const { performance: before, ...written } = JSON.parse(readFileSync(join(report, 'result.json'), 'utf8'));
    expect(result).toEqual(written);
    expect([performance.cpuSeconds, before.cpuSeconds].every((seconds) => seconds > 0)).toBe(true);
    const of = (name: string): number => Number(result.requests[name]);
    expect(of('offered')).toBe(of('served') + of('failed') + of('inFlightAtEnd'));
  });

  test('replay finds the same decisions from the report, from its name and from the journal alone', async () => {
    const { journal } = JSON.parse(readFileSync(join(report, 'result.json'), 'utf8'));
    for (const run of [report, 'small', join(report, 'journal.jsonl.gz')]) {
      const { code, out } = await hindcast(['replay', run], folder);
      expect(code).toBe(0);
      expect(out).toContain(journal.hash);
      expect(out).toMatch(/[1-9]\d* commands and [1-9]\d* decisions are identical/);
    }
  });

  test('replay names the first entry at which the engine parts from a journal', async () => {
    const lines = gunzipSync(readFileSync(join(report, 'journal.jsonl.gz')))
      .toString()
      .trimEnd()
      .split('\n');
    const at = lines.findIndex((line) => line.includes('"command"'));
    lines[at] = lines[at].replace(/"replicas":\d+/, '"replicas":77');
    const path = join(folder, 'changed.jsonl');
    writeFileSync(path, `${lines.join('\n')}\n`);
    const { code, out } = await hindcast(['replay', path], folder);
    expect(code).toBe(1);
    expect(out).toContain(`at entry ${at - 1}`);
    expect(out).toContain('"replicas":77');
  });

  test('a journal that was cut off is bad input', async () => {
    const bytes = readFileSync(join(report, 'journal.jsonl.gz'));
    const path = join(folder, 'cut.jsonl.gz');
    writeFileSync(path, bytes.subarray(0, bytes.length - 100));
    const { code, err } = await hindcast(['replay', path], folder);
    expect(code).toBe(2);
    expect(err).toContain('Was the file cut off?');
  });

  test('explain says why, at a time, between times, and of every change', async () => {
    const all = await hindcast(['explain', 'small'], folder);
    expect(all.out).toMatch(/web: \d+ -> \d+ pods/);
    const at = await hindcast(['explain', 'small', '--at', '00:04'], folder);
    expect(at.out).toMatch(/^00:0[34]:\d\d web: /);
    expect(at.out.trimEnd().split('\n')).toHaveLength(1);
    const between = await hindcast(['explain', 'small', '--between', '5m', '8m', '--workload', 'web'], folder);
    expect(between.out).toContain('00:05:');
    const calendar = await hindcast(['explain', 'small', '--at', '2026-01-05T00:04:00Z'], folder);
    expect(calendar.out).toBe(at.out);
  });

  test('explain says what the seconds of a response consisted of; they add up to what the result says', async () => {
    const { scaling } = JSON.parse(readFileSync(join(report, 'result.json'), 'utf8'));
    const [response]: readonly LoadResponse[] = scaling.responses;
    const middle = Math.round(response.fromSeconds + response.responseSeconds / 2);
    const { code, out } = await hindcast(['explain', 'small', '--at', `${middle}s`], folder);
    expect(code).toBe(0);
    expect(out).toMatch(/web was short of pods from 00:\d\d:\d\d to .*\n {2}[\d.]+ s were the engine's:\n {4}1\. /);
    const listed = [...out.matchAll(/^ {4}\d+\. ([\d.]+) s: /gm)].map(([, seconds]) => Number(seconds));
    expect(listed).toHaveLength(response.engine.length + response.floor.length);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(listed)).toBeCloseTo(response.responseSeconds, 1);
    const ofEngine = Number(/([\d.]+) s were the engine's/.exec(out)?.[1]);
    expect(ofEngine).toBeCloseTo(sum(listed.slice(0, response.engine.length)), 5);
    expect(ofEngine).toBeCloseTo(response.askedAtSeconds - response.fromSeconds, 1);
    const none = await hindcast(['explain', 'small', '--at', '00:04'], folder);
    expect(none.out).not.toContain('short of pods');
    expect((await hindcast(['explain', 'small'], folder)).out).toMatch(/shortages? w\w+ ended by pods; --at '00:/);
  });

  test.each([
    [['--at', 'noon'], /--at: must be a time of the run/],
    [['--at', '-1d 00:00'], /must be within the run, was "-1d 00:00": the run lasts 20 min, after 2 min of warm-up/],
    [['--between', '9m', '8m'], /must be an earlier and a later time/],
    [['--at', '1m', '--workload', 'wbe'], /Did you mean web\?/],
  ])('explain refuses %j', async (words, says) => {
    const { code, err } = await hindcast(['explain', 'small', ...words], folder);
    expect(err).toMatch(says);
    expect(code).toBe(2);
  });

  test('a threshold that is crossed is exit code 99, and the report is written', async () => {
    const words = ['run', file, '--set', 'thresholds=["requests.offered < 10"]', '--out', 'crossed', '--quiet'];
    const { code, out } = await hindcast(words, folder);
    expect({ code, out }).toEqual({ code: 99, out: 'crossed/index.html\n' });
    const { thresholds } = JSON.parse(readFileSync(join(folder, 'crossed/result.json'), 'utf8'));
    expect(thresholds).toEqual([{ threshold: 'requests.offered < 10', value: expect.any(Number), met: false }]);
  });

  test('another seed is another run; the same seed is the same journal', async () => {
    const hash = async (seed: string): Promise<string> => {
      const { out } = await hindcast(['run', file, '--json', '--seed', seed], folder);
      return String(JSON.parse(out).journal.hash);
    };
    const [a, b, again] = [await hash('5'), await hash('6'), await hash('5')];
    expect(again).toBe(a);
    expect(b).not.toBe(a);
  });

  test('an interruption is exit code 130 and leaves nothing', async () => {
    const empty = emptyFolder();
    const interruption = new AbortController();
    const running = hindcast(['run', file, '--out', join(empty, 'deep/er')], empty, interruption.signal);
    setTimeout(() => interruption.abort(new Error('interrupted')), 20);
    const { code, out } = await running;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(readdirSync(empty)).toEqual([]);
  });

  test('a run again into the same folder replaces the report', async () => {
    expect((await hindcast(['run', file, '--quiet', '--seed', '9'], folder)).code).toBe(0);
    expect(JSON.parse(readFileSync(join(report, 'result.json'), 'utf8')).identity.seed).toBe(9);
    expect(existsSync(join(report, 'index.html'))).toBe(true);
  });
});

describe('other commands', () => {
  test('hindcast alone shows what to try; --help and --version answer on stdout', async () => {
    const alone = await hindcast([], emptyFolder());
    expect(alone).toMatchObject({ code: 0, err: '' });
    expect(alone.out).toContain('hindcast run scenarios/quickstart.yaml');
    expect((await hindcast(['--version'], emptyFolder())).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const words of [['--help'], ['run', '--help'], ['explain', '--help'], ['trace', '--help']]) {
      const { code, out, err } = await hindcast(words, emptyFolder());
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Options:');
    }
  });

  test('check lists the defaults that a scenario uses', async () => {
    const folder = emptyFolder();
    const file = join(folder, 'small.yaml');
    writeFileSync(file, scenario);
    const { code, out } = await hindcast(['check', file, '--defaults'], folder);
    expect(code).toBe(0);
    expect(out).toContain('is a valid scenario');
    expect(out).toMatch(/metrics\.scrape +15s +Time between two scrapes/);
    expect(out).toMatch(/workloads\.web\.balancer\.policy +round-robin/);
    expect(out).not.toMatch(/warmUp|replicas\.max/);
  });

  test('a workload without traffic or callers is a warning', async () => {
    const folder = emptyFolder();
    const file = join(folder, 'small.yaml');
    writeFileSync(file, scenario.replace('thresholds:', '  idle: {}\nthresholds:'));
    const { code, err } = await hindcast(['check', file], folder);
    expect(code).toBe(0);
    expect(err).toMatch(/^Warning: .*small\.yaml:14: workloads\.idle gets no traffic and no calls\n$/);
  });

  test('a folder that cannot be the report is told alone, before any warning', async () => {
    const folder = emptyFolder();
    const file = join(folder, 'small.yaml');
    writeFileSync(file, scenario.replace('thresholds:', '  idle: {}\nthresholds:'));
    writeFileSync(join(folder, 'taken'), '');
    for (const more of [[], ['--seeds', '2']]) {
      const { code, err } = await hindcast(['run', file, '--out', 'taken', ...more], folder);
      expect(code).toBe(2);
      expect(err).toMatch(/^[^\n]*taken[^\n]*must be a folder for the report, was a file/);
      expect(err).not.toContain('Warning');
    }
    expect((await hindcast(['run', file, '--out', 'free'], folder)).err).toContain('Warning: ');
  });

  test('schema prints what is committed for editors', async () => {
    const { out } = await hindcast(['schema'], emptyFolder());
    expect(out).toBe(readFileSync(new URL('../../scenarios/scenario.schema.json', import.meta.url), 'utf8'));
  });

  test.each([
    ['policies', 'hpa'],
    ['forecasters', 'seasonal-naive'],
    ['balancers', 'power-of-two'],
    ['disciplines', 'processor-sharing'],
    ['distributions', 'boundedPareto'],
    ['generators', 'flashCrowd'],
    ['instances', 'aws/m5.xlarge'],
    ['traces', 'worldcup98-a'],
    ['faults', 'slowDependency'],
    ['arrivals', 'exact-count'],
    ['nodePolicies', 'pending-pods'],
  ])('list %s names %s', async (what, name) => {
    const { code, out } = await hindcast(['list', what], emptyFolder());
    expect(code).toBe(0);
    expect(out.split('\n').some((line) => line.startsWith(`${name} `))).toBe(true);
  });

  test('list without a word says what can be listed; without scenarios it says where there are none', async () => {
    const nothing = await hindcast(['list'], emptyFolder());
    expect(nothing).toMatchObject({ code: 2, out: '' });
    expect(nothing.err).toMatch(/Say what to list.*policies.*scenarios/s);
    const none = await hindcast(['list', 'scenarios'], emptyFolder());
    expect(none).toMatchObject({ code: 0, out: '' });
    expect(none.err).toContain('there is no folder "scenarios"');
  });

  test('list scenarios gives every question with the answer of its last accepted run, and names a broken file', async () => {
    const { out } = await hindcast(['list', 'scenarios'], process.cwd());
    const shipped = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));
    for (const name of shipped) {
      expect(out).toMatch(new RegExp(`^scenarios/${name} +[A-Z].*\\?\\n +\\S.*\\.$`, 'm'));
    }
    expect(out.trimEnd().split('\n')).toHaveLength(2 * shipped.length);
    const folder = emptyFolder();
    mkdirSync(join(folder, 'scenarios'));
    writeFileSync(join(folder, 'scenarios/bad.yaml'), 'name: [\n');
    const broken = await hindcast(['list', 'scenarios'], folder);
    expect(broken.code).toBe(0);
    expect(broken.out).toMatch(/^scenarios\/bad\.yaml {2}bad\.yaml:\d+: is not valid YAML/);
  });

  test('trace inspect describes a file, in words and as JSON', async () => {
    const folder = emptyFolder();
    const file = join(folder, 't.csv');
    writeFileSync(file, `time,requests\n${[3, 5, 4, 8].map((value, i) => `${i * 60},${value}`).join('\n')}\n`);
    const words = await hindcast(['trace', 'inspect', file], folder);
    expect(words.out).toMatch(/mean +5 requests in 60 s/);
    const json = JSON.parse((await hindcast(['trace', 'inspect', file, '--json'], folder)).out);
    expect(json).toMatchObject({ rows: 4, stepSeconds: 60, mean: 5, max: 8, gaps: 0 });
  });
});
