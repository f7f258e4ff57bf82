import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import { type Path, pathText } from './tree.js';

/** How the value at a path was measured, in the scenario's own words; null where it does not say so. */
export function measuredHow({ measured }: Scenario, path: Path): string | null {
  const key = pathText(path);
  return measured !== undefined && Object.hasOwn(measured, key) ? measured[key] : null;
}

/** Throws InputError, with the line, where `measured` names a value that the scenario does not have. */
export function requireMeasured({ measured }: Scenario, tree: SourceTree): void {
  for (const key of Object.keys(measured ?? {})) {
    if (tree.has(pathOf(key))) continue;
    tree.reject(
      ['measured', key],
      'must be the path of a value that this scenario gives',
      'Write it from the top, as workloads.web.serve.cpu or traffic[0].classes[0].cpu.',
    );
  }
}

function pathOf(text: string): Path {
  return text
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
