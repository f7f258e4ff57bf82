import type { EngineNodeOffer, EngineNodePool } from '../../src/domain/engine-config.js';
import type { Fact } from '../../src/domain/fact.js';
import { builtIn } from '../../src/engine/registries.js';
import { seconds } from '../../src/kernel/micros.js';
import { config, ticked, workload } from './fixture.js';

/** An autoscaler that comes with the product. */
export type Known = keyof typeof builtIn.nodeScalers;

/** A pool of nodes of so many cores with 4 GiB for each, at 5 cents for a core and hour. */
export function offer(name: string, cores: number, changes: Partial<EngineNodeOffer> = {}): EngineNodeOffer {
  const bounds = { minNodes: 0, maxNodes: 10 };
  const size = { cpuMillis: cores * 1000, memoryMiB: cores * 4096, maxPods: 30 };
  return { name, ...size, ...bounds, instanceType: name, pricePerHour: cores * 0.05, nodePool: 'all', ...changes };
}

/** A small and a large pool. */
export const pools = [offer('small', 2), offer('large', 8)];

/** One workload, and two pools under an autoscaler. */
export function engineConfig(
  name: Known,
  written: object = {},
  changes: { nodePools?: readonly EngineNodePool[] } = {},
) {
  const nodeScaler = { name, config: builtIn.nodeScalers[name].schema.parse(written), seed: 1, pools };
  return config([workload({ minReplicas: 0 })], { nodeScaler, ...changes });
}

/** Nodes asked for. */
export const asked = (at: number, pool: string, nodes: number): Fact => ({
  type: 'nodeCountSet',
  at: seconds(at),
  pool,
  nodes,
});
/** Both pools without a node. */
export const empty = [asked(0, 'small', 0), asked(0, 'large', 0)];

/** Nodes of a pool that are there from the beginning. */
export function nodes(pool: string, cores: number, names: readonly string[], at = 0): Fact[] {
  return names.flatMap((node): Fact[] => [
    { type: 'nodeLaunched', at: seconds(at), node, pool },
    { ...size(cores), type: 'nodeBecameReady', at: seconds(at), node, instanceType: pool },
  ]);
}

/** A node of so many cores. */
export function size(cores: number) {
  return { cpuMillis: cores * 1000, memoryMiB: cores * 4096, maxPods: 30 };
}

/** Pods of half a core, on a node or found without a place. */
export function pods(at: number, names: readonly string[], node: string | null = null): Fact[] {
  return names.flatMap((pod): Fact[] => {
    const of = { at: seconds(at), workload: 'web', pod };
    const next: Fact =
      node === null
        ? { type: 'podFoundUnschedulable', ...of, reason: 'no room' }
        : { type: 'podScheduled', ...of, node };
    return [{ type: 'podCreated', ...of }, next];
  });
}

/** Names with a number each. */
export const named = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

/** A tick every 15 s. */
export function ticks(from: number, to: number): Fact[] {
  const all: Fact[] = [];
  for (let at = from; at <= to; at += 15) all.push(ticked(at));
  return all;
}
