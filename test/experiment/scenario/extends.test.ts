import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { extendedTree } from '../../../src/experiment/scenario/extended-tree.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import { SourceTree } from '../../../src/experiment/scenario/source-tree.js';
import { isMap, type Tree, type TreeMap } from '../../../src/experiment/scenario/tree.js';
import { emptyFolder, hindcast } from '../../cli/captured-io.js';

const shop = `name: shop
question: Does the shop hold?
answer: [{ say: "Yes." }]
duration: 30m
slo: { latency: 300ms, target: 99.9% }
traffic:
  - to: web
    generate: { constant: 50/s }
workloads:
  web:
    serve: { cpu: { exponential: 20ms } }
    replicas: { initial: 4, min: 2, max: 10 }
    scaling: { policy: hpa, metrics: [{ cpu: 60% }] }
faults: [{ at: 5m, kill: { pods: 1, of: web } }]
expected: { podHours: 1 }
`;

/** Writes the files of a test and says where they are. */
function written(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function load(file: string, overrides: readonly string[] = []) {
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: 'test', overrides });
}

/** The message of a refusal, with the folder taken out. */
async function refusal(files: Readonly<Record<string, string>>, file: string): Promise<string> {
  const folder = written(files);
  const { code, err } = await hindcast(['check', join(folder, file)], folder);
  expect(code).toBe(2);
  return err.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
}

describe('a scenario that extends another', () => {
  test('is what it would be if it were written out, with the same identity', async () => {
    const folder = written({
      'shop.yaml': shop,
      'more/busy.yaml': 'extends: ../shop.yaml\nworkloads: { web: { replicas: { min: 4 } } }\nfaults: null\n',
      'more/eager.yaml':
        'extends: busy.yaml\nquestion: And sooner?\nworkloads: { web: { scaling: { metrics: [{ cpu: 45% }] } } }\n',
      'plain.yaml': shop
        .replace('name: shop\n', '')
        .replace('min: 2', 'min: 4')
        .replace('60%', '45%')
        .replace(/faults.*\n/, ''),
    });
    const eager = await load(join(folder, 'more/eager.yaml'));
    const plain = await load(join(folder, 'plain.yaml'));
    expect(eager.identity.scenarioHash).toBe(plain.identity.scenarioHash);
    expect(eager.world.faults).toEqual([]);
    expect(eager).toMatchObject({ name: 'eager', question: 'And sooner?', answers: [], expected: null });
  });

  test('--set comes last, and what it leads to may stand in the extended file alone', async () => {
    const folder = written({ 'shop.yaml': shop, 'busy.yaml': 'extends: ./shop.yaml\nslo: { target: 95% }\n' });
    const { engine, world } = await load(join(folder, 'busy.yaml'), [
      'workloads.web.replicas.max=20',
      'slo.target=90%',
    ]);
    expect(engine.workloads[0].maxReplicas).toBe(20);
    expect(world.slo.target).toBe(0.9);
    await expect(load(join(folder, 'busy.yaml'), ['extends=./other.yaml'])).rejects.toThrow('cannot be set here');
  });

  test('finds traces from the file that names them', async () => {
    const folder = written({
      'world/load.csv': 'time,requests\n0,10\n60,20\n120,10\n180,10\n',
      'world/shop.yaml': shop.replace(
        'generate: { constant: 50/s }',
        'trace: { file: load.csv, unit: requests, repeat: 20 }',
      ),
      'mine.yaml': 'extends: world/shop.yaml\n',
    });
    const { identity } = await load(join(folder, 'mine.yaml'));
    expect(Object.keys(identity.traceHashes)).toHaveLength(1);
  });

  test('check shows what it extends', async () => {
    const folder = written({ 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'extends: shop.yaml\n', 'shop.yaml': shop });
    const { code, out } = await hindcast(['check', join(folder, 'a.yaml')], folder);
    expect(code).toBe(0);
    expect(out.replaceAll(`${folder}/`, '')).toContain('extends    b.yaml, which extends shop.yaml\n');
  });

  test.each<readonly [string, Readonly<Record<string, string>>, string, RegExp]>([
    ['a value of its own', { 'a.yaml': 'extends: shop.yaml\n\ntick: -1s\n' }, 'a.yaml', /^a\.yaml:3: tick must be/],
    [
      'a value of the extended file',
      { 'shop.yaml': shop.replace('latency: 300ms', 'latency: 300'), 'a.yaml': 'extends: shop.yaml\n' },
      'a.yaml',
      /^shop\.yaml:5: slo\.latency must be [^]*a\.yaml can replace slo\.latency/,
    ],
    [
      'two forms of one choice',
      { 'a.yaml': 'extends: shop.yaml\nworkloads: { web: { scaling: { policy: fixed } } }\n' },
      'a.yaml',
      /^shop\.yaml:13: workloads\.web\.scaling\.metrics is not a known key[^]*take it away with null/,
    ],
    [
      'a key that cannot be taken away',
      { 'a.yaml': 'extends: shop.yaml\nworkloads:\n  web:\n    replica: null\n' },
      'a.yaml',
      /^a\.yaml:4: workloads\.web\.replica is null, which takes away a key that shop\.yaml does not have/,
    ],
    [
      'a circle',
      { 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'tick: 5s\nextends: sub/../a.yaml\n', 'sub/x.yaml': '' },
      'a.yaml',
      /^b\.yaml:2: extends must not lead back to a file that extends this one: a\.yaml -> b\.yaml -> a\.yaml/,
    ],
    ['itself', { 'a.yaml': 'extends: a.yaml\n' }, 'a.yaml', /must not lead back .*a\.yaml -> a\.yaml/],
    [
      'a file that is not there',
      { 'a.yaml': 'extends: no.yaml\n' },
      'a.yaml',
      /^a\.yaml:1: extends must name .*no such file/,
    ],
    ['a directory', { 'a.yaml': 'extends: .\n' }, 'a.yaml', /^a\.yaml:1: extends must name .*was a directory/],
    ['a list', { 'a.yaml': 'extends: [b.yaml]\n' }, 'a.yaml', /^a\.yaml:1: extends must be the path/],
    [
      'a bomb',
      { 'a.yaml': 'extends: bomb.yaml\n', 'bomb.yaml': '['.repeat(20_000) },
      'a.yaml',
      /^bomb\.yaml: must be nested at most 64 levels deep/,
    ],
  ])('points at the right file and line: %s', async (_, files, file, says) => {
    expect(await refusal({ 'shop.yaml': shop, ...files }, file)).toMatch(says);
  });

  test('a chain has an end', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`s${i}.yaml`, i === 11 ? shop : `extends: s${i + 1}.yaml\n`]),
    );
    expect(await refusal(files, 's0.yaml')).toMatch(/^s7\.yaml:1: extends must not lead through more than 8 files: s0/);
    await expect(load(join(written(files), 's4.yaml'))).resolves.toMatchObject({ name: 's4' });
  });
});

describe('merging', () => {
  const leaf = fc.oneof(fc.integer(), fc.constantFrom('a', 'b'), fc.array(fc.integer(), { maxLength: 2 }));
  const { map } = fc.letrec<{ map: TreeMap; node: Tree }>((tie) => ({
    map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { maxKeys: 3 }),
    node: fc.oneof({ maxDepth: 3 }, leaf, tie('map')),
  }));
  const over = (below: TreeMap, above: TreeMap): Tree =>
    extendedTree(new SourceTree('below', below, new Map()), new SourceTree('above', above, new Map())).value;

  test('takes from below what is not above, over and over the same', () => {
    fc.assert(
      fc.property(map, map, (below, above) => {
        const merged = over(below, above);
        expect(over(below, {})).toEqual(below);
        expect(over({}, above)).toEqual(above);
        expect(over(isMap(merged) ? merged : {}, above)).toEqual(merged);
      }),
      { seed: 11 },
    );
  });

  test('is associative: a chain may be read from either end', () => {
    fc.assert(
      fc.property(map, map, map, (a, b, c) => {
        const [ab, bc] = [over(a, b), over(b, c)];
        // A list or a word that stands between two mappings hides the lower one from the upper one only when read from below.
        fc.pre(sameShape(a, b) && sameShape(b, c) && sameShape(a, c));
        expect(over(isMap(ab) ? ab : {}, c)).toEqual(over(a, isMap(bc) ? bc : {}));
      }),
      { seed: 12 },
    );
  });

  function sameShape(one: Tree, other: Tree): boolean {
    if (!isMap(one) || !isMap(other)) return isMap(one) === isMap(other);
    return Object.keys(one).every((key) => !Object.hasOwn(other, key) || sameShape(one[key], other[key]));
  }
});
