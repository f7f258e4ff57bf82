import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampler } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';
import { publicTraces } from '../../src/traces/public/public-traces.js';
import { rangeServer } from '../traces/public/range-server.js';
import { emptyFolder, hindcast } from './captured-io.js';

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: web:1
          resources: { requests: { cpu: 500m, memory: 256Mi }, limits: { cpu: "1" } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 10
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }]
`;

/** A quarter of an hour at twenty requests a second, log-normal around 20 ms, in nginx' format with the request time behind it. */
function accessLog(timed: boolean): string {
  const random = new Streams(4).stream('test', 'access');
  const draw = sampler({ kind: 'lognormal', mu: Math.log(20_000), sigma: 0.5 });
  let at = 1_772_445_600;
  return Array.from({ length: 18_000 }, (_, i) => {
    at += random.exponential(i, 1) / 20;
    const took = draw(random, i, 2) / 1e6;
    const [, day, month, year, time] = new Date(Math.floor(at + took) * 1000).toUTCString().split(' ');
    return `9.9.9.9 - - [${day}/${month}/${year}:${time} +0000] "GET / HTTP/1.1" 200 5000 "-" "-"${timed ? ` ${took.toFixed(3)}` : ''}\n`;
  }).join('');
}

function folderWith(timed: boolean): string {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'k8s'));
  writeFileSync(join(cwd, 'k8s', 'web.yaml'), MANIFESTS);
  mkdirSync(join(cwd, 'logs'));
  writeFileSync(join(cwd, 'logs', 'access.log'), accessLog(timed));
  return cwd;
}

interface Told {
  requests: { offered: number };
  trust: { input: string; status: string; detail: string }[];
  journal: { hash: string };
}

describe('a run without a scenario', () => {
  it('goes from a log and manifests to a report, whose scenario makes the same run', async () => {
    const cwd = folderWith(true);
    const first = await hindcast(
      [
        'run',
        '--trace',
        'logs/access.log',
        '--manifests',
        'k8s',
        '--set',
        'warmUp=1m',
        '--out',
        join(cwd, 'reports/access'),
      ],
      cwd,
    );
    expect(first).toMatchObject({ code: 0 });
    expect(first.err).toMatch(
      /things the manifests do not say are guesses.*reports\/access\/scenario\.yaml lists and marks them/,
    );
    const result = JSON.parse(readFileSync(join(cwd, 'reports/access/result.json'), 'utf8')) as Told;
    expect(Math.abs(result.requests.offered / 18_000 - 1)).toBeLessThan(0.03);
    const work = result.trust.find(({ input }) => input.startsWith('work of web'));
    expect(work).toMatchObject({ status: 'half-guessed' });
    expect(work?.detail).toMatch(
      /lognormal, mean 2\d(\.\d)?ms.*fitted to the request time of \d+ undisturbed requests of logs\/access\.log.*that all of it is CPU time is a guess/,
    );
    expect(result.trust.find(({ input }) => input === 'traffic of web')).toMatchObject({ status: 'measured' });
    expect(result.trust.find(({ input }) => input === 'pod of web')).toMatchObject({ status: 'measured' });
    expect(result.trust.find(({ input }) => input === 'start-up of web')).toMatchObject({ status: 'guessed' });
    expect(result.trust.find(({ input }) => input === 'client of web')).toMatchObject({ status: 'defaulted' });
    expect(readFileSync(join(cwd, 'reports/access/scenario.yaml'), 'utf8')).toMatch(/response: 5000B/);
    const again = await hindcast(
      ['run', join(cwd, 'reports/access/scenario.yaml'), '--set', 'warmUp=1m', '--json'],
      cwd,
    );
    expect((JSON.parse(again.out) as Told).journal.hash).toBe(result.journal.hash);
  });

  it('says that p99 rests on a guess where the log has no request time', async () => {
    const cwd = folderWith(false);
    const { code, out, err } = await hindcast(
      ['run', '--trace', 'logs/access.log', '--manifests', 'k8s', '--json', '--out', join(cwd, 'r')],
      cwd,
    );
    expect(code).toBe(0);
    const { trust } = JSON.parse(out) as Told;
    expect(trust.find(({ input }) => input.startsWith('work of web'))).toMatchObject({ status: 'guessed' });
    expect(trust.find(({ input }) => input === 'traffic of web')?.detail).toMatch(/p99, rests on a guess/);
    expect(err).toMatch(/CPU time a request takes|how much CPU/);
    expect(existsSync(join(cwd, 'r/scenario.yaml'))).toBe(true);
  });

  it.each([
    [
      ['run', '--trace', 'logs/access.log'],
      /--trace: must come with the manifests of what serves the traffic, came alone\n {2}Add --manifests DIR/,
    ],
    [
      ['run'],
      /An argument is missing after hindcast run\.\n {2}Name a scenario, or a recording with --trace FILE --manifests DIR/,
    ],
    [['run', 'a.yaml', '--trace', 'b.log'], /takes a scenario or a --trace, not both/],
    [['run', '--trace', 'gone.log', '--manifests', 'k8s'], /gone\.log: must be an existing file, was not found/],
    [['run', '--trace', 'logs/access.log', '--manifests', 'nowhere'], /nowhere: cannot be read: there is no such file/],
    [
      ['run', '--trace', 'logs/access.log', '--manifests', 'k8s', '--to', 'wbe'],
      /--to: must be a workload of the manifests, was "wbe"\n {2}Did you mean web\?/,
    ],
  ])('%j is answered with the mend, and nothing is written', async (words, message) => {
    const cwd = folderWith(false);
    const { code, out, err } = await hindcast(words, cwd);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(readdirSync(cwd).sort()).toEqual(['k8s', 'logs']);
  });

  it('a scenario cannot say of a value it does not have that it was measured', async () => {
    const cwd = emptyFolder();
    const lines = [
      'duration: 1h',
      'traffic: [{ to: web, generate: { constant: 5/s } }]',
      'workloads: { web: { serve: { cpu: 9ms } } }',
      'measured:',
      '  workloads.web.serve.cpu: a load test',
      '  workloads.wbe.serve.cpu: a load test',
    ];
    writeFileSync(join(cwd, 'a.yaml'), lines.join('\n'));
    expect(await hindcast(['check', join(cwd, 'a.yaml')], cwd)).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /a\.yaml:6: measured\.workloads\.wbe\.serve\.cpu must be the path of a value that this scenario gives/,
      ),
    });
  });
});

describe('trace inspect', () => {
  it('describes a log, and draws it', async () => {
    const cwd = folderWith(true);
    const { code, out } = await hindcast(['trace', 'inspect', 'logs/access.log', '--picture', 'load.svg'], cwd);
    expect(code).toBe(0);
    expect(out).toMatch(/ service {4}lognormal, median 2\d ms, mean 2\d\.\d+ ms, from \d+ undisturbed requests/);
    expect(out).toMatch(/ response {3}5000 bytes on average/);
    const picture = readFileSync(join(cwd, 'load.svg'), 'utf8');
    expect(picture).toMatch(/^<svg[^>]*xmlns/);
    for (const word of ['Traffic of logs/access.log', 'requests/s', 'time (UTC)', '02 Mar 10:05'])
      expect(picture).toContain(word);
    expect(picture).not.toContain('NaN');
  });

  it('keeps its keys in JSON, whatever the notation', async () => {
    const cwd = folderWith(false);
    const { out } = await hindcast(['trace', 'inspect', 'logs/access.log', '--json'], cwd);
    expect(JSON.parse(out)).toMatchObject({
      rows: 18_000,
      stepSeconds: 1,
      gaps: 0,
      recorded: { serviceTime: null, responseBytes: 5000 },
    });
    writeFileSync(join(cwd, 'custom.log'), '1772445600.250 200\n1772445600.750 200\n1772445602.000 500\n');
    const custom = await hindcast(['trace', 'inspect', 'custom.log', '--log-format', '$msec $status', '--json'], cwd);
    expect(JSON.parse(custom.out)).toMatchObject({ rows: 3, max: 2, start: '2026-03-02T10:00:00Z' });
  });

  it('draws SVG only', async () => {
    expect(await hindcast(['trace', 'inspect', 'a.csv', '--picture', 'a.png'], emptyFolder())).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--picture: must end in \.svg, was "a\.png"/),
    });
  });
});

describe('trace fetch', () => {
  it('lists what can be fetched, from where and under which licence', async () => {
    const { out } = await hindcast(['trace', 'fetch', '--list'], emptyFolder());
    for (const { name, commit, licence } of publicTraces.values()) {
      expect(out).toContain(`${name}  `);
      expect(out).toContain(commit);
      expect(out).toContain(licence);
    }
  });

  it('takes a mirror, refuses what is not the pinned file, and leaves nothing of it', async () => {
    const trace = publicTraces.get('nab-elb-requests');
    if (trace === undefined) throw new Error('nab-elb-requests cannot be fetched');
    const wrong = Buffer.alloc(trace.bytes, 'x');
    const { address, asked } = await rangeServer(wrong, []);
    const cwd = emptyFolder();
    const { code, out, err } = await hindcast(['trace', 'fetch', trace.name], cwd, undefined, '', {
      HINDCAST_TRACE_MIRROR: address,
    });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(
      `must have the SHA-256 ${trace.sha256}, had ${createHash('sha256').update(wrong).digest('hex')}`,
    );
    expect(asked).toEqual([{ path: `/${trace.repository}/${trace.commit}/${trace.path}`, range: undefined }]);
    expect(readdirSync(join(cwd, 'no-data', 'traces', trace.name))).toEqual([]);
  });

  const original = join(
    process.env.HINDCAST_DATA ?? '../shared/data',
    'traces/nab-elb-requests/elb_request_count_8c0756.csv',
  );
  if (!existsSync(original)) console.log(`fetching a whole trace is skipped: ${original} is not there`);
  it.runIf(existsSync(original))('brings a trace that can then be named, and does not fetch it twice', async () => {
    const { address, asked } = await rangeServer(readFileSync(original), [{ cutAfter: 40_000 }]);
    const cwd = emptyFolder();
    const fetch = () =>
      hindcast(['trace', 'fetch', 'nab-elb-requests'], cwd, undefined, '', { HINDCAST_TRACE_MIRROR: address });
    expect((await hindcast(['trace', 'inspect', 'nab-elb-requests'], cwd)).err).toMatch(
      /hindcast trace fetch nab-elb-requests/,
    );
    expect(await fetch()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/nab-elb-requests fetched: 101052 bytes, SHA-256 as pinned, licence MIT/),
    });
    expect((await fetch()).out).toMatch(/was here already/);
    expect(asked).toHaveLength(2);
    expect((await hindcast(['trace', 'inspect', 'nab-elb-requests'], cwd)).out).toMatch(/from {7}2014-04-10T00:04:00Z/);
  });

  it.each([
    [['trace', 'fetch', 'nab-elb-request'], /Did you mean nab-elb-requests\?/],
    [['trace', 'fetch'], /A name is missing after hindcast trace fetch/],
    [['trace', 'inspect'], /An argument is missing after hindcast trace inspect/],
  ])('%j is answered with the mend', async (words, message) => {
    expect(await hindcast(words, emptyFolder())).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
});
