import { formatDuration } from './format-duration.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/** Checks what only makes sense where pods share the cores of their nodes, and what does not there. Throws InputError otherwise. */
export function checkCpuShares(scenario: Scenario, tree: SourceTree): void {
  for (const [name, { pod }] of Object.entries(scenario.workloads)) checkStartUp(name, pod, tree);
  scenario.nodes.forEach(({ neighbours }, i) => neighbours.forEach((one, j) => checkTimes(one, [i, j], tree)));
  if (scenario.cluster.cpuShares) checkShared(scenario, tree);
  else checkUnshared(scenario, tree);
}

type Pod = Scenario['workloads'][string]['pod'];

function checkStartUp(name: string, { cpu }: Pod, tree: SourceTree): void {
  if (cpu.start === undefined || cpu.limit === undefined || cpu.start <= cpu.limit) return;
  tree.reject(
    ['workloads', name, 'pod', 'cpu', 'start'],
    `must be at most the limit (${cpu.limit}m), was ${cpu.start}m`,
    'A container uses no more than its limit while it starts.',
  );
}

function checkTimes(
  { from, to }: Scenario['nodes'][number]['neighbours'][number],
  [i, j]: number[],
  tree: SourceTree,
): void {
  if (to === undefined || from === undefined || to > from) return;
  tree.reject(
    ['nodes', i, 'neighbours', j, 'to'],
    `must be after from (${formatDuration(from)}), was ${formatDuration(to)}`,
    'Let it go later, or come earlier.',
  );
}

function checkShared({ nodes, workloads }: Scenario, tree: SourceTree): void {
  if (nodes.length === 0) {
    tree.reject(
      ['cluster', 'cpuShares'],
      'must not be true, as the scenario has no nodes',
      'Add nodes whose cores pods share.',
    );
  }
  for (const [name, { pod }] of Object.entries(workloads)) {
    if (pod.discipline === 'cfs' || pod.discipline === 'processor-sharing') continue;
    tree.reject(
      ['workloads', name, 'pod', 'discipline'],
      `must be cfs or processor-sharing where cluster.cpuShares is true, was ${pod.discipline}`,
      'Workers of fcfs cannot be slowed down; cfs with the same concurrency has as many, and serves first come first served too.',
    );
  }
}

function checkUnshared({ nodes, faults }: Scenario, tree: SourceTree): void {
  const mend = 'Add cluster: { cpuShares: true }, or leave the neighbours out.';
  nodes.forEach(({ neighbours }, i) => {
    if (neighbours.length === 0) return;
    tree.reject(['nodes', i, 'neighbours'], 'must not be given unless cluster.cpuShares is true', mend);
  });
  faults.forEach(({ kind }, i) => {
    if (kind !== 'noisyNeighbour') return;
    tree.reject(['faults', i], 'must not have a noisy neighbour unless cluster.cpuShares is true', mend);
  });
}
