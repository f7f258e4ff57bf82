import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deployment, hpa } from '../experiment/manifests/manifest-texts.js';
import { emptyFolder, hindcast } from './captured-io.js';

/** A folder of manifests with one file that is none. */
function folderOfManifests(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'k8s/hpa'), { recursive: true });
  writeFileSync(join(folder, 'k8s/web.yaml'), deployment);
  writeFileSync(join(folder, 'k8s/hpa/web.yml'), hpa);
  writeFileSync(join(folder, 'k8s/values.yaml'), 'image: shop/web\n');
  return folder;
}

describe('hindcast import', () => {
  test('writes a scenario that check accepts and run runs, and says what to do next', async () => {
    const folder = folderOfManifests();
    const { code, out, err } = await hindcast(['import', 'k8s', '--out', 'shop.yaml'], folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('decide the answer  CPU time of a request, Traffic');
    expect(out).toContain('hindcast run shop.yaml');
    expect(readdirSync(folder).sort()).toEqual(['k8s', 'shop.yaml']);
    const file = join(folder, 'shop.yaml');
    const checked = await hindcast(['check', file], folder);
    expect(checked).toMatchObject({ code: 0, err: '' });
    expect(checked.out).toContain('web: 3 to 30 pods, policy hpa');
    const ran = await hindcast(['run', file, '--json', '--set', 'duration=10m'], folder);
    expect(ran.code).toBe(0);
    expect(Number(JSON.parse(ran.out).requests.served)).toBeGreaterThan(30_000);
  }, 180_000);

  test('prints the scenario without --out, and reads standard input', async () => {
    const { code, out } = await hindcast(['import', '-'], emptyFolder(), undefined, `${deployment}---\n${hpa}`);
    expect(code).toBe(0);
    expect(out).toContain('# standard input:20 resources.requests.cpu');
  });

  test('takes a trace, relative to the file it writes', async () => {
    const folder = folderOfManifests();
    const rows = Array.from({ length: 60 }, (_, i) => `${i * 10},${20 + (i % 7)}`);
    writeFileSync(join(folder, 'log.csv'), ['timestamp,requests_per_second', ...rows].join('\n'));
    const words = ['import', 'k8s', '--trace', 'log.csv', '--out', 'scenarios/shop.yaml'];
    expect((await hindcast(words, folder)).err).toBe('log.csv: 60 values of requests/s in 10m.\n');
    expect(readFileSync(join(folder, 'scenarios/shop.yaml'), 'utf8')).toContain('file: ../log.csv');
    const checked = await hindcast(['check', join(folder, 'scenarios/shop.yaml')], folder);
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('runs       10m');
  });

  test('replaces a file only with --force, and leaves nothing behind', async () => {
    const folder = folderOfManifests();
    writeFileSync(join(folder, 'mine.yaml'), 'mine\n');
    const refused = await hindcast(['import', 'k8s', '--out', 'mine.yaml'], folder);
    expect(refused.code).toBe(2);
    expect(refused.err).toBe('mine.yaml: is there already\n  Choose another name, or replace it with --force.\n');
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toBe('mine\n');
    expect((await hindcast(['import', 'k8s', '--out', 'mine.yaml', '--force'], folder)).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['k8s', 'mine.yaml']);
  });

  test.each<[string[], RegExp]>([
    [['import'], /An argument is missing/],
    [['import', 'nowhere.yaml'], /^nowhere\.yaml: cannot be read: there is no such file/],
    [['import', 'k8s/hpa'], /must hold a Deployment, StatefulSet or ReplicaSet/],
    [['import', 'k8s', '--to', 'wbe'], /Did you mean web\?/],
    [['import', 'k8s', '--nme', 'x'], /Did you mean --name\?/],
  ])('%j is bad input', async (words, says) => {
    const { code, err } = await hindcast(words, folderOfManifests());
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });
});
