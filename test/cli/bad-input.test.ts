import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, hindcast } from './captured-io.js';

const good = `name: small
duration: 1m
warmUp: 0s
traffic:
  - to: web
    generate: { constant: 10/s }
workloads:
  web:
    serve: { cpu: 20ms }
    replicas: { initial: 2, min: 1, max: 4 }
`;

const trace = `traffic:
  - to: web
    trace: { file: trace.csv, unit: requests/s }
`;

/** The good scenario with one line replaced. */
function changed(line: string, by: string): string {
  expect(good).toContain(line);
  return good.replace(line, by);
}

/** A scenario on a trace file of its own. */
function onTrace(): string {
  return good.replace(/traffic:[^]*?\nworkloads/, `${trace}workloads`);
}

interface BadInput {
  readonly scenario: string;
  readonly trace?: string;
  readonly words?: readonly string[];
  /** What the one message must say. */
  readonly says: RegExp;
}

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghi'.split('').map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(', ')}]`),
].join('\n');

const inputs: Record<string, BadInput> = {
  'an unknown key': {
    scenario: changed('replicas:', 'replcas:'),
    says: /bad\.yaml:10: workloads\.web\.replcas is not a known key\n.*Did you mean replicas\?/,
  },
  'a wrong type': {
    scenario: changed('max: 4', 'max: many'),
    says: /bad\.yaml:10: workloads\.web\.replicas\.max must be a number, was "many"/,
  },
  'min above max': {
    scenario: changed('min: 1', 'min: 9'),
    says: /bad\.yaml:10: .*max must be at least min \(9\), was 4/,
  },
  'a start outside of the bounds': {
    scenario: changed('initial: 2', 'initial: 8'),
    says: /bad\.yaml:10: .*initial must be between min \(1\) and max \(4\), was 8/,
  },
  'a negative time': {
    scenario: changed('20ms', '-20ms'),
    says: /bad\.yaml:9: .*cpu must be a length of time.* was "-20ms"/,
  },
  'a duration of nothing': { scenario: changed('1m', '0s'), says: /bad\.yaml:2: duration must be above 0/ },
  'a missing field': {
    scenario: changed('duration: 1m\n', ''),
    says: /bad\.yaml:1: duration must be given, was missing/,
  },
  NaN: {
    scenario: changed('duration: 1m', 'duration: .nan'),
    says: /bad\.yaml:2: duration must be a finite number or a text, was NaN/,
  },
  'a service time missing': {
    scenario: changed('cpu: 20ms', 'wait: 20ms'),
    says: /bad\.yaml:9: .*serve\.cpu must be given/,
  },
  'a YAML bomb': { scenario: `${bomb}\n`, says: /bad\.yaml:\d+: .*must not expand more than 100 aliases/ },
  'an anchor inside itself': { scenario: 'traffic: &a [*a]\n', says: /bad\.yaml:1: .*must not contain itself/ },
  '20,000 nested levels': {
    scenario: `a: ${'['.repeat(20_000)}`,
    says: /bad\.yaml: must be nested at most 64 levels deep, was 20000/,
  },
  '20,000 nested dashes': { scenario: `${'- '.repeat(20_000)}x`, says: /nested at most 64 levels/ },
  'binary as YAML': { scenario: '\u0000\u0001\u0002', says: /bad\.yaml: must be text in UTF-8, was binary/ },
  'broken YAML': { scenario: 'name: [a\nduration: 1m\n', says: /bad\.yaml:\d+: is not valid YAML/ },
  'a key twice': {
    scenario: `${good}duration: 2m\n`,
    says: /bad\.yaml:11: is not valid YAML: Map keys must be unique/,
  },
  'an empty file': { scenario: '', says: /bad\.yaml:1: must be a mapping of keys/ },
  'a list as a scenario': { scenario: '- a\n', says: /was a list/ },
  'a forbidden key': {
    scenario: `${good}__proto__: { a: 1 }\n`,
    says: /bad\.yaml:11: must not use __proto__ as a key/,
  },
  'a cycle of calls': {
    scenario: `${changed('cpu: 20ms', 'cpu: 20ms, calls: [other]')}  other:\n    serve: { cpu: 5ms, calls: [web] }\n`,
    says: /bad\.yaml:12: .*was the cycle web -> other -> web/,
  },
  'an unknown call target': {
    scenario: changed('cpu: 20ms', 'cpu: 20ms, calls: [wep]'),
    says: /bad\.yaml:9: .*must call a workload, a dependency or a queue, was "wep"\n.*Did you mean web\?/,
  },
  'an unknown policy': {
    scenario: `${good}    scaling: { policy: fixd }\n`,
    says: /bad\.yaml:11: .*policy must be one of .*was "fixd"\n.*Did you mean fixed\?/,
  },
  'an unknown key of a policy': {
    scenario: `${good}    scaling: { policy: fixed, replica: 3 }\n`,
    says: /bad\.yaml:11: .*scaling\.replica is not a known key\n.*Did you mean replicas\?/,
  },
  'an object metric of nobody': {
    scenario: `${good}    scaling:\n      policy: hpa\n      metrics:\n        - object: in_flight\n          value: 5\n          describedObject: { kind: Service, name: wep }\n`,
    says: /bad\.yaml:16: workloads\.web\.scaling\.metrics\[0\]\.describedObject\.name must be a workload.*was "wep"\n.*Did you mean web\?/,
  },
  'an object metric with two targets': {
    scenario: `${good}    scaling: { policy: hpa, metrics: [{ object: in_flight, describedObject: { name: web }, value: 5, averageValue: 5 }] }\n`,
    says: /bad\.yaml:11: workloads\.web\.scaling\.metrics\[0\] object must have either value or averageValue/,
  },
  'a metric of a container that no pod has': {
    scenario: `${good}    scaling: { policy: hpa, metrics: [{ cpu: 60%, container: sidecar }] }\n`,
    says: /bad\.yaml:11: .*metrics\[0\]\.container must be the container of the pods, web, was "sidecar"/,
  },
  'shares that miss 100%': {
    scenario: changed(
      'constant: 10/s }',
      'constant: 10/s }\n    classes: [{ name: a, share: 50% }, { name: b, share: 40% }]',
    ),
    says: /bad\.yaml:7: traffic\[0\]\.classes must have shares that add up to 100%, added up to 90%/,
  },
  'an unknown instance type': {
    scenario: `${good}nodes: [{ type: m5.xlarge, count: 1 }]\n`,
    says: /bad\.yaml:11: nodes\[0\]\.type .*\n.*Did you mean aws\/m5\.xlarge\?/,
  },
  'a fault after the end': {
    scenario: `${good}faults:\n  - { at: 2m, kill: { pods: 1, of: web } }\n`,
    says: /bad\.yaml:12: faults\[0\]\.at must be within the run \(1m\), was 2m/,
  },
  'a threshold on nothing': {
    scenario: `${good}thresholds: [latency < 3]\n`,
    says: /bad\.yaml:11: thresholds\[0\] must name a number of the result/,
  },
  'an empty trace': { scenario: onTrace(), trace: '', says: /trace\.csv: must hold a trace, was empty/ },
  'a trace of one point': {
    scenario: onTrace(),
    trace: 'time,value\n0,5\n',
    says: /trace\.csv: must hold at least two points/,
  },
  'a trace out of order': { scenario: onTrace(), trace: 'time,value\n0,5\n120,5\n60,5\n', says: /trace\.csv:4: / },
  'a trace with NaN': { scenario: onTrace(), trace: 'time,value\n0,5\n60,NaN\n120,5\n', says: /trace\.csv:3: / },
  'a missing trace': { scenario: onTrace(), says: /trace\.csv: / },
  'a trace shorter than the run': {
    scenario: onTrace().replace('duration: 1m', 'duration: 10m'),
    trace: 'time,value\n0,5\n60,5\n',
    says: /bad\.yaml:6: traffic\[0\]\.trace must last the whole run \(10m\), lasted 2m/,
  },
  'an unknown trace of the catalogue': {
    scenario: onTrace().replace('file: trace.csv', 'name: worldcup98'),
    says: /bad\.yaml:6: traffic\[0\]\.trace\.name must be a trace of the catalogue.*\n.*worldcup98-a/,
  },
  'a known trace that is not here': {
    scenario: onTrace().replace('file: trace.csv', 'name: worldcup98-a'),
    says: /bad\.yaml:6: .*\n.*Trace worldcup98-a is absent/,
  },
  'an override of an unknown path': {
    scenario: good,
    words: ['--set', 'workloads.web.replicas.maxx=3'],
    says: /--set .*maxx is not a path of the scenario\n.*Did you mean max\?/,
  },
  'an override of __proto__': {
    scenario: good,
    words: ['--set', '__proto__.polluted=1'],
    says: /must not use __proto__/,
  },
  'an override of a constructor': {
    scenario: good,
    words: ['--set', 'workloads.constructor.prototype.x=1'],
    says: /must not use constructor/,
  },
  'an override without a value': { scenario: good, words: ['--set', 'duration'], says: /must be path=value/ },
  'an override of the wrong type': {
    scenario: good,
    words: ['--set', 'duration=soon'],
    says: /--set duration=soon: duration must be a length of time/,
  },
  'a seed that is no number': { scenario: good, words: ['--seed', 'lucky'], says: /--seed: must be a whole number/ },
};

describe('bad input', () => {
  test.each(Object.entries(inputs))('%s', async (_name, input) => {
    const folder = emptyFolder();
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, input.scenario);
    if (input.trace !== undefined) writeFileSync(join(folder, 'trace.csv'), input.trace);
    const before = readdirSync(folder);
    const { code, out, err } = await hindcast(['run', file, ...(input.words ?? [])], folder);
    expect(err).toMatch(input.says);
    expect(err).not.toMatch(/\n\s+at /);
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(readdirSync(folder)).toEqual(before);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a missing file', async () => {
    const { code, err } = await hindcast(['run', '/nowhere/at-all.yaml'], emptyFolder());
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^\/nowhere\/at-all\.yaml: cannot be read: there is no such file/),
    });
  });

  test('a directory as a file', async () => {
    const folder = emptyFolder();
    const { code, err } = await hindcast(['run', folder], folder);
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('must be a scenario file, was a directory'),
    });
  });

  test.each(['reports', 'reports/small'])('a file where the folder %s should be', async (path) => {
    const folder = emptyFolder();
    if (path.includes('/')) mkdirSync(join(folder, 'reports'));
    writeFileSync(join(folder, path), 'mine');
    writeFileSync(join(folder, 'good.yaml'), good);
    const { code, err } = await hindcast(['run', join(folder, 'good.yaml')], folder);
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('must be a folder for the report, was a file'),
    });
    expect(readdirSync(folder).sort()).toEqual(['good.yaml', 'reports']);
  });

  test.each([
    [['rnu', 'x'], /no command "rnu"[^]*Did you mean hindcast run\?/],
    [['run', 'x', '--sed', '3'], /"sed" here[^]*Did you mean --s/],
    [['run'], /An argument is missing after hindcast run/],
    [['--nope'], /^A command is missing\.\n {2}See hindcast --help\.\n$/],
    [['run', 'x', '--seed'], /seed/],
    [['list', 'polices'], /Did you mean policies\?/],
    [['trace', 'look', 'x'], /action must be one of "inspect", "fit", "fetch", was "look"/],
    [['explain', 'nothing'], /neither[^]*Run a scenario first/],
    [['replay', 'nothing'], /neither/],
  ])('usage %j', async (words, says) => {
    const { code, out, err } = await hindcast(words, emptyFolder());
    expect(err).toMatch(says);
    expect(err).not.toMatch(/\n\s+at /);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});
