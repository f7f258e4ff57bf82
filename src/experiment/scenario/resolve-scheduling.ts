import { closest } from '../../domain/did-you-mean.js';
import { HOSTNAME_LABEL, labelOf } from '../../domain/scheduling/labels.js';
import { type NodeWishes, wantsNode } from '../../domain/scheduling/node-affinity.js';
import { mayTake } from '../../domain/scheduling/node-marks.js';
import type { PodConstraints } from '../../domain/scheduling/pod-constraints.js';
import type { NodePoolSpec } from '../../domain/world-spec.js';
import type { Scenario } from './scenario-schema.js';
import { schedulingOf } from './scheduling-of.js';
import type { SchedulingSection } from './scheduling-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

/** Whose constraints are resolved. */
export interface ConstrainedSection {
  readonly name: string;
  readonly section: SchedulingSection;
  /** Where it was written. */
  readonly path: Path;
  /** It runs on machines of its own. */
  readonly onMachines: boolean;
}

/** Where its pods may be. */
export interface SchedulingPlace {
  readonly scenario: Scenario;
  readonly pools: readonly NodePoolSpec[];
  readonly tree: SourceTree;
}

/** What the pods of a workload ask of nodes besides room. Throws InputError at what no pool of nodes could ever give. */
export function resolveScheduling(
  { name, section, path, onMachines }: ConstrainedSection,
  { scenario, pools, tree }: SchedulingPlace,
): { readonly scheduling?: PodConstraints } {
  const scheduling = schedulingOf(name, section);
  if (scheduling === null) return {};
  checkPlace({ section, path, onMachines }, pools, tree);
  checkWorkloads(section, path, scenario, tree);
  const shared = pools.filter(({ workload }) => workload === undefined);
  if (shared.length > 0) {
    checkNodes(scheduling, path, shared, tree);
    checkTopologies(section, path, shared, tree);
  }
  return { scheduling };
}

const PLACING = ['nodeSelector', 'tolerations', 'affinity', 'topologySpread'] as const;

function checkPlace(
  { section, path, onMachines }: Pick<ConstrainedSection, 'section' | 'path' | 'onMachines'>,
  pools: readonly NodePoolSpec[],
  tree: SourceTree,
): void {
  const keys = onMachines ? ([...PLACING, 'priority', 'preemptionPolicy'] as const) : PLACING;
  const written = keys.find((key) => section[key] !== undefined);
  if (written === undefined) return;
  if (onMachines) {
    const problem = 'must not be given where a workload runs on machines of its own';
    tree.reject(
      [...path, written],
      problem,
      'Nothing is scheduled there: leave it out, or let the workload have pods.',
    );
  }
  if (pools.some(({ workload }) => workload === undefined)) return;
  tree.reject([...path, written], 'must not be given in a scenario without nodes', 'Add nodes, or leave it out.');
}

function checkWorkloads(
  { affinity = {} }: SchedulingSection,
  path: Path,
  { workloads }: Scenario,
  tree: SourceTree,
): void {
  for (const key of ['podAffinity', 'podAntiAffinity'] as const) {
    for (const kind of ['required', 'preferred'] as const) {
      (affinity[key]?.[kind] ?? []).forEach((term, i) => {
        (term.workloads ?? []).forEach((name, j) => {
          if (Object.hasOwn(workloads, name)) return;
          const meant = closest(name, Object.keys(workloads));
          const at = [...path, 'affinity', key, kind, i, 'workloads', j];
          const hint = meant === null ? `Known are ${Object.keys(workloads).join(', ')}.` : `Did you mean ${meant}?`;
          tree.reject(at, `must be a workload of the scenario, was ${JSON.stringify(name)}`, hint);
        });
      });
    }
  }
}

/** A name of a node is known when the node is there, so that what asks for one is not looked at. */
function checkNodes(scheduling: PodConstraints, path: Path, pools: readonly NodePoolSpec[], tree: SourceTree): void {
  if (JSON.stringify([scheduling.nodeSelector, scheduling.requiredNodes]).includes(HOSTNAME_LABEL)) return;
  for (const [key, value] of Object.entries(scheduling.nodeSelector ?? {})) {
    requirePool({ nodeSelector: { [key]: value } }, [...path, 'nodeSelector', key], { key, value }, { pools, tree });
  }
  const wanted = pools.filter(({ labels = {} }) => wantsNode(scheduling, labels));
  if (wanted.length === 0) {
    const field = scheduling.requiredNodes === undefined ? 'nodeSelector' : 'affinity';
    const problem = `must be met by the labels of a pool of nodes, and no pool has them all: ${labelsOf(pools)}`;
    tree.reject([...path, field], problem, 'Give a pool such labels, or ask for less.');
  }
  if (wanted.some((pool) => mayTake(pool, scheduling))) return;
  const taints = wanted.flatMap((pool) =>
    (pool.taints ?? []).map(({ key, value, effect }) => `${key}=${value}:${effect}`),
  );
  const problem = `must tolerate a taint of ${wanted.map(({ name }) => name).join(' or ')}, the only nodes its pods may be on, tolerated too little of ${[...new Set(taints)].join(', ')}`;
  tree.reject([...path, 'tolerations'], problem, `Write tolerations: ["${taints[0]}"].`);
}

function requirePool(
  wishes: NodeWishes,
  path: Path,
  { key, value }: { readonly key: string; readonly value: string },
  { pools, tree }: Pick<SchedulingPlace, 'pools' | 'tree'>,
): void {
  if (pools.some(({ labels = {} }) => wantsNode(wishes, labels))) return;
  const values = [...new Set(pools.flatMap(({ labels = {} }) => labelOf(labels, key) ?? []))];
  const found = values.length === 0 ? 'no pool has that label' : `pools have ${values.join(', ')}`;
  const problem = `must be a label of some pool of nodes, was ${JSON.stringify(value)}, and ${found}`;
  tree.reject(path, problem, `Give a pool labels: { ${key}: ${JSON.stringify(value)} }, or change the selector.`);
}

/** Where no node has the label of a topology, no pod could be placed, or the wish would say nothing. */
function checkTopologies(
  section: SchedulingSection,
  path: Path,
  pools: readonly NodePoolSpec[],
  tree: SourceTree,
): void {
  const { affinity = {}, topologySpread = [] } = section;
  const places = topologySpread.map(({ topologyKey }, i): [string, Path] => [topologyKey, ['topologySpread', i]]);
  for (const key of ['podAffinity', 'podAntiAffinity'] as const) {
    for (const kind of ['required', 'preferred'] as const) {
      const terms = affinity[key]?.[kind] ?? [];
      places.push(...terms.map(({ topologyKey }, i): [string, Path] => [topologyKey, ['affinity', key, kind, i]]));
    }
  }
  for (const [topologyKey, at] of places) {
    if (topologyKey === HOSTNAME_LABEL || pools.some(({ labels = {} }) => labelOf(labels, topologyKey) !== null))
      continue;
    const problem = `must name a label of nodes as its topology, was ${topologyKey}, which no pool has`;
    tree.reject([...path, ...at], problem, 'Give the pools a zone, or such a label.');
  }
}

function labelsOf(pools: readonly NodePoolSpec[]): string {
  return pools
    .map(
      ({ name, labels = {} }) =>
        `${name} has ${Object.entries(labels)
          .map((one) => one.join('='))
          .join(', ')}`,
    )
    .join('; ');
}
