import { balanceSettings, type CommandedBalancing } from '../../domain/balance/balance-settings.js';
import type { EngineWorkload } from '../../domain/engine-config.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import type { Registries } from '../../engine/registries.js';
import type { SourceTree } from './source-tree.js';
import type { WorkloadSection } from './workload-schema.js';

/** What a workload's balance section means for the world and for the engine. */
export interface ResolvedBalance {
  readonly world: Pick<WorkloadSpec, 'commanded'>;
  readonly engine: Pick<EngineWorkload, 'balance' | 'cpuLimitMillis'>;
}

/** Where a balance section stands. */
export interface BalancePlace {
  readonly name: string;
  readonly section: WorkloadSection;
  /** It runs on machines of its own. */
  readonly onMachines: boolean;
  readonly cpuLimitMillis: number | null;
}

/** Resolves what of a workload's balancers the engine commands. Throws InputError where there is nothing to command. */
export function resolveBalance(
  place: BalancePlace,
  tree: SourceTree,
  { balancePolicies }: Pick<Registries, 'balancePolicies'>,
): ResolvedBalance {
  const { balance } = place.section;
  if (balance === undefined) return { world: {}, engine: {} };
  const commands = balancePolicies[balance.name].commands?.(balance.config) ?? { split: 'pod' as const };
  const settings = balanceSettings.filter((name) => balance.settings?.[name] !== undefined);
  const commanded: CommandedBalancing = { ...commands, ...(settings.length === 0 ? {} : { settings }) };
  check(place, commanded, tree);
  const limit = place.cpuLimitMillis === null ? {} : { cpuLimitMillis: place.cpuLimitMillis };
  return { world: { commanded }, engine: { ...limit, balance } };
}

function check(place: BalancePlace, commanded: CommandedBalancing, tree: SourceTree): void {
  checkBalancer(place, commanded, tree);
  checkPods(place, commanded, tree);
  if (commanded.revisions === true) checkRevisions(place, tree);
}

function checkBalancer({ name, section }: BalancePlace, commanded: CommandedBalancing, tree: SourceTree): void {
  const at = ['workloads', name, 'balance'];
  if (section.consumes !== undefined) {
    tree.reject(at, 'must not be given where a queue brings the work, as there is no balancer', 'Leave it out.');
  }
  const watches = commanded.latency === true || commanded.settings?.includes('outlierEjection') === true;
  if (watches && section.balancer.per === 'connection') {
    tree.reject(
      at,
      'must not go by latency or errors where the balancer chooses once for every connection, as it does not see what becomes of requests',
      'Let it choose for every request (per: request), or choose another policy.',
    );
  }
  for (const setting of commanded.settings ?? []) {
    if (section.balancer[setting] === undefined) continue;
    tree.reject(
      [...at, setting],
      `must not be given together with balancer.${setting}`,
      'Leave one of them out: balance.* is set by the engine at its first tick, balancer.* is there from the beginning.',
    );
  }
}

function checkPods(
  { name, section, onMachines }: BalancePlace,
  { revisions }: CommandedBalancing,
  tree: SourceTree,
): void {
  if (!onMachines || (revisions !== true && section.balance?.drain === undefined)) return;
  tree.reject(
    ['workloads', name, 'balance'],
    'must not decide about revisions or draining where a workload runs on machines of its own',
    'Leave that out, or let the workload have pods.',
  );
}

function checkRevisions({ name, section }: BalancePlace, tree: SourceTree): void {
  const { rollouts, strategy, balance } = section;
  if (rollouts === undefined) {
    tree.reject(
      ['workloads', name, 'balance'],
      'must stand where there are rollouts to let in, and there are none',
      'Add rollouts, as [{ at: 30m, cpuFactor: 1.2x }].',
    );
  }
  const at = ['workloads', name, 'strategy', 'type'];
  if (strategy === undefined || !tree.has(at)) return;
  tree.reject(
    at,
    `must be left out where balance (${balance?.name ?? ''}) decides about revisions, was ${strategy.type}`,
    'Leave it out, or choose another balance policy.',
  );
}
