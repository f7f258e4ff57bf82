import { basename } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesUnder, lineCount } from './product-files.js';
import type { ProductFile } from './product-files.js';

const sources = filesUnder('src', /\.ts$/);
const layers =
  /^src\/(kernel|domain|engine|sim|live|models|traces|catalogue|experiment|report|cli)\/([a-z0-9-]+\/)*[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/;

/** Words that say that a thing has a job, not what the job is. */
const emptyWords = new Set(['manager', 'helper', 'helpers', 'util', 'utils', 'processor', 'base']);

/** `web-service` and `WebService` to [web, service]. */
function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase());
}

/** Names of the functions, classes, interfaces and types that a file declares at its top. */
function declaredNames(file: ProductFile): string[] {
  const parsed = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, false);
  return parsed.statements.flatMap((statement) => {
    const named =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement);
    return named && statement.name !== undefined ? [statement.name.text] : [];
  });
}

/** At the end of a name `service` is empty as well; at its start it is the field's own term, as in service time. */
function isEmpty(name: string): boolean {
  const parts = words(name);
  return parts.some((word) => emptyWords.has(word)) || parts.at(-1) === 'service';
}

/** Names in a file, its own included, that contain an empty word. */
function emptyNames(file: ProductFile): string[] {
  const names = [basename(file.path, '.ts'), ...file.path.split('/').slice(0, -1), ...declaredNames(file)];
  return names.filter(isEmpty).map((name) => `${file.path}: ${name}`);
}

/** Mode flags: the engine does not know in which world it runs. */
const modeFlag = /\b(isLive|isSim|isSimulated|isBacktest|dryRun)\b|\bmode\s*[!=]==/;

function modeFlags(file: ProductFile): string[] {
  return file.text.split('\n').flatMap((line, index) => (modeFlag.test(line) ? [`${file.path}:${index + 1}`] : []));
}

describe('names', () => {
  test('no file, folder, function, class, interface or type has an empty name', () => {
    expect(sources.flatMap(emptyNames)).toEqual([]);
  });

  test.each([
    ['src/sim/pod-manager.ts', ''],
    ['src/sim/utils/round.ts', ''],
    ['src/sim/pod.ts', 'export class PodHelper {}'],
    ['src/sim/pod.ts', 'class HTTPService {}'],
    ['src/sim/pod.ts', 'export function eventProcessor() {}'],
    ['src/sim/pod.ts', 'export interface PolicyBase {}'],
  ])('an empty name in %s (%s) is found', (path, text) => {
    expect(emptyNames({ path, text })).toHaveLength(1);
  });

  test('the terms of the field and words that only contain an empty word are no empty names', () => {
    const text = 'export type ServiceTimes = 1; function utilization() {} export interface Baseline {}';
    expect(emptyNames({ path: 'src/domain/database.ts', text })).toEqual([]);
  });

  test('no types.ts is over 100 lines', () => {
    expect(sources.filter((file) => basename(file.path) === 'types.ts' && lineCount(file) > 100)).toEqual([]);
  });

  test('every file lies in a layer and has a kebab-case name', () => {
    expect(sources.map(({ path }) => path).filter((path) => !layers.test(path))).toEqual([]);
  });

  test('kernel, domain and engine know no modes', () => {
    const brain = sources.filter(({ path }) => /^src\/(kernel|domain|engine)\//.test(path));
    expect(brain).not.toEqual([]);
    expect(brain.flatMap(modeFlags)).toEqual([]);
  });

  test.each(['if (this.isLive) return;', 'options.dryRun', "mode === 'live'", "config.mode !== 'sim'"])(
    'the mode flag in `%s` is found',
    (text) => {
      expect(modeFlags({ path: 'src/engine/engine.ts', text: `\n${text}\n` })).toEqual(['src/engine/engine.ts:2']);
    },
  );
});
