import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesUnder, root } from './product-files.js';
import type { ProductFile } from './product-files.js';

/** Split in two, so that this file does not contain what it forbids. */
const forbidden = [
  ['/wo', 'rk/'],
  ['session', ' of'],
  ['sub', 'agent'],
  ['TO', 'DO'],
  ['FIX', 'ME'],
].map((halves) => halves.join(''));
const pattern = new RegExp(`(?<![A-Za-z0-9.])(${forbidden.join('|')})`);

/** Lines that name the workshop instead of the product, or promise work instead of doing it. */
function forbiddenWords(file: ProductFile): string[] {
  return file.text.split('\n').flatMap((line, index) => {
    const word = pattern.exec(line)?.[1];
    return word === undefined ? [] : [`${file.path}:${index + 1} ${word}`];
  });
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string }>>;
}

describe('words', () => {
  test('no text file contains a forbidden word', () => {
    const texts = filesUnder('.', /^(LICENSE|run|\.[a-z]+|.*\.(ts|js|mjs|json|md|ya?ml|sh|csv|html))$/).filter(
      ({ path }) => path !== '.git',
    );
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.flatMap(forbiddenWords)).toEqual([]);
  });

  test.each(forbidden)('%s is found', (word) => {
    expect(forbiddenWords({ path: 'a.md', text: `fine\nand ${word} x` })).toEqual([`a.md:2 ${word}`]);
  });

  test('the lockfile names no registry and every package has its hash', () => {
    const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
    const installed = Object.entries(lockfile.packages).filter(([path]) => path.startsWith('node_modules/'));
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, { resolved }]) => resolved?.includes('://') ?? false)).toEqual([]);
    expect(installed.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });
});
