import type { FaultSpec } from '../../domain/fault-spec.js';
import { closest } from '../../domain/did-you-mean.js';
import type { DependencySpec, NodePoolSpec } from '../../domain/world-spec.js';
import { formatDuration } from './format-duration.js';
import { machineSections } from './machine-sections.js';
import { resolveNetworkFault } from './network-fault.js';
import type { Scenario } from './scenario-schema.js';
import { resolveSupplyFault } from './supply-fault.js';
import type { SourceTree } from './source-tree.js';

/** Resolves dependencies. Throws InputError where one has the name of a workload, or stands in two places. */
export function resolveDependencies(
  scenario: Scenario,
  tree: SourceTree,
  nodePools: readonly NodePoolSpec[],
): readonly DependencySpec[] {
  return Object.entries(scenario.dependencies).map(([name, section]) => {
    if (Object.hasOwn(scenario.workloads, name)) {
      tree.reject(
        ['dependencies', name],
        'must have a name of its own, was the name of a workload',
        'Rename one of the two.',
      );
    }
    const { concurrency, queueLimit, rateLimit, service } = section;
    return {
      name,
      concurrency,
      queueLimit: queueLimit ?? Infinity,
      rateLimit: rateLimit ?? null,
      service,
      ...placeOf(scenario, tree, name, nodePools),
    };
  });
}

/** A zone is in the region of its nodes, else in that of the first nodes. */
function placeOf(
  { dependencies }: Scenario,
  tree: SourceTree,
  name: string,
  nodePools: readonly NodePoolSpec[],
): Pick<DependencySpec, 'place'> {
  const { zone, internet, ...given } = dependencies[name];
  if (internet === true) {
    if ((zone ?? given.region) === undefined) return { place: { internet } };
    tree.reject(
      ['dependencies', name, 'internet'],
      'must not stand beside a zone or a region',
      'What is in the cloud is not on the internet: leave one out.',
    );
  }
  if (zone === undefined) return given.region === undefined ? {} : { place: { region: given.region } };
  const region = given.region ?? (nodePools.find((pool) => pool.zone === zone) ?? nodePools.at(0))?.region;
  return { place: { zone, ...(region === undefined ? {} : { region }) } };
}

/** Checks faults: within the run, on things that exist. Throws InputError otherwise. */
export function resolveFaults(
  scenario: Scenario,
  tree: SourceTree,
  nodePools: readonly NodePoolSpec[],
): readonly FaultSpec[] {
  scenario.faults.forEach((fault, i) => {
    if (fault.at >= scenario.duration) {
      tree.reject(
        ['faults', i, 'at'],
        `must be within the run (${formatDuration(scenario.duration)}), was ${formatDuration(fault.at)}`,
        'Let it happen earlier, or lengthen duration.',
      );
    }
    requireTarget(scenario, tree, fault, i);
  });
  const known = {
    zones: zonesOf(scenario),
    workloads: Object.keys(scenario.workloads),
    dependencies: Object.keys(scenario.dependencies),
  };
  return scenario.faults.flatMap((fault, i): readonly FaultSpec[] => {
    if (fault.kind === 'namedSupply') return resolveSupplyFault(fault, nodePools, tree, ['faults', i]);
    return [fault.kind === 'namedNetwork' ? resolveNetworkFault(fault, known, tree, ['faults', i]) : fault];
  });
}

/** Zones of nodes, then those that only dependencies stand in. */
function zonesOf(scenario: Scenario): readonly string[] {
  const standing = [...machineSections(scenario), ...Object.values(scenario.dependencies)];
  return [...new Set(standing.flatMap(({ zone }) => (zone === undefined ? [] : [zone])))];
}

function requireTarget(scenario: Scenario, tree: SourceTree, fault: WrittenFault, i: number): void {
  if (fault.kind === 'killNode' && machineSections(scenario).length === 0) {
    tree.reject(['faults', i], 'must not kill nodes, as the scenario has none', 'Add nodes, or kill pods.');
  }
  const target = targetOf(fault, scenario);
  if (target === null || target.known.includes(target.name)) return;
  const meant = closest(target.name, target.known);
  const known = target.known.length === 0 ? `There is none: ${target.none}` : `Known are ${target.known.join(', ')}.`;
  tree.reject(
    ['faults', i],
    `must be of a ${target.kind} of the scenario, was of ${JSON.stringify(target.name)}`,
    meant === null ? known : `Did you mean ${meant}?`,
  );
}

type WrittenFault = Scenario['faults'][number];

interface FaultTarget {
  readonly kind: string;
  readonly name: string;
  readonly known: readonly string[];
  /** What to do where the scenario has nothing of the kind. */
  readonly none: string;
}

function targetOf(fault: WrittenFault, scenario: Scenario): FaultTarget | null {
  const { workloads, dependencies } = scenario;
  if ('workload' in fault)
    return { kind: 'workload', name: fault.workload, known: Object.keys(workloads), none: 'add one.' };
  if ('dependency' in fault)
    return { kind: 'dependency', name: fault.dependency, known: Object.keys(dependencies), none: 'add dependencies.' };
  if (!('zone' in fault)) return null;
  const zones = machineSections(scenario).flatMap(({ zone }) => (zone === undefined ? [] : [zone]));
  return {
    kind: 'zone',
    name: fault.zone,
    known: [...new Set(zones)],
    none: 'give nodes a zone, as zone: us-east-1a.',
  };
}
