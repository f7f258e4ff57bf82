import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, hindcast } from './captured-io.js';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, resources: { requests: { cpu: 500m } } }] }
`;

/** A folder with manifests and a recording; nothing else may be in it afterwards. */
function folderWith(recording: string): string {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'k8s'));
  writeFileSync(join(cwd, 'k8s/web.yaml'), deployment);
  writeFileSync(join(cwd, 'access.log'), recording);
  return cwd;
}

describe('a recording that is none', () => {
  test.each([
    ['empty', '', /access\.log: must hold a trace, was empty\n.*Give an access log, a CSV.*query_range/],
    [
      'of plain text',
      'hello world\nthis is no log\n',
      /does not look like an access log.*it looks like lines of plain text, the first being "hello world"/,
    ],
    ['of one endless line', 'x'.repeat(100_000), /it looks like a line of more than 65536 characters/],
    [
      'of JSON objects',
      '{"time":"2026-03-04T08:00:00Z","status":200}\n{"time":"2026-03-04T08:00:01Z","status":200}\n',
      /access\.log:1: must be an access log.*was a JSON object a line\n.*--log-format/,
    ],
    ['binary', 'a\u0000b'.repeat(50), /it looks like a binary file/],
    ['an error of Prometheus', '{"status":"error","errorType":"bad_data","error":"no"}', /was an error: bad_data no/],
  ])('%s', async (_, recording, says) => {
    const cwd = folderWith(recording);
    const { code, out, err } = await hindcast(['run', '--trace', 'access.log', '--manifests', 'k8s'], cwd);
    expect(err).toMatch(says);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(readdirSync(cwd).sort()).toEqual(['access.log', 'k8s']);
  });

  test('a folder', async () => {
    const { code, err } = await hindcast(['run', '--trace', 'k8s', '--manifests', 'k8s'], folderWith(''));
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringMatching(/was a directory\n.*cat a\.log b\.log/),
    });
  });
});

test('a log of one line is read, and said to be too short', async () => {
  const cwd = folderWith('9.9.9.9 - - [04/Mar/2026:08:00:00 +0000] "GET / HTTP/1.1" 200 1\n');
  const { code, err } = await hindcast(['import', 'k8s', '--trace', 'access.log'], cwd);
  expect({ code, err }).toEqual({
    code: 0,
    err: 'access.log: 1 request in 1s from 2026-03-04T08:00:00Z; shorter than the minutes in which an autoscaler acts: give a longer one.\n',
  });
});

test('an Argo Rollout is told apart from nothing', async () => {
  const cwd = folderWith('');
  writeFileSync(join(cwd, 'r.yaml'), 'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: web }\n');
  const { code, err } = await hindcast(['import', 'r.yaml'], cwd);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/held 1 Rollout\n.*written as a Deployment/) });
});

describe('what was meant otherwise', () => {
  test('a manifest as a scenario', async () => {
    const file = join(folderWith(''), 'k8s/web.yaml');
    const { code, out, err } = await hindcast(['run', file], emptyFolder());
    expect(err).toMatch(/web\.yaml:2: kind must be a scenario, was a manifest of Kubernetes \(Deployment\)\n/);
    expect(err).toContain(`hindcast import ${file} --out`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test.each([
    [['run', '--manifests', 'k8s'], /--manifests needs the traffic[^]*hindcast import k8s --out/],
    [['import', 'empty'], /^empty: must hold manifests of Kubernetes, held no YAML or JSON file\n/],
  ])('%j', async (words, says) => {
    const cwd = folderWith('');
    mkdirSync(join(cwd, 'empty'));
    const { code, out, err } = await hindcast(words, cwd);
    expect(err).toMatch(says);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('a run that has the name of a folder', () => {
  const scenario =
    'name: k8s\nduration: 1m\nwarmUp: 0s\ntraffic: [{ to: web, generate: { constant: 1/s } }]\nworkloads: { web: { serve: { cpu: 20ms } } }\n';

  test('is found under reports/', async () => {
    const cwd = folderWith('');
    writeFileSync(join(cwd, 'own.yaml'), scenario);
    expect((await hindcast(['run', join(cwd, 'own.yaml'), '--quiet'], cwd)).code).toBe(0);
    for (const words of [
      ['explain', 'k8s'],
      ['replay', 'k8s'],
      ['compare', 'k8s', 'k8s'],
    ])
      expect(await hindcast(words, cwd)).toMatchObject({ code: 0, err: '' });
  }, 60_000);

  test('that was never made is missed where it was looked for first', async () => {
    const cwd = folderWith('');
    for (const word of ['explain', 'replay'])
      expect(await hindcast([word, 'k8s'], cwd)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^k8s: must be the folder of a report, had no journal/),
      });
  });
});
