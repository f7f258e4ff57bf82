import type { Budget, EngineConfig } from '../../domain/engine-config.js';
import type { NodePoolSpec, WorldSpec } from '../../domain/world-spec.js';
import { CORE_HOUR, GIB_HOUR } from './opencost-rates.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/**
 * Resolves the budget and what things cost. A pod costs its share of a node, by what it requests: rates of CPU and memory that stand to each
 * other as OpenCost's and together make the price of a node, those of the pool where they are dearest, since nobody knows beforehand where a
 * pod will be. Throws InputError where a pod requests nothing that could be priced.
 */
export function resolveBudget(
  scenario: Scenario,
  { nodePools, billing }: Pick<WorldSpec, 'nodePools' | 'billing'>,
  tree: SourceTree,
): Pick<EngineConfig, 'budget'> {
  const { budget } = scenario;
  if (budget === undefined) return {};
  const byNodes = billing.kind === 'nodes';
  if (byNodes) requireRequests(scenario, tree);
  const paid = byNodes ? nodePools : [];
  const scale = Math.max(0, ...paid.filter(({ workload }) => workload === undefined).map(scaleOf));
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  return {
    budget: {
      perHour: budget.perHour,
      standingPerHour: sum(paid.map(warmPerHour)),
      fixedNodesPerHour: sum(paid.map(({ elastic, count, pricePerHour }) => (elastic ? 0 : count * pricePerHour))),
      corePerHour: scale * CORE_HOUR,
      gibPerHour: scale * GIB_HOUR,
      podPerHour: billing.kind === 'pods' ? billing.pricePerPodHour : 0,
      machines: machinesOf(paid),
    },
  };
}

/** What the rates of OpenCost are multiplied by, so that all that a node can give to pods costs what the node does. */
function scaleOf({ cpuMillis, memoryMiB, pricePerHour }: NodePoolSpec): number {
  return pricePerHour / ((cpuMillis / 1000) * CORE_HOUR + (memoryMiB / 1024) * GIB_HOUR);
}

function warmPerHour({ elastic, pricePerHour }: NodePoolSpec): number {
  const warm = elastic?.warmPool;
  if (warm === undefined) return 0;
  return warm.size * (warm.state === 'running' ? pricePerHour : warm.diskPricePerHour);
}

function machinesOf(pools: readonly NodePoolSpec[]): Budget['machines'] {
  return Object.fromEntries(
    pools.flatMap(({ name, elastic, pricePerHour }) => (elastic === undefined ? [] : [[name, pricePerHour]])),
  );
}

function requireRequests({ workloads }: Scenario, tree: SourceTree): void {
  for (const [name, { pod, group }] of Object.entries(workloads)) {
    if (group !== undefined || (pod.cpu.request ?? 0) > 0 || (pod.memory.request ?? 0) > 0) continue;
    tree.reject(
      ['workloads', name, 'pod'],
      'must request CPU or memory under a budget, requested nothing that has a price',
      'Give it requests, as cpu: { request: 500m }, or bill by pods, as billing: { perPodHour: $0.05/h }.',
    );
  }
}
