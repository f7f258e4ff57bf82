import type { NodePoolSpec } from '../../domain/world-spec.js';
import { machineType } from './machine-type.js';
import { resolveElastic } from './resolve-elastic.js';
import { checkedReplicas } from './checked-replicas.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

/**
 * Resolves the machines of workloads that run on machines of their own, as pools after those of `nodes`. Throws InputError where the
 * workloads without such machines would have neither nodes nor a place in the bill.
 */
export function resolveGroups(scenario: Scenario, tree: SourceTree): readonly NodePoolSpec[] {
  const pools = Object.entries(scenario.workloads).flatMap(([workload, section]): NodePoolSpec[] => {
    const { group } = section;
    if (group === undefined) return [];
    const path: Path = ['workloads', workload, 'group'];
    const type = machineType(group, tree, path);
    const replicas = checkedReplicas(workload, section, tree);
    const { zone, price, cpuSpeed } = group;
    return [
      {
        name: `${workload}-vms`,
        workload,
        instanceType: type.name,
        count: replicas.initial,
        ...(zone === undefined ? {} : { zone }),
        elastic: resolveElastic(group, replicas, scenario, { tree, path }),
        cpuMillis: type.vcpu * 1000,
        memoryMiB: type.memoryGiB * 1024,
        maxPods: 1,
        pricePerHour: price ?? type.pricePerHour,
        cpuSpeed: cpuSpeed ?? type.cpuSpeed ?? 1,
      },
    ];
  });
  checkOthers(scenario, tree, pools);
  return pools;
}

function checkOthers(scenario: Scenario, tree: SourceTree, groups: readonly NodePoolSpec[]): void {
  const homeless = Object.keys(scenario.workloads).find((name) => scenario.workloads[name].group === undefined);
  if (groups.length === 0 || homeless === undefined) return;
  if (scenario.nodes.length > 0 || scenario.billing.perPodHour !== undefined) return;
  tree.reject(
    ['workloads', homeless],
    `must have nodes or a group of machines, had neither, while ${groups[0].workload} has a group: nobody would pay for it`,
    'Add nodes, or give it a group too.',
  );
}
