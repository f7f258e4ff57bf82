import { join, relative } from 'node:path';
import type { LoadedScenario } from '../experiment/scenario/loaded-scenario.js';

/** What to try after the run of a scenario file, a line each; nothing where it left no report. */
export function nextSteps(folder: string | undefined, file: string, { engine }: LoadedScenario): string {
  if (folder === undefined) return '';
  const name = nameOf(folder);
  const elastic = engine.workloads.find(({ minReplicas, maxReplicas }) => minReplicas < maxReplicas);
  const choice =
    elastic === undefined ? 'duration=1h' : `workloads.${elastic.name}.replicas.min=${elastic.minReplicas + 1}`;
  return (
    `Why it scaled: hindcast explain ${name}\n` +
    `Another choice: hindcast run ${file} --set ${choice} --out ${join('reports', 'other')}, then hindcast compare ${name} other\n`
  );
}

/** As `explain` and `compare` find it. */
function nameOf(folder: string): string {
  const below = relative('reports', folder);
  return below === '' || below.startsWith('..') ? folder : below;
}
