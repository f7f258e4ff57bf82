import { isAbsolute, relative, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { LoadedScenario } from './loaded-scenario.js';
import { isList, isMap, type Path, type Tree, type TreeMap, valueAt, withoutKey, withValue } from './tree.js';

/** Where a copy of a scenario will lie. */
export interface CopyPlace {
  /** Folder of the copy, whole. */
  readonly folder: string;
  /** Folder that the paths of a command line start from. */
  readonly cwd: string;
}

/**
 * A scenario as it was run, for a file that runs again from its own place: what it extends, its variant, overrides and seed are filled in,
 * and paths of traces and checkpoints start where the copy lies.
 *
 * `text` is the file as written. It is kept as it is, comments and all, where nothing of it changes, and otherwise as far as it stays the same.
 */
export function asRunText(text: string, scenario: LoadedScenario, place: CopyPlace): string {
  const document = parseDocument(text, { schema: 'core' });
  const written: unknown = document.toJS();
  const wanted = asRun(scenario, place);
  const changes = changesTo(written, wanted, []);
  if (changes.length === 0) return text;
  // What a golden test expects is not true of a run that was changed.
  document.delete('expected');
  for (const { path, value } of changes) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(value));
  }
  const kept = document.toString({ lineWidth: 0, flowCollectionPadding: true }).replace(EDITORS_NOTE, '');
  return `# As run from ${scenario.tree.file}; what was changed for the run is filled in.\n${kept}`;
}

/** Points editors to a schema that does not lie beside the copy. */
const EDITORS_NOTE = /^# *yaml-language-server:.*\n/m;

function asRun(scenario: LoadedScenario, place: CopyPlace): Tree {
  const { tree, world, name } = scenario;
  const alone = ['extends', 'variants', 'seeds', '$schema'].reduce<Tree>(
    (value, key) => withoutKey(value, [key]),
    tree.value,
  );
  const seeded = world.seed === (valueAt(alone, ['seed']) ?? 1) ? alone : withValue(alone, ['seed'], world.seed);
  const named = valueAt(seeded, ['name']) === undefined ? withValue(seeded, ['name'], name) : seeded;
  const traffic = valueAt(named, ['traffic']);
  const traces = (isList(traffic) ? traffic : []).map((_, i): Path => ['traffic', i, 'trace', 'file']);
  const checkpoints = world.workloads.map((one): Path => ['workloads', one.name, 'vertical', 'checkpoint']);
  return [...traces, ...checkpoints].reduce<Tree>((value, path) => {
    const file = valueAt(value, path);
    if (typeof file !== 'string' || isAbsolute(file)) return value;
    const whole = resolve(place.cwd, tree.folderOf(path), file);
    return resolve(place.folder, file) === whole ? value : withValue(value, path, relative(place.folder, whole));
  }, named);
}

interface Change {
  readonly path: Path;
  /** Undefined where the key goes. */
  readonly value: Tree | undefined;
}

/** What has to be set in a document so that it means another tree: as deep as both are alike. */
function changesTo(from: unknown, to: Tree | undefined, path: Path): readonly Change[] {
  if (isMap(from) && isMap(to)) return ofMaps(from, to, path);
  if (Array.isArray(from) && isList(to) && from.length === to.length)
    return to.flatMap((item, i) => changesTo(from[i], item, [...path, i]));
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, value: to }];
}

function ofMaps(from: TreeMap, to: TreeMap, path: Path): readonly Change[] {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((key) => {
    const next = Object.hasOwn(to, key) ? to[key] : undefined;
    if (!Object.hasOwn(from, key)) return [{ path: [...path, key], value: next }];
    return changesTo(from[key], next, [...path, key]);
  });
}
