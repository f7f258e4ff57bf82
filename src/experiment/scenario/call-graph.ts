import { closest } from '../../domain/did-you-mean.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';
import type { Calls } from './work-schema.js';

/** One call of a scenario and where it was written. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly path: Path;
}

/** Who calls whom, checked: every target exists and no call comes back to its caller. Throws InputError at the call. */
export function checkedCalls(scenario: Scenario, tree: SourceTree): readonly Edge[] {
  const edges = allCalls(scenario);
  const { workloads, dependencies, queues = {} } = scenario;
  const known = [workloads, dependencies, queues].flatMap((section) => Object.keys(section));
  for (const edge of edges) {
    if (known.includes(edge.to)) continue;
    const meant = closest(edge.to, known);
    const hint = meant === null ? `Known are ${known.join(', ')}.` : `Did you mean ${meant}?`;
    tree.reject(edge.path, `must call a workload, a dependency or a queue, was ${JSON.stringify(edge.to)}`, hint);
  }
  refuseCycles(edges, tree);
  return edges;
}

function allCalls(scenario: Scenario): readonly Edge[] {
  const edges: Edge[] = [];
  const add = (from: string, calls: Calls | undefined, base: Path) =>
    calls?.forEach((group, i) => {
      for (const { to } of group) edges.push({ from, to, path: [...base, i] });
    });
  for (const [name, { serve }] of Object.entries(scenario.workloads))
    add(name, serve.calls, ['workloads', name, 'serve', 'calls']);
  scenario.traffic.forEach(({ to, classes }, i) => {
    classes?.forEach((kind, j) => add(to, kind.calls, ['traffic', i, 'classes', j, 'calls']));
  });
  return edges;
}

/** Depth first over the workloads; the first call that leads back to one still open closes a cycle. */
function refuseCycles(edges: readonly Edge[], tree: SourceTree): void {
  const done = new Set<string>();
  const open: string[] = [];
  const visit = (name: string): void => {
    open.push(name);
    for (const edge of edges) {
      if (edge.from !== name || done.has(edge.to)) continue;
      const start = open.indexOf(edge.to);
      if (start >= 0) {
        const cycle = [...open.slice(start), edge.to].join(' -> ');
        tree.reject(
          edge.path,
          `must not lead back to its caller, was the cycle ${cycle}`,
          'Remove one of these calls.',
        );
      }
      visit(edge.to);
    }
    open.pop();
    done.add(name);
  };
  for (const { from } of edges) if (!done.has(from)) visit(from);
}
