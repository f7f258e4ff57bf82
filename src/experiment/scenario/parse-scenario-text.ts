import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { InputError } from '../../domain/errors.js';
import { expandMap } from './expand-map.js';
import { nestingDepth } from './nesting-depth.js';
import type { SourceTree } from './source-tree.js';

const DEEPEST = 64;

/** Turns the text of a scenario into values with their lines; `file` is how messages name it. Throws InputError with the line. */
export function parseScenarioText(text: string, file: string): SourceTree {
  const depth = nestingDepth(text);
  if (depth > DEEPEST) {
    throw new InputError(
      { source: file },
      `must be nested at most ${DEEPEST} levels deep, was ${depth}`,
      'Look for a bracket or dash that opens again and again.',
    );
  }
  refuseManifest(text, file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core', merge: false });
  const error = document.errors.at(0);
  if (error !== undefined) {
    const place = { source: file, line: lines.linePos(error.pos[0]).line };
    throw new InputError(
      place,
      `is not valid YAML: ${error.message.replace(/\s+/g, ' ')}`,
      'Mend the syntax on this line or the one above.',
    );
  }
  const root = document.contents;
  if (root === null || !isMap(root)) {
    const found = root === null ? 'empty' : isSeq(root) ? 'a list' : 'a single value';
    throw new InputError(
      { source: file, line: 1 },
      `must be a mapping of keys such as traffic and workloads, was ${found}`,
      'See scenarios/quickstart.yaml for one that works.',
    );
  }
  return expandMap(root, { file, document, lines });
}

/** What Kubernetes takes is often at hand where a scenario is asked for. */
function refuseManifest(text: string, file: string): void {
  const kind = /^kind: *["']?(\w+)/m.exec(text)?.[1];
  if (kind === undefined || !/^apiVersion:/m.test(text)) return;
  const line = text.slice(0, text.search(/^kind:/m)).split('\n').length;
  throw new InputError(
    { source: file, line, path: 'kind' },
    `must be a scenario, was a manifest of Kubernetes (${kind})`,
    `Make a scenario of it: hindcast import ${file} --out shop.yaml; or run it under recorded traffic: hindcast run --trace access.log --manifests ${file}`,
  );
}
