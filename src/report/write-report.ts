import { mkdir, stat } from 'node:fs/promises';
import { InputError, WorldError } from '../domain/errors.js';
import type { RunReport } from '../domain/run-result.js';
import { reportMarkdown } from './markdown.js';
import { reportPage } from './page/report-page.js';
import type { ReportExtras } from './report-extras.js';
import { resultJson } from './result-json.js';
import { seriesParquet } from './series-parquet.js';
import { vegaSources } from './vega-sources.js';
import { writeWhole } from './write-whole.js';

/**
 * Writes `result.json`, `series.parquet`, `report.md` and `index.html` into a folder, which is made where it is missing, and returns their paths.
 *
 * Everything is computed before the first file is written, and every file appears under its name only when it is complete. Throws an InputError where a
 * file stands in the folder's place, and a WorldError where the disk refuses.
 */
export async function writeReport(
  dir: string,
  report: RunReport,
  extras: ReportExtras = {},
): Promise<readonly string[]> {
  const files: readonly (readonly [name: string, content: string | Uint8Array])[] = [
    ['result.json', resultJson(report.result)],
    ['series.parquet', seriesParquet(report)],
    ['report.md', reportMarkdown(report, extras)],
    ['index.html', reportPage(report, extras, await vegaSources())],
  ];
  await makeFolder(dir);
  const paths: string[] = [];
  for (const [name, content] of files) paths.push(await writeWhole(dir, name, content));
  return paths;
}

async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
  } catch (cause) {
    if (['EEXIST', 'ENOTDIR'].includes(codeOf(cause))) throw notAFolder(dir);
    throw new WorldError(`The folder ${dir} cannot be made (${codeOf(cause)}).`, { cause });
  }
  if (!(await stat(dir)).isDirectory()) throw notAFolder(dir);
}

function notAFolder(dir: string): InputError {
  return new InputError(
    { source: dir },
    'a report needs a folder here, was a file',
    'Choose another folder, or move the file away.',
  );
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
