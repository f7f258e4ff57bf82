import { InputError } from '../../domain/errors.js';
import { builtIn, type Registries } from '../../engine/registries.js';
import { keysAt } from '../scenario/json-schema-walk.js';
import { judgeScenario } from '../scenario/judge-scenario.js';
import { parseScenarioText } from '../scenario/parse-scenario-text.js';
import { scenarioJsonSchema } from '../scenario/scenario-json-schema.js';
import { scenarioSchema } from '../scenario/scenario-schema.js';
import type { SourceTree } from '../scenario/source-tree.js';
import type { Section } from './draft.js';
import { draftNotes } from './draft-notes.js';
import { entryWorkload } from './entry-workload.js';
import { guessesSection } from './guesses-of.js';
import { headComment } from './head-comment.js';
import type { ImportOptions, ManifestSource } from './import-options.js';
import type { ImportedScenario, Unused } from './imported-scenario.js';
import { layOut } from './lay-out.js';
import { planWorkloads } from './plan-workloads.js';
import { readManifests, type ReadManifests } from './read-manifests.js';
import { scenarioDraft } from './scenario-draft.js';
import { settleOptional } from './settle-optional.js';
import { strayManifests } from './stray-manifests.js';
import type { RecordedDestinations } from '../../traces/service-time-fit.js';
import { type NoRouting, type Routing, trafficRouting } from './traffic-routing.js';
import { isWorkload } from './workload-manifest.js';

/**
 * Makes a scenario from manifests of Kubernetes.
 *
 * Every value of its text says where it comes from, and what the manifests could not say is marked as a guess and listed at the top.
 * The same sources and options give the same text. Throws InputError with file and line for manifests that are wrong, that do not
 * belong together, or that hold no workload.
 */
export function importManifests(sources: readonly ManifestSource[], options: ImportOptions = {}): ImportedScenario {
  const registries = options.registries ?? builtIn;
  const { read, plans } = planned(sources);
  const entry = entryWorkload(plans, options.to);
  const drafted = scenarioDraft(plans, read.manifests, options, { registries, entry });
  const names = [...new Set(sources.map(({ name }) => name))];
  const others = [...(options.unused ?? []), ...strayManifests(read.manifests, plans), ...read.unused];
  const isSupplied = options.trace !== undefined || options.traffic !== undefined;
  const target = isSupplied ? { to: entry.plan.name, candidates: entry.candidates } : null;
  return { ...finished(fittingDraft(drafted, registries), names, others), target };
}

/** How a log that says where its requests went is shared out among the workloads of manifests. Throws InputError as importManifests does. */
export function routingOf(sources: readonly ManifestSource[], log: RecordedDestinations): Routing | NoRouting {
  const { read, plans } = planned(sources);
  return trafficRouting(plans, read.manifests, log);
}

function planned(sources: readonly ManifestSource[]) {
  const read = readManifests(sources);
  requireWorkload(read, sources);
  return { read, plans: planWorkloads(read.manifests) };
}

function requireWorkload({ manifests, unused }: ReadManifests, sources: readonly ManifestSource[]): void {
  if (manifests.some(isWorkload)) return;
  const found = [...manifests.map(({ title }) => title), ...unused.map(({ what }) => what)];
  throw new InputError(
    { source: sources.map(({ name }) => name).join(', ') },
    `must hold a Deployment, StatefulSet or ReplicaSet, held ${found.length === 0 ? 'nothing' : found.join(', ')}`,
    unused.some(({ what }) => / Rollout$/.test(what))
      ? 'A Rollout is read when it is written as a Deployment: kind and apiVersion apps/v1; its strategy goes under rollouts: of the scenario.'
      : 'Add the file of the workload.',
  );
}

/** The draft with the optional keys that the schema of this version knows; without any where it does not take their values. */
function fittingDraft(drafted: Section, registries: Registries): Section {
  const plain = settleOptional(drafted, () => []);
  const schema = scenarioJsonSchema(registries);
  const document = treeOf(plain).value;
  const full = settleOptional(drafted, (path) => keysAt(schema, document, path));
  if (scenarioSchema(registries).safeParse(treeOf(full).value).success) return full;
  judgeScenario(treeOf(plain), registries);
  return plain;
}

function treeOf(drafted: Section): SourceTree {
  return parseScenarioText(textOf(drafted), 'the imported scenario');
}

function textOf(drafted: Section): string {
  return `${layOut(drafted).join('\n')}\n`;
}

function finished(
  drafted: Section,
  names: readonly string[],
  others: readonly Unused[],
): Omit<ImportedScenario, 'target'> {
  const { notes, unused } = draftNotes(drafted);
  const all = [...unused, ...others];
  const text = `${headComment(names, notes, all).join('\n')}\n\n${textOf(drafted)}${guessesSection(notes)}`;
  return { text, notes, unused: all };
}
