import { allocatable } from '../../catalogue/allocatable.js';
import { findInstanceType } from '../../catalogue/find-instance-type.js';
import type { InstanceType } from '../../catalogue/instance-type.js';
import type { NodePoolSpec } from '../../domain/world-spec.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

/** Resolves pools of nodes from the catalogue. Throws InputError for an unknown type, a price that is not known, or no room. */
export function resolveNodes(scenario: Scenario, tree: SourceTree): readonly NodePoolSpec[] {
  const taken = new Set<string>();
  return scenario.nodes.map((section, i) => {
    const type = instanceType(section.type, tree, ['nodes', i, 'type']);
    requirePrice(section, type, tree, ['nodes', i, 'region']);
    const name = freeName(section.name ?? section.type, taken);
    taken.add(name);
    return {
      name,
      instanceType: type.name,
      count: section.count,
      region: section.region ?? type.region,
      ...(section.zone === undefined ? {} : { zone: section.zone }),
      ...joiningOf(section, tree, ['nodes', i]),
      ...roomOf(scenario, i, type, tree),
      pricePerHour: section.price ?? type.pricePerHour,
      cpuSpeed: section.cpuSpeed ?? type.cpuSpeed ?? 1,
    };
  });
}

function requirePrice(section: Scenario['nodes'][number], type: InstanceType, tree: SourceTree, path: Path): void {
  const { region, price } = section;
  if (region === undefined || region === type.region || price !== undefined) return;
  tree.reject(
    path,
    `must be ${type.region}, the region whose price the catalogue has, was ${JSON.stringify(region)}`,
    'Give the price of your region, as price: $0.214/h.',
  );
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = `${wanted}-${n}`;
  return name;
}

function instanceType(name: string, tree: SourceTree, path: Path): InstanceType {
  const found = findInstanceType(name);
  if (found.found) return found.type;
  const hint = found.suggestion === null ? '' : `Did you mean ${found.suggestion}? `;
  return tree.reject(
    path,
    `must be an instance type of the catalogue, was ${JSON.stringify(name)}`,
    `${hint}See hindcast list instances.`,
  );
}

/** What is left of a node for the pods of workloads when every daemon set has its pod there. */
function roomOf(
  scenario: Scenario,
  i: number,
  type: InstanceType,
  tree: SourceTree,
): Pick<NodePoolSpec, 'cpuMillis' | 'memoryMiB' | 'maxPods'> {
  const { maxPods } = scenario.nodes[i];
  const daemons = Object.values(scenario.daemonSets);
  const whole = allocatable(type, maxPods === undefined ? {} : { maxPods });
  const room = {
    cpuMillis: daemons.reduce((left, { cpu }) => left - cpu, whole.cpuMillis),
    memoryMiB: daemons.reduce((left, { memory }) => left - memory, whole.memoryMiB),
    maxPods: whole.maxPods - daemons.length,
  };
  if (Math.min(room.cpuMillis, room.memoryMiB, room.maxPods) > 0) return room;
  const has = `${whole.cpuMillis}m CPU, ${whole.memoryMiB}Mi and ${whole.maxPods} pods`;
  return tree.reject(['daemonSets'], `must leave room on a node of ${type.name} (${has})`, 'Take larger nodes.');
}

function joiningOf(section: Scenario['nodes'][number], tree: SourceTree, path: Path): Pick<NodePoolSpec, 'joining'> {
  const { count, initial = count, joinAt, provisioning, boot } = section;
  if (initial > count) {
    tree.reject(
      [...path, 'initial'],
      `must be at most count (${count}), was ${initial}`,
      'Raise count or lower initial.',
    );
  }
  if (initial === count) return {};
  if (boot !== undefined) return { joining: { initial, at: joinAt, provisioning, boot } };
  return tree.reject(
    [...path, 'boot'],
    `must be given, was missing, and ${count - initial} nodes join later`,
    'Say how long a node takes until it is ready, as { lognormal: { p50: 45s, p95: 90s } }.',
  );
}
