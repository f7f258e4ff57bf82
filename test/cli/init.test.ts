import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, hindcast } from './captured-io.js';

describe('init', () => {
  test(
    'writes a scenario that passes the check and runs, and the commands it prints work',
    { timeout: 120_000 },
    async () => {
      const folder = emptyFolder();
      const { code, out } = await hindcast(['init', 'sale', '--trace'], folder);
      expect(code).toBe(0);
      expect(readdirSync(folder).sort()).toEqual(['sale.csv', 'sale.yaml']);
      const commands = out.split('\n').flatMap((line) => /^ {2}hindcast (.*?) {2,}/.exec(line)?.[1].split(' ') ?? []);
      expect(commands).toEqual('check sale.yaml --defaults run sale.yaml trace inspect sale.csv'.split(' '));
      const file = join(folder, 'sale.yaml');
      const checked = await hindcast(['check', file, '--defaults'], folder);
      expect(checked).toMatchObject({ code: 0, err: '' });
      const ran = await hindcast(['run', file], folder);
      expect(ran).toMatchObject({ code: 0, err: '' });
      expect(ran.out).toContain('sale: Does it keep its objective, and at what cost?');
      expect(existsSync(join(folder, 'reports/sale/index.html'))).toBe(true);
    },
  );

  test.each([[[]], [['--trace']]])('with %j every line that is commented out is right as it stands', async (words) => {
    const folder = emptyFolder();
    await hindcast(['init', ...words], folder);
    const file = join(folder, 'mine.yaml');
    const text = readFileSync(file, 'utf8');
    const optional = /^( *)# (?=[a-zA-Z ]+: )(?!yaml-language-server)/gm;
    expect([...text.matchAll(optional)].length).toBeGreaterThan(9);
    writeFileSync(file, text.replace(optional, '$1').replace(/^# dependencies:/m, 'dependencies:'));
    expect(await hindcast(['check', file], folder)).toMatchObject({ code: 0, err: '' });
  });

  test('names the schema for editors, by a path that is there', async () => {
    const folder = emptyFolder();
    await hindcast(['init'], folder);
    const [first] = readFileSync(join(folder, 'mine.yaml'), 'utf8').split('\n');
    const schema = /^# yaml-language-server: \$schema=(.*)$/.exec(first)?.[1] ?? '';
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toHaveProperty('title', 'Hindcast scenario');
  });

  test('never overwrites, and then writes nothing at all', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'sale.yaml'), 'mine already');
    const { code, err } = await hindcast(['init', 'sale', '--trace'], folder);
    expect(err).toMatch(/^sale\.yaml: must not exist yet/);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(['sale.yaml']);
    expect(readFileSync(join(folder, 'sale.yaml'), 'utf8')).toBe('mine already');
  });

  test.each(['../sale', 'a/b', '.hidden', ''])('refuses the name %j', async (name) => {
    const folder = emptyFolder();
    const { code, err } = await hindcast(['init', name], folder);
    expect(code).toBe(2);
    expect(err).toContain('NAME: must be letters, digits');
    expect(readdirSync(folder)).toEqual([]);
  });
});
