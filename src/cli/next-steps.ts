import { basename, join, relative } from 'node:path';
import type { EngineConfig } from '../domain/engine-config.js';
import type { LoadedScenario } from '../experiment/scenario/loaded-scenario.js';

/** What to try after the run of a scenario file, a line each; nothing where it left no report. */
export function nextSteps(folder: string | undefined, file: string, { engine }: LoadedScenario): string {
  if (folder === undefined) return '';
  const name = nameOf(folder);
  const choice = choiceOf(engine.workloads);
  const beside = basename(folder) === 'other' ? 'another' : 'other';
  const other =
    choice === null
      ? ''
      : `Another choice: hindcast run ${file} --set ${choice} --out ${join('reports', beside)}, then hindcast compare ${name} ${beside}\n`;
  return `Why it scaled: hindcast explain ${name}\n${other}`;
}

/** One pod more at the least, where the number changes; else one pod more. Null where nothing has pods. */
function choiceOf(workloads: EngineConfig['workloads']): string | null {
  const elastic = workloads.find(({ minReplicas, maxReplicas }) => minReplicas < maxReplicas);
  if (elastic !== undefined) return `workloads.${elastic.name}.replicas.min=${elastic.minReplicas + 1}`;
  const [fixed] = workloads;
  return fixed === undefined ? null : `workloads.${fixed.name}.replicas=${fixed.minReplicas + 1}`;
}

/** As `explain` and `compare` find it. */
function nameOf(folder: string): string {
  const below = relative('reports', folder);
  return below === '' || below.startsWith('..') ? folder : below;
}
