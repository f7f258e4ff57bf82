import { allocatable } from '../../catalogue/allocatable.js';
import type { InstanceType } from '../../catalogue/instance-type.js';
import type { NodePoolSpec } from '../../domain/world-spec.js';
import { machineType } from './machine-type.js';
import { checkOffers, type NodeOffer, nodeOffers } from './node-offers.js';
import { poolMarks } from './pool-marks.js';
import { resolveElastic } from './resolve-elastic.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

/** Resolves pools of nodes from the catalogue. Throws InputError for an unknown type, a price that is not known, or no room. */
export function resolveNodes(scenario: Scenario, tree: SourceTree): readonly NodePoolSpec[] {
  checkOffers(scenario, tree);
  const taken = new Set<string>();
  return nodeOffers(scenario).map((section) => {
    const path = ['nodes', section.index];
    const type = machineType(section, tree, path, section.typePath);
    const name = freeName(section.name ?? section.type, taken);
    taken.add(name);
    return {
      name,
      instanceType: type.name,
      region: section.region ?? type.region,
      ...(section.zone === undefined ? {} : { zone: section.zone }),
      ...poolMarks(scenario, section, type, tree),
      ...countOf(section, scenario, tree, path),
      ...roomOf(scenario, section, type, tree),
      ...(scenario.cluster.cpuShares ? { cores: type.vcpu } : {}),
      ...neighboursOf(section),
      pricePerHour: section.price ?? type.pricePerHour,
      cpuSpeed: section.cpuSpeed ?? type.cpuSpeed ?? 1,
    };
  });
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = `${wanted}-${n}`;
  return name;
}

function neighboursOf({ neighbours }: Scenario['nodes'][number]): Pick<NodePoolSpec, 'neighbours'> {
  if (neighbours.length === 0) return {};
  return {
    neighbours: neighbours.map(({ cpu, request, from, to }) => ({
      cpuRequestMillis: request,
      cores: cpu / 1000,
      from: from ?? null,
      to: to ?? null,
    })),
  };
}

/** What is left of a node for the pods of workloads when every daemon set and every neighbour has its pod there. */
function roomOf(
  scenario: Scenario,
  { maxPods, neighbours }: NodeOffer,
  type: InstanceType,
  tree: SourceTree,
): Pick<NodePoolSpec, 'cpuMillis' | 'memoryMiB' | 'maxPods'> {
  const daemons = Object.values(scenario.daemonSets);
  const whole = allocatable(type, maxPods === undefined ? {} : { maxPods });
  const room = {
    cpuMillis: [...daemons.map(({ cpu }) => cpu), ...neighbours.map(({ request }) => request)].reduce(
      (left, taken) => left - taken,
      whole.cpuMillis,
    ),
    memoryMiB: daemons.reduce((left, { memory }) => left - memory, whole.memoryMiB),
    maxPods: whole.maxPods - daemons.length - neighbours.length,
  };
  if (Math.min(room.cpuMillis, room.memoryMiB, room.maxPods) > 0) return room;
  const has = `${whole.cpuMillis}m CPU, ${whole.memoryMiB}Mi and ${whole.maxPods} pods`;
  return tree.reject(['daemonSets'], `must leave room on a node of ${type.name} (${has})`, 'Take larger nodes.');
}

function countOf(
  section: NodeOffer,
  scenario: Scenario,
  tree: SourceTree,
  path: Path,
): Pick<NodePoolSpec, 'count' | 'joining' | 'elastic'> {
  const { count } = section;
  if (typeof count === 'number') {
    checkFixed(section, count, tree, path);
    return { count, ...joiningOf(section, count, tree, path) };
  }
  const { min, max, initial = min } = count;
  if (section.initial !== undefined) {
    tree.reject([...path, 'initial'], 'must not be given beside count.min and count.max', 'Move it into count.');
  }
  if (min > max) tree.reject([...path, 'count', 'max'], `must be at least min (${min}), was ${max}`, 'Raise max.');
  if (initial < min || initial > max) {
    tree.reject(
      [...path, 'count', 'initial'],
      `must be between min (${min}) and max (${max}), was ${initial}`,
      'Choose a start within the bounds.',
    );
  }
  return { count: initial, elastic: resolveElastic(section, { min, max }, scenario, { tree, path }) };
}

/** What makes no sense where the number of nodes stays. */
function checkFixed(section: NodeOffer, count: number, tree: SourceTree, path: Path): void {
  const { scaling } = section;
  const given = (['warmPool', 'refresh'] as const).find((key) => section[key] !== undefined);
  const wrong = given ?? (scaling.name === 'fixed' ? null : 'scaling');
  if (wrong === null) return;
  tree.reject(
    [...path, wrong],
    'must not be given where the number of nodes stays',
    `Let it change, as count: { initial: ${count}, min: ${count}, max: ${2 * count} }.`,
  );
}

function joiningOf(section: NodeOffer, count: number, tree: SourceTree, path: Path): Pick<NodePoolSpec, 'joining'> {
  const { initial = count, joinAt, provisioning, boot, bake } = section;
  if (initial > count) {
    tree.reject(
      [...path, 'initial'],
      `must be at most count (${count}), was ${initial}`,
      'Raise count or lower initial.',
    );
  }
  if (initial === count) return {};
  if (boot === undefined) {
    return tree.reject(
      [...path, 'boot'],
      `must be given, was missing, and ${count - initial} nodes join later`,
      'Say how long a node takes until it is ready, as { lognormal: { p50: 45s, p95: 90s } }.',
    );
  }
  return { joining: { initial, at: joinAt, provisioning, boot, ...(bake === undefined ? {} : { bake }) } };
}
