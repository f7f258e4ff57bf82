import { closest } from '../../domain/did-you-mean.js';
import type { QueueConsumers } from './consumers-by-queue.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/** Who consumes what, checked: every queue has a name of its own and one workload. Throws InputError otherwise. */
export function queueConsumers(scenario: Scenario, tree: SourceTree): QueueConsumers {
  const consumers = new Map<string, string>();
  for (const [name, { consumes }] of Object.entries(scenario.workloads)) {
    if (consumes === undefined) continue;
    const { queue } = consumes;
    requireQueue(queue, name, scenario, tree);
    const other = consumers.get(queue);
    if (other !== undefined) {
      const problem = `must be a queue of its own, was ${queue}, which ${other} consumes`;
      tree.reject(['workloads', name, 'consumes'], problem, 'Give each of them a queue.');
    }
    consumers.set(queue, name);
  }
  for (const queue of Object.keys(scenario.queues ?? {})) checkQueue(queue, consumers, scenario, tree);
  return consumers;
}

function requireQueue(queue: string, workload: string, { queues = {} }: Scenario, tree: SourceTree): void {
  if (Object.hasOwn(queues, queue)) return;
  const known = Object.keys(queues);
  const meant = closest(queue, known);
  const some = known.length === 0 ? 'Write it under queues.' : `Known are ${known.join(', ')}.`;
  const hint = meant === null ? some : `Did you mean ${meant}?`;
  tree.reject(['workloads', workload, 'consumes'], `must be a queue, was ${JSON.stringify(queue)}`, hint);
}

function checkQueue(queue: string, consumers: QueueConsumers, scenario: Scenario, tree: SourceTree): void {
  if (Object.hasOwn(scenario.workloads, queue) || Object.hasOwn(scenario.dependencies, queue)) {
    const problem = 'must have a name of its own, was the name of a workload or a dependency';
    tree.reject(['queues', queue], problem, 'Rename one of the two.');
  }
  if (consumers.has(queue)) return;
  const hint = `Say consumes: ${queue} in a workload.`;
  tree.reject(['queues', queue], 'must have a workload that consumes it, and has none', hint);
}
