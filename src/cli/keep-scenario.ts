import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LoadedScenario } from '../experiment/scenario/loaded-scenario.js';
import type { CliIo } from './cli-io.js';
import type { ReportFolder } from './report-folder.js';

const NAME = 'scenario.yaml';
/** Where the scenario that was run is itself the one beside its report, and was changed on the command line. */
const CHANGED = 'scenario-as-run.yaml';

/**
 * Writes the scenario, as it was run, beside its results, so that they can be made again and the user can go on from there. `text` is that of a
 * scenario that is no file yet. A file of the user's own that was run from there stays as it is.
 */
export async function keepScenario(
  folder: ReportFolder,
  scenario: LoadedScenario,
  text: string | null,
  { cwd }: Pick<CliIo, 'cwd'>,
): Promise<void> {
  const { asRunText } = await import('../experiment/scenario/as-run.js');
  const written = text ?? (await readFile(scenario.tree.file, 'utf8'));
  const kept = asRunText(written, scenario, { folder: resolve(folder.path), cwd });
  const isOwn = text === null && resolve(cwd, scenario.tree.file) === resolve(folder.path, NAME);
  if (isOwn && kept === written) return;
  await writeFile(join(folder.staging, isOwn ? CHANGED : NAME), kept);
}
