import type { FaultSpec } from '../../domain/fault-spec.js';
import { closest } from '../../domain/did-you-mean.js';
import type { DependencySpec } from '../../domain/world-spec.js';
import { formatDuration } from './format-duration.js';
import { machineSections } from './machine-sections.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/** Resolves dependencies. Throws InputError where one has the name of a workload. */
export function resolveDependencies(scenario: Scenario, tree: SourceTree): readonly DependencySpec[] {
  return Object.entries(scenario.dependencies).map(([name, section]) => {
    if (Object.hasOwn(scenario.workloads, name)) {
      tree.reject(
        ['dependencies', name],
        'must have a name of its own, was the name of a workload',
        'Rename one of the two.',
      );
    }
    const { concurrency, queueLimit, rateLimit, service } = section;
    return { name, concurrency, queueLimit: queueLimit ?? Infinity, rateLimit: rateLimit ?? null, service };
  });
}

/** Checks faults: within the run, on things that exist. Throws InputError otherwise. */
export function resolveFaults(scenario: Scenario, tree: SourceTree): readonly FaultSpec[] {
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
  return scenario.faults;
}

function requireTarget(scenario: Scenario, tree: SourceTree, fault: FaultSpec, i: number): void {
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

interface FaultTarget {
  readonly kind: string;
  readonly name: string;
  readonly known: readonly string[];
  /** What to do where the scenario has nothing of the kind. */
  readonly none: string;
}

function targetOf(fault: FaultSpec, scenario: Scenario): FaultTarget | null {
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
