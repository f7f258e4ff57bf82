import { describe, expect, test } from 'vitest';
import type { EngineNodePool } from '../../src/domain/engine-config.js';
import type { Fact } from '../../src/domain/fact.js';
import { builtIn } from '../../src/engine/registries.js';
import type { NodePolicy } from '../../src/engine/ports.js';
import { seconds } from '../../src/kernel/micros.js';
import { z } from 'zod';
import { config, feed, listen, readyPod, replicasSet, ticked, withPolicy, workload } from './fixture.js';

function pool(name: string, changes: Partial<EngineNodePool> = {}, policy = 'pending-pods'): EngineNodePool {
  const { schema } = builtIn.nodePolicies[policy as keyof typeof builtIn.nodePolicies];
  const written =
    policy === 'scheduled'
      ? {
          schedule: [
            { at: '00:00', nodes: 1 },
            { at: '00:01', nodes: 4 },
          ],
        }
      : {};
  return {
    name,
    cpuMillis: 1000,
    memoryMiB: 4096,
    maxPods: 10,
    minNodes: 0,
    maxNodes: 5,
    policy: { name: policy, config: schema.parse(written) },
    ...changes,
  };
}

/** A node of a pool on its way, and ready. */
const launched = (at: number, node: string, of = 'a'): Fact => ({
  type: 'nodeLaunched',
  at: seconds(at),
  node,
  pool: of,
});
const ready = (at: number, node: string): Fact => ({
  type: 'nodeBecameReady',
  at: seconds(at),
  node,
  instanceType: 'test',
  cpuMillis: 1000,
  memoryMiB: 4096,
  maxPods: 10,
});
const asked = (at: number, nodes: number, of = 'a'): Fact => ({
  type: 'nodeCountSet',
  at: seconds(at),
  pool: of,
  nodes,
});

/** Pods of half a core that found no place. */
function stuck(at: number, ...pods: string[]): Fact[] {
  return pods.flatMap((pod): Fact[] => {
    const of = { at: seconds(at), workload: 'web', pod };
    return [
      { type: 'podCreated', ...of },
      { type: 'podFoundUnschedulable', ...of, reason: 'full' },
    ];
  });
}

function commands(pools: readonly EngineNodePool[], facts: readonly Fact[]) {
  const heard = listen(config([workload({ minReplicas: 0 })], { nodePools: pools }));
  feed(heard.engine, facts);
  return { ...heard, nodes: heard.decisions.filter(({ counts }) => counts === 'nodes') };
}

describe('nodes for pods that fit nowhere', () => {
  test('are as many as the pods fill, less what is free and what is on its way', () => {
    const none = [replicasSet(0, 5), asked(0, 0), ...stuck(1, 'p1', 'p2', 'p3', 'p4', 'p5'), ticked(15)];
    expect(commands([pool('a')], none).commands).toEqual([
      { type: 'scaleNodes', at: seconds(15), pool: 'a', from: 0, nodes: 3, remove: [], reason: 'pending-pods' },
    ]);
    // One node is coming, one pod of another sort has half of the node that is there: three pods have a place to come.
    const some = [replicasSet(0, 6), asked(0, 2), launched(0, 'a-0'), ready(0, 'a-0'), launched(0, 'a-1')];
    const facts = [...some, ...readyPod(0, 'p0', 'web', 'a-0'), ...stuck(1, 'p1', 'p2', 'p3', 'p4', 'p5'), ticked(15)];
    expect(commands([pool('a')], facts).commands).toMatchObject([{ from: 2, nodes: 3 }]);
  });

  test('are asked for once: what is on its way is not asked for again, and a pod that was placed needs none', () => {
    const facts = [
      replicasSet(0, 2),
      asked(0, 0),
      ...stuck(1, 'p1', 'p2'),
      ticked(15),
      asked(15, 1),
      launched(15, 'a-0'),
    ];
    expect(commands([pool('a')], [...facts, ticked(30), ticked(45)]).commands).toHaveLength(1);
  });

  test('come from the next pool where the first is at its most, and none comes where pods are too large for it', () => {
    const facts = [
      replicasSet(0, 5),
      asked(0, 0),
      asked(0, 0, 'b'),
      ...stuck(1, 'p1', 'p2', 'p3', 'p4', 'p5'),
      ticked(15),
    ];
    expect(commands([pool('a', { maxNodes: 1 }), pool('b')], facts).commands).toMatchObject([
      { pool: 'a', nodes: 1 },
      { pool: 'b', nodes: 2 },
    ]);
    const small = commands([pool('a', { cpuMillis: 400 }), pool('b')], facts);
    expect(small.commands).toMatchObject([{ pool: 'b', nodes: 3 }]);
    expect(small.nodes.map(({ reason }) => reason)).toEqual(['pods-too-large', 'pending-pods']);
    const full = commands([pool('a', { maxNodes: 0 })], facts);
    expect(full.commands).toEqual([]);
    expect(full.nodes[0]).toMatchObject({ reason: 'at-maximum', rules: [{ rule: 'max', numbers: { pods: 5 } }] });
  });

  test('go when they have been empty for long, by name and down to the least number', () => {
    const there = ['a-0', 'a-1', 'a-2'].flatMap((node) => [launched(0, node), ready(0, node)]);
    const facts = [replicasSet(0, 1), asked(0, 3), ...there, ...readyPod(0, 'p0', 'web', 'a-0'), ticked(585)];
    expect(commands([pool('a')], facts).commands).toEqual([]);
    expect(commands([pool('a')], [...facts, ticked(600)]).commands).toMatchObject([
      { nodes: 1, remove: ['a-1', 'a-2'], reason: 'empty-nodes' },
    ]);
    expect(commands([pool('a', { minNodes: 2 })], [...facts, ticked(600)]).commands).toMatchObject([
      { nodes: 2, remove: ['a-1'] },
    ]);
    const gone: Fact = { type: 'podRemoved', at: seconds(590), workload: 'web', pod: 'p0', reason: '' };
    const late = commands([pool('a')], [...facts, gone, ticked(1185), ticked(1190)]).commands;
    expect(late.at(-1)).toMatchObject({ at: seconds(1190), remove: ['a-0', 'a-1', 'a-2'] });
  });
});

describe('the number of nodes', () => {
  test('follows the clock, within its bounds', () => {
    const facts = [asked(0, 1), ticked(45), ticked(60)];
    expect(commands([pool('a', {}, 'scheduled')], facts).commands).toMatchObject([{ at: seconds(60), nodes: 4 }]);
    const { commands: bound, nodes } = commands([pool('a', { maxNodes: 3 }, 'scheduled')], facts);
    expect(bound).toMatchObject([{ nodes: 3, reason: 'at-maximum' }]);
    expect(nodes.at(-1)?.rules.map(({ rule }) => rule)).toEqual(['schedule', 'max']);
  });

  test('is raised to the least where somebody set it below, and left alone while nobody has said it', () => {
    expect(commands([pool('a', { minNodes: 2 }, 'fixed')], [ticked(15), asked(16, 0), ticked(30)]).commands).toEqual([
      { type: 'scaleNodes', at: seconds(30), pool: 'a', from: 0, nodes: 2, remove: [], reason: 'at-minimum' },
    ]);
  });

  test('is held by a policy that fails', () => {
    const broken: NodePolicy = { decide: () => ({ desired: NaN, remove: [], unplaced: [], rules: [], reason: '' }) };
    const test = { name: 'test', description: '', schema: z.strictObject({}), create: () => broken };
    const registries = { ...builtIn, nodePolicies: { test } };
    const own = { ...pool('a', {}, 'fixed'), policy: { name: 'test', config: {} } };
    const { engine, decisions, commands: out } = listen(config([], { nodePools: [own] }), registries);
    feed(engine, [asked(0, 3), ticked(15)]);
    expect(out).toEqual([]);
    expect(decisions[0]).toMatchObject({ desired: 3, reason: 'stage-failed', stages: [{ status: 'failed' }] });
  });
});

describe('a workload on machines of its own', () => {
  const onMachines = workload({ pool: 'web-vms', policy: { name: 'test', config: {} } });
  const grow = withPolicy(({ specReplicas }) => ({
    rawDesired: null,
    desired: specReplicas + 1,
    winner: null,
    metrics: [],
    rules: [],
    reason: 'grown',
  }));

  test('asks for machines, knows their number from the group, and does not count them as room for pods', () => {
    const { engine, decisions, commands: out } = listen(config([onMachines]), grow);
    feed(engine, [asked(0, 4, 'web-vms'), launched(0, 'v-0', 'web-vms'), ready(0, 'v-0'), ticked(15)]);
    expect(out).toEqual([
      { type: 'scaleNodes', at: seconds(15), pool: 'web-vms', from: 4, nodes: 5, remove: [], reason: 'grown' },
    ]);
    expect(decisions[0]).toMatchObject({ workload: 'web', counts: 'instances', from: 4, desired: 5, rules: [] });
  });
});
