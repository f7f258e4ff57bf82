import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, emptyFolder, hindcast } from './captured-io.js';

const policy = `
export default ({ z }) => ({
  policies: [
    {
      name: 'ready-plus',
      description: 'So many replicas more than are ready.',
      schema: z.strictObject({ spare: z.int().min(0).default(2) }),
      create: ({ spare }) => ({
        decide({ specReplicas, pods }) {
          const ready = pods.filter((pod) => pod.ready === true).length;
          const desired = Math.max(1, ready + spare);
          const rules = [{ rule: 'ready-plus', before: specReplicas, after: desired, numbers: { ready, spare } }];
          return { rawDesired: desired, desired, winner: null, metrics: [], rules, reason: 'ready-plus' };
        },
      }),
    },
  ],
});
`;

const scenario = (scaling: string): string => `
duration: 5m
warmUp: 1m
traffic: [{ to: web, generate: { constant: 20/s } }]
workloads:
  web:
    replicas: { initial: 2, min: 1, max: 6 }
    serve: { cpu: 10ms }
    scaling: ${scaling}
`;

const folder = emptyFolder();

beforeAll(() => {
  writeFileSync(join(folder, 'my-policy.mjs'), policy);
  writeFileSync(join(folder, 'alone.yaml'), scenario('{ policy: ready-plus, spare: 1 }'));
  writeFileSync(
    join(folder, 'inside.yaml'),
    scenario('{ policy: composite, combine: max, policies: [{ policy: fixed, replicas: 1 }, { policy: ready-plus }] }'),
  );
});

function cli(...words: string[]): Promise<Outcome> {
  return hindcast(words, folder);
}

describe('a policy from outside the package', () => {
  test('decides a run, whose identity names it, and is listed', async () => {
    const { code, out, err } = await cli('run', join(folder, 'alone.yaml'), '--plugin', './my-policy.mjs', '--json');
    expect(err).toBe('');
    expect(code).toBe(0);
    const result: unknown = JSON.parse(out);
    expect(result).toMatchObject({
      workloads: { web: { pods: { max: 6 } } },
      identity: { pluginHashes: { 'my-policy.mjs': expect.stringMatching(/^[0-9a-f]{64}$/) as unknown } },
    });
    expect((await cli('list', 'policies', '--plugin', 'my-policy.mjs')).out).toMatch(
      /ready-plus +So many replicas more/,
    );
    expect((await cli('check', join(folder, 'inside.yaml'), '--plugin', 'my-policy.mjs')).code).toBe(0);
  });

  test('is needed again, unchanged, for a replay', async () => {
    expect(
      (await cli('run', join(folder, 'inside.yaml'), '--plugin', 'my-policy.mjs', '--quiet', '--out', 'made')).code,
    ).toBe(0);
    expect((await cli('replay', 'made', '--plugin', 'my-policy.mjs')).out).toContain('are identical');
    const without = await cli('replay', 'made');
    expect(without.code).toBe(2);
    expect(without.err).toContain(
      'must be replayed with the plugin my-policy.mjs that it was recorded with, which is missing',
    );
    expect(readFileSync(join(folder, 'made', 'index.html'), 'utf8')).toContain('my-policy.mjs');
  });

  test.each([
    ['no file', null, 'must be a plugin that can be read, was no such file'],
    ['no module', 'export default (', 'must be a module that runs, and failed with'],
    ['no default export', 'export const policies = [];', 'must have a function as its default export, has none'],
    ['a factory that throws', "export default () => { throw new Error('no luck'); };", 'threw no luck'],
    ['an unknown part', 'export default () => ({ policy: [] });', 'Unrecognized key: "policy"'],
    ['a taken name', policy.replace('ready-plus', 'hpa'), 'policies must bring new names, was "hpa", which is taken'],
    [
      'no schema',
      "export default () => ({ policies: [{ name: 'a', description: 'B.', create() {} }] });",
      'policies.0.schema must be made with the z',
    ],
  ])('that is %s gives one clear error', async (name, text, expected) => {
    const file = `${name.replaceAll(' ', '-')}.mjs`;
    if (text !== null) writeFileSync(join(folder, file), text);
    const { code, err } = await cli('run', join(folder, 'alone.yaml'), '--plugin', file);
    expect(code).toBe(2);
    expect(err).toContain(`${file}: `);
    expect(err).toContain(expected);
  });
});
