import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/domain/run-result.js';
import { verdictOf } from '../../src/report/verdict.js';
import { emptyFolder, hindcast } from '../cli/captured-io.js';

const readme = readFileSync('README.md', 'utf8');

/** Console blocks of the README: a command line after `$`, and what it prints; a last line that ends in `...` is cut short there. */
const sessions = [...readme.matchAll(/```\n\$ npx hindcast (.*)\n([\s\S]*?)```/g)].map(([, line, printed]) => ({
  words: line.split(' '),
  printed: printed.trimEnd(),
}));

/** The scenario that the README shows, with the slip that its next block is about. */
function slip(): string {
  const shown = /```yaml\n([\s\S]*?)```/.exec(readme);
  expect(shown).not.toBeNull();
  return (shown as RegExpExecArray)[1].replace('scaling:', 'scalng:');
}

describe('the README', () => {
  const folder = emptyFolder();

  beforeAll(async () => {
    for (const part of ['scenarios', 'traces']) cpSync(part, join(folder, part), { recursive: true });
    writeFileSync(join(folder, 'mine.yaml'), slip());
    for (const name of ['drain', 'quickstart']) {
      expect((await hindcast(['run', `scenarios/${name}.yaml`, '--quiet'], folder)).code).toBe(0);
    }
  }, 300_000);

  it('shows at least four commands with their output', () => {
    expect(sessions.length).toBeGreaterThanOrEqual(4);
  });

  it.each(sessions)('$words prints what the README says', async ({ words, printed }) => {
    const { out, err } = await hindcast(
      words.map((word) => (word === 'mine.yaml' ? join(folder, word) : word)),
      folder,
    );
    const actual = `${out}${err}`.replaceAll(`${folder}/`, '').trimEnd();
    if (printed.endsWith('...')) expect(actual.slice(0, printed.length - 4)).toBe(printed.slice(0, -4));
    else expect(actual).toBe(printed);
  });

  it('shows the verdict that quickstart gives', () => {
    const result = JSON.parse(readFileSync(join(folder, 'reports/quickstart/result.json'), 'utf8')) as RunResult;
    expect(readme).toContain(verdictOf(result).sentence);
  });
});
