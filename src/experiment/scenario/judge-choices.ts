import type { Choice, EngineConfig, EngineWorkload } from '../../domain/engine-config.js';
import type { Definition } from '../../engine/ports.js';
import type { Registries } from '../../engine/registries.js';
import type { SourceTree } from './source-tree.js';

/** Asks every policy and forecaster that is used whether its section makes sense in this scenario. Throws InputError at the value that does not. */
export function judgeChoices(
  {
    workloads,
    metrics = [],
  }: { readonly workloads: readonly EngineWorkload[]; readonly metrics?: EngineConfig['metrics'] },
  tree: SourceTree,
  registries: Registries,
): void {
  const names = workloads.map(({ name }) => name);
  const metricsOf = (name: string): readonly string[] =>
    metrics.filter(({ workload }) => workload === null || workload === name).map((metric) => metric.name);
  for (const workload of workloads) {
    const ask = (section: string, { name, config }: Choice, known: Readonly<Record<string, Definition<unknown>>>) => {
      const objection = known[name].judge?.(config, { workload, workloads: names, metricsOf }) ?? null;
      if (objection === null) return;
      tree.reject(['workloads', workload.name, section, ...objection.path], objection.problem, objection.hint);
    };
    ask('scaling', workload.policy, registries.policies);
    if (workload.vertical !== undefined) ask('vertical', workload.vertical, registries.verticalPolicies);
    if (workload.balance !== undefined) ask('balance', workload.balance, registries.balancePolicies);
    ask('forecaster', workload.forecaster, registries.forecasters);
  }
}
