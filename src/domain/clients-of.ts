import type { ClientSpec } from './traffic-spec.js';
import type { WorldSpec } from './world-spec.js';

/** Habits of everybody who sends requests to a workload: sources, and workloads that call it. */
export function clientsOf(world: Pick<WorldSpec, 'traffic' | 'workloads'>, name: string): readonly ClientSpec[] {
  const work = [...world.traffic.flatMap(({ classes }) => classes), ...world.workloads.map((one) => one.work)];
  const calls = work.flatMap((one) => one.calls.flat()).filter(({ target }) => target === name);
  return [...world.traffic.filter(({ to }) => to === name), ...calls].map(({ client }) => client);
}
