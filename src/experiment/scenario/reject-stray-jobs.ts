import type { WorldSpec } from '../../domain/world-spec.js';
import { needsGate } from '../../sim/balancing/needs-gate.js';
import type { QueueConsumers } from './consumers-by-queue.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';
import type { Calls } from './work-schema.js';

type OneCall = Calls[number][number];

/**
 * Throws InputError at what goes with a balancer but not with a queue: requests straight to a consumer, publishers who wait or try again,
 * and what makes a pod refuse or a balancer watch.
 */
export function rejectStrayJobs(
  scenario: Scenario,
  world: WorldSpec,
  consumers: QueueConsumers,
  tree: SourceTree,
): void {
  const queueOf = new Map([...consumers].map(([queue, workload]) => [workload, queue]));
  scenario.traffic.forEach(({ to, users }, i) => {
    straight(to, ['traffic', i, 'to'], queueOf, tree);
    if (!consumers.has(to)) return;
    const stray = users === undefined ? 'client' : 'users';
    if (!tree.has(['traffic', i, stray])) return;
    const problem = 'must not stand where jobs are published, since nobody waits for a job';
    tree.reject(['traffic', i, stray], problem, 'Leave it out.');
  });
  for (const { calls, path } of allCalls(scenario)) {
    calls.forEach((group, i) => group.forEach((call) => ofCall(call, [...path, i], { consumers, queueOf, tree })));
  }
  for (const name of queueOf.keys()) ofPods(name, world, tree);
}

interface Known {
  readonly consumers: QueueConsumers;
  readonly queueOf: ReadonlyMap<string, string>;
  readonly tree: SourceTree;
}

function ofCall(call: OneCall, path: Path, { consumers, queueOf, tree }: Known): void {
  straight(call.to, path, queueOf, tree);
  if (!consumers.has(call.to)) return;
  const { cache, serverStops } = call;
  const waits = 'timeout' in call && (call.timeout ?? call.retries ?? call.connections) !== undefined;
  if (!waits && cache === undefined && !serverStops) return;
  const problem = `must have nothing but to and probability, since ${call.to} is a queue and the caller goes on at once`;
  tree.reject(path, problem, 'Leave the rest out.');
}

function straight(to: string, path: Path, queueOf: ReadonlyMap<string, string>, tree: SourceTree): void {
  const queue = queueOf.get(to);
  if (queue === undefined) return;
  const problem = `must not go straight to ${to}, which takes its work from the queue ${queue}`;
  tree.reject(path, problem, `Write ${queue} instead.`);
}

function ofPods(name: string, world: WorldSpec, tree: SourceTree): void {
  const workload = world.workloads.find((one) => one.name === name);
  if (workload === undefined) return;
  const path: Path = ['workloads', name];
  if (needsGate(world, workload)) {
    const problem =
      'must not have load shedding, faults of errors, or a balancer that watches attempts, since its pods take jobs from a queue';
    tree.reject(path, problem, 'Leave those out, or give it requests instead of a queue.');
  }
  const { patience, queueLimit } = workload.pod.serving;
  if (patience === null && queueLimit === Infinity) return;
  const problem = 'must not have a limit or patience, since a pod takes no more jobs than its prefetch';
  tree.reject([...path, 'pod', 'queue'], problem, 'Limit consumes.prefetch, or the queue itself.');
}

function allCalls(scenario: Scenario): { readonly calls: Calls; readonly path: Path }[] {
  const found: { calls: Calls; path: Path }[] = [];
  for (const [name, { serve }] of Object.entries(scenario.workloads)) {
    if (serve.calls !== undefined) found.push({ calls: serve.calls, path: ['workloads', name, 'serve', 'calls'] });
  }
  scenario.traffic.forEach(({ classes = [] }, i) =>
    classes.forEach(({ calls }, j) => {
      if (calls !== undefined) found.push({ calls, path: ['traffic', i, 'classes', j, 'calls'] });
    }),
  );
  return found;
}
