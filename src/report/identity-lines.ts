import type { RunResult } from '../domain/run-result.js';
import { formatWhole } from '../domain/number-format.js';

/** What makes the run the run it is, as pairs of a name and a value: equal pairs give an equal journal, byte for byte. */
export function identityLines({ identity, journal }: RunResult): readonly (readonly [name: string, value: string])[] {
  const hashes = (kind: string, all: Readonly<Record<string, string>>): (readonly [string, string])[] =>
    Object.entries(all).map(([name, hash]) => [`${kind} ${name}`, hash] as const);
  return [
    ['scenario', identity.scenario],
    ['scenario hash', identity.scenarioHash],
    ['seed', String(identity.seed)],
    ...hashes('trace', identity.traceHashes),
    ['catalogue hash', identity.catalogueHash],
    ...hashes('model', identity.modelHashes),
    ...hashes('plugin', identity.pluginHashes),
    ['TensorFlow.js backend', identity.backend],
    ['version', identity.version],
    ['journal hash', journal.hash],
    ['journal entries', formatWhole(journal.entries)],
  ];
}
