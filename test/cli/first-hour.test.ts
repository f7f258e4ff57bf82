import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Streams } from '../../src/kernel/streams.js';
import { emptyFolder, hindcast } from './captured-io.js';

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 2
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, resources: { requests: { cpu: 100m, memory: 64Mi } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} } }
`;
const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 6
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }]
`;

/** A quarter of an hour from 08:00 UTC at ten requests a second, 20 ms to 80 ms each. */
function accessLog(): string {
  const random = new Streams(4).stream('test', 'first-hour');
  const start = Date.UTC(2026, 2, 10, 8) / 1000;
  return Array.from({ length: 9_000 }, (_, i) => {
    const [, day, month, year, time] = new Date((start + Math.floor(i / 10)) * 1000).toUTCString().split(' ');
    const took = 0.02 + 0.06 * random.uniform(i);
    return `9.9.9.9 - - [${day}/${month}/${year}:${time} +0000] "GET / HTTP/1.1" 200 5000 "-" "-" ${took.toFixed(3)}\n`;
  }).join('');
}

interface Told {
  trust: { input: string; status: string }[];
  guesses: { what: string }[];
  cautions?: string[];
  journal: { hash: string };
}

describe('the first hour with a log and manifests', () => {
  const cwd = emptyFolder();
  const run = (...words: string[]) => hindcast(['run', ...words], cwd);
  const result = (folder: string): Told => JSON.parse(readFileSync(join(cwd, folder, 'result.json'), 'utf8')) as Told;
  const recorded = ['--trace', 'access.log', '--manifests', 'k8s', '--set', 'warmUp=1m'];

  beforeAll(async () => {
    mkdirSync(join(cwd, 'k8s'));
    writeFileSync(join(cwd, 'access.log'), accessLog());
    writeFileSync(join(cwd, 'k8s/cart.yaml'), deployment('cart'));
    writeFileSync(join(cwd, 'k8s/web.yaml'), `${deployment('web')}---\n${hpa}`);
    expect((await run(...recorded, '--to', 'cart', '--out', join(cwd, 'cart'))).code).toBe(0);
  }, 120_000);

  it('says first where the traffic goes if that is a guess, and lists the same guesses everywhere', async () => {
    const { code, out, err } = await run(...recorded, '--out', join(cwd, 'guessed'));
    expect(code).toBe(0);
    expect(err).toMatch(/^All traffic goes to web \(a guess\); candidates: cart, web; choose with `--to web`\.\n/);
    const { guesses, trust } = result('guessed');
    expect(err).toContain(`\n${guesses.length} things the manifests do not say are guesses`);
    for (const [i, { what }] of guesses.entries()) expect(err).toContain(`\n  ${i + 1}. ${what}`);
    expect(out).toContain(`On ${guesses.length} guesses, the first: where the traffic goes.`);
    const first = guesses.slice(0, 4).map(({ what }) => what);
    expect(out).toContain(
      `Guessed, so measure these first: ${first.join(', ')}; ${guesses.length - 4} more in the report.`,
    );
    expect(out).toContain(`\nWhy it scaled: hindcast explain ${join(cwd, 'guessed')}\n`);
    expect(out).toContain('--set workloads.web.replicas.min=3 --out reports/other, then hindcast compare');
    expect(guesses[1].what).toBe('CPU time of a request');
    const status = (input: string) => trust.find((entry) => entry.input.startsWith(input))?.status;
    expect([status('traffic of web'), status('work of web')]).toEqual(['half-guessed', 'half-guessed']);
  }, 120_000);

  it('takes the fitted CPU time along to the workload that is chosen', () => {
    const text = readFileSync(join(cwd, 'cart/scenario.yaml'), 'utf8');
    expect(text).toMatch(/measured:\n {2}workloads\.cart\.serve\.cpu: "?fitted to/);
    expect(result('cart').trust.find(({ input }) => input === 'traffic of cart')?.status).toBe('measured');
  });

  it('warns where a change sends the traffic away from what was fitted', async () => {
    const { err } = await run(
      join(cwd, 'cart/scenario.yaml'),
      '--set',
      'traffic[0].to=web',
      '--out',
      join(cwd, 'moved'),
    );
    expect(err).toMatch(
      /workloads\.cart\.serve\.cpu was measured \(fitted to .*the requests of web take other CPU times/,
    );
    expect(err).toContain('--to NAME fits it there');
  }, 120_000);

  it('refuses --to beside a scenario, and says how to make the scenario again', async () => {
    const { code, err } = await run(join(cwd, 'cart/scenario.yaml'), '--to', 'web');
    expect(code).toBe(2);
    expect(err).toMatch(/--to only with a --trace[^]*--trace FILE --manifests DIR --to web/);
  });

  it('cautions where nothing held a workload back that used more than it requests', () => {
    expect(result('cart').cautions).toEqual([
      expect.stringMatching(/^cart used \d.*times its CPU request.*without nodes/),
    ]);
    expect(readFileSync(join(cwd, 'cart/report.md'), 'utf8')).toContain('> :warning: cart used');
    expect(readFileSync(join(cwd, 'cart/index.html'), 'utf8')).toContain('<strong>Caution:</strong> cart used');
  });

  it('keeps the scenario as it was run, which runs again to the same journal', async () => {
    const { code, out } = await run(join(cwd, 'cart/scenario.yaml'), '--json');
    expect(code).toBe(0);
    expect((JSON.parse(out) as Told).journal.hash).toBe(result('cart').journal.hash);
    const changed = await run(
      join(cwd, 'cart/scenario.yaml'),
      '--set',
      'duration=5m',
      '--seed',
      '3',
      '--out',
      'deep/er',
    );
    expect(changed.code).toBe(0);
    const text = readFileSync(join(cwd, 'deep/er/scenario.yaml'), 'utf8');
    expect(text).toContain('duration: 5m');
    expect(text).toContain('seed: 3');
    expect(text).toContain('file: ../../access.log');
    const again = await run(join(cwd, 'deep/er/scenario.yaml'), '--json');
    expect((JSON.parse(again.out) as Told).journal.hash).toBe(result('deep/er').journal.hash);
  }, 120_000);

  it('writes no report among the files of somebody else, and says when it replaces one', async () => {
    const refused = await run(...recorded, '--out', join(cwd, 'k8s'));
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(
      /k8s: must be an empty folder or hold an earlier report, held cart\.yaml, web\.yaml\n {2}Choose another folder.*--force/,
    );
    expect(readdirSync(join(cwd, 'k8s'))).toEqual(['cart.yaml', 'web.yaml']);
    mkdirSync(join(cwd, 'full'));
    writeFileSync(join(cwd, 'full/notes.txt'), 'mine');
    const scenario = join(cwd, 'deep/er/scenario.yaml');
    const forced = await run(scenario, '--out', join(cwd, 'full'), '--force');
    expect(forced.out).toMatch(/Report: .*full\/index\.html\n/);
    expect((await run(scenario, '--out', join(cwd, 'full'))).out).toMatch(
      /full\/index\.html \(replaces an earlier one\)\n/,
    );
    expect(readFileSync(join(cwd, 'full/notes.txt'), 'utf8')).toBe('mine');
  }, 120_000);

  it('explains only times of the run, and says which was meant', async () => {
    const at = (text: string) => hindcast(['explain', 'cart', '--at', text], cwd);
    const { code, err } = await at('08:10:00');
    expect(code).toBe(2);
    expect(err).toMatch(/the run lasts 15 min.*08:00:00 to 08:15:00 UTC\)\n {2}Did you mean 08:10:00 UTC = 00:10:00\?/);
    const same = await at('00:10:00');
    for (const text of ['2026-03-10T08:10Z', '2026-03-10 08:10:00 UTC']) expect(await at(text)).toEqual(same);
    expect(same.code).toBe(0);
  });

  it.each([
    [
      ['run', '--trace', 'k8s/web.yaml', '--manifests', 'k8s'],
      /does not look like an access log, CSV.*it looks like YAML/,
    ],
    [['run', '--trace', 'nope.log', '--manifests', 'k8s'], /not found\n.*command line starts at the current folder/],
    [['trace', 'fit', 'access.log'], /at least two days long to be fitted, was 0\.01 days\n.*hindcast run --trace/],
  ])('%j is answered with the mend', async (words, message) => {
    const { code, err } = await hindcast(words, cwd);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('gives no verdicts between different worlds', async () => {
    const apart = await hindcast(['compare', 'cart', 'deep/er'], cwd);
    expect(apart.code).toBe(0);
    expect(apart.out).not.toMatch(/Verdict|worse|better/);
    expect(apart.out).toContain('No verdicts: a difference between worlds');
  });

  it('import takes a log with the CPU time fitted to it, to the workload that is named', async () => {
    const { code, out, err } = await hindcast(['import', 'k8s', '--trace', 'access.log', '--to', 'cart'], cwd);
    expect({ code, err }).toEqual({ code: 0, err: 'access.log: 9,000 requests in 15m from 2026-03-10T08:00:00Z.\n' });
    expect(out).toMatch(/workloads\.cart\.serve\.cpu: "fitted to/);
    const guessed = await hindcast(['import', 'k8s', '--trace', 'access.log'], cwd);
    expect(guessed.err).toMatch(/^All traffic goes to web \(a guess\)/);
  });
});

describe('a log whose requests go to several workloads', () => {
  const cwd = emptyFolder();
  const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  rules:
    - http:
        paths:
          - { path: /cart, pathType: Prefix, backend: { service: { name: cart } } }
          - { path: /gone, pathType: Prefix, backend: { service: { name: gone } } }
          - { path: /, pathType: Prefix, backend: { service: { name: web } } }
`;

  beforeAll(() => {
    mkdirSync(join(cwd, 'k8s'));
    const paths = ['/', '/cart', '/', '/cart/items', '/gone'];
    let line = 0;
    const log = accessLog().replaceAll('GET / ', () => `GET ${paths[line++ % paths.length]} `);
    writeFileSync(join(cwd, 'access.log'), `not a line\n${log}`);
    writeFileSync(join(cwd, 'k8s/all.yaml'), [deployment('cart'), deployment('web'), ingress].join('---\n'));
  });

  it('is shared out by the Ingress, each workload with its own traffic and times', async () => {
    const words = ['--trace', 'access.log', '--manifests', 'k8s', '--set', 'warmUp=1m', '--out', join(cwd, 'shared')];
    const { code, err } = await hindcast(['run', ...words], cwd);
    expect(code).toBe(0);
    expect(err).toContain('access.log: 9,000 requests in 15m from 2026-03-10T08:00:00Z; 1 of 9001 lines are broken');
    expect(err).toContain(
      'Requests are shared out by Ingress shop (k8s/all.yaml:29): cart 3,600, web 3,600; 1,800 go to none of the workloads and are left out.',
    );
    expect(err).not.toContain('All traffic goes to');
    const text = readFileSync(join(cwd, 'shared/scenario.yaml'), 'utf8');
    expect(text).toMatch(/# +- access\.log 1,800 of 9,000 requests \(they go to none of the workloads\)/);
    expect(text).toMatch(/workloads\.cart\.serve\.cpu: "?fitted to[^]*workloads\.web\.serve\.cpu: "?fitted to/);
    const { trust } = JSON.parse(readFileSync(join(cwd, 'shared/result.json'), 'utf8')) as Told;
    expect(trust.filter(({ input }) => input.startsWith('traffic of')).map(({ input }) => input)).toEqual([
      'traffic of cart',
      'traffic of web',
    ]);
  }, 120_000);

  it('goes to one workload where --to says so', async () => {
    const { out, err } = await hindcast(['import', 'k8s', '--trace', 'access.log', '--to', 'web'], cwd);
    expect(err).not.toContain('shared out');
    expect(out).not.toContain('only:');
    expect(out).toMatch(/- to: web +# --to/);
  }, 60_000);
});
