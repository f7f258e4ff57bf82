import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { EngineNodePool } from '../../src/domain/engine-config.js';
import type { Fact } from '../../src/domain/fact.js';
import type { RunIdentity } from '../../src/domain/run-identity.js';
import type { NodeScaler } from '../../src/engine/ports/scaling-proposal.js';
import type { ScalingInput } from '../../src/engine/ports/scaling-input.js';
import { builtIn } from '../../src/engine/registries.js';
import { replay, type JournalEntry } from '../../src/engine/replay.js';
import { readJournalHeader, writeJournalHeader } from '../../src/experiment/journal-header.js';
import { seconds } from '../../src/kernel/micros.js';
import { config, feed, listen, ticked, workload } from './fixture.js';

import { asked, empty, engineConfig, type Known, named, nodes, pods, pools, size, ticks } from './node-facts.js';

describe('the cluster autoscaler in the engine', () => {
  test('pods without a place grow the pool that its expander prefers', () => {
    // Three pods of half a core: a small node wastes 2 - 1.5 cores, a large one 8 - 1.5.
    const waste = listen(engineConfig('cluster-autoscaler', { expander: 'least-waste' }));
    feed(waste.engine, [...empty, ...pods(10, named('p', 3)), ticked(15)]);
    expect(waste.commands).toEqual([
      {
        type: 'scaleNodes',
        at: seconds(15),
        pool: 'small',
        from: 0,
        nodes: 1,
        remove: [],
        reason: expect.any(String),
      },
    ]);

    // Ten pods need three small nodes, or one large one.
    const least = listen(engineConfig('cluster-autoscaler', { expander: 'least-nodes' }));
    feed(least.engine, [...empty, ...pods(10, named('p', 10)), ticked(15)]);
    expect(least.commands).toMatchObject([{ pool: 'large', nodes: 1 }]);
    expect(
      least.decisions.map(({ workload: pool, counts, policy, desired }) => [pool, counts, policy, desired]),
    ).toEqual(
      expect.arrayContaining([
        ['small', 'nodes', 'cluster-autoscaler', 0],
        ['large', 'nodes', 'cluster-autoscaler', 1],
      ]),
    );
  });

  test('pods that fit on a node that is coming bring no second one', () => {
    const heard = listen(engineConfig('cluster-autoscaler'));
    const launched: Fact = { type: 'nodeLaunched', at: seconds(16), node: 's-0', pool: 'small' };
    feed(heard.engine, [...empty, ...pods(10, named('p', 3)), ticked(15), asked(16, 'small', 1), launched, ticked(30)]);
    expect(heard.commands).toHaveLength(1);
  });

  test('a node whose pods fit elsewhere goes after ten minutes, by its name', () => {
    const heard = listen(engineConfig('cluster-autoscaler'));
    feed(heard.engine, [
      asked(0, 'small', 2),
      asked(0, 'large', 0),
      ...nodes('small', 2, ['full', 'spare']),
      ...pods(0, ['a', 'b', 'c'], 'full'),
      ...pods(0, ['d'], 'spare'),
      ...ticks(15, 615),
    ]);
    expect(heard.commands).toEqual([]);
    feed(heard.engine, ticks(630, 645));
    expect(heard.commands.at(0)).toMatchObject({ pool: 'small', from: 2, nodes: 1, retire: ['spare'] });
  });

  test('it stays where its pods fit nowhere else', () => {
    const heard = listen(engineConfig('cluster-autoscaler'));
    feed(heard.engine, [
      asked(0, 'small', 2),
      asked(0, 'large', 0),
      ...nodes('small', 2, ['full', 'spare']),
      ...pods(0, ['a', 'b', 'c', 'e'], 'full'),
      ...pods(0, ['d'], 'spare'),
      ...ticks(15, 1200),
    ]);
    expect(heard.commands).toEqual([]);
  });

  test('pods may move to a node of a fixed pool, which never goes itself', () => {
    const heard = listen(engineConfig('cluster-autoscaler'));
    const fixed: Fact = { ...size(2), type: 'nodeBecameReady', at: seconds(0), node: 'there', instanceType: 'fixed' };
    feed(heard.engine, [
      asked(0, 'small', 1),
      asked(0, 'large', 0),
      fixed,
      ...nodes('small', 2, ['spare']),
      ...pods(0, ['d'], 'spare'),
      ...ticks(15, 660),
    ]);
    expect(heard.commands.at(0)).toMatchObject({ pool: 'small', nodes: 0, retire: ['spare'] });
    expect(heard.decisions.some(({ workload: pool }) => pool.startsWith('fixed'))).toBe(false);
  });
});

describe('Karpenter in the engine', () => {
  test('pods without a place get the cheapest node that holds them', () => {
    const heard = listen(engineConfig('karpenter'));
    feed(heard.engine, [...empty, ...pods(10, named('p', 3)), ticked(15)]);
    expect(heard.commands).toMatchObject([{ pool: 'small', from: 0, nodes: 1 }]);
  });

  test('two nodes that are nearly empty give way to a cheaper one, which is up before they go', () => {
    const heard = listen(engineConfig('karpenter', { budgets: [{ nodes: '100%' }] }));
    feed(heard.engine, [
      asked(0, 'small', 0),
      asked(0, 'large', 2),
      ...nodes('large', 8, ['l-0', 'l-1']),
      ...pods(0, ['a', 'b'], 'l-0'),
      ...pods(0, ['c'], 'l-1'),
      ...ticks(15, 60),
    ]);
    const [launch] = heard.commands;
    expect(heard.commands).toHaveLength(1);
    expect(launch).toMatchObject({ pool: 'small', from: 0, nodes: 1 });
    expect(launch).not.toHaveProperty('retire');
    feed(heard.engine, [asked(61, 'small', 1), ...nodes('small', 2, ['s-0'], 62), ...ticks(75, 120)]);
    expect(heard.commands.at(1)).toMatchObject({ pool: 'large', from: 2, nodes: 0, retire: ['l-1', 'l-0'] });
  });
});

describe('an autoscaler of nodes', () => {
  function withScaler(decide: NodeScaler['decide'], changes: { nodePools?: readonly EngineNodePool[] } = {}) {
    const test = { name: 'test', description: 'A test.', schema: z.strictObject({}), create: () => ({ decide }) };
    const nodeScaler = { name: 'test', config: {}, seed: 1, pools };
    return listen(config([workload({ minReplicas: 0 })], { nodeScaler, ...changes }), {
      ...builtIn,
      nodeScalers: { ...builtIn.nodeScalers, test },
    });
  }

  test('that fails holds every pool, and says so', () => {
    const heard = withScaler(() => {
      throw new Error('broken');
    });
    feed(heard.engine, [...empty, ...pods(10, ['a']), ticked(15)]);
    expect(heard.commands).toEqual([]);
    const ofNodes = heard.decisions.filter(({ counts }) => counts === 'nodes');
    expect(ofNodes.map(({ reason, desired, stages }) => [reason, desired, stages])).toEqual([
      ['stage-failed', 0, [{ stage: 'allocate', status: 'failed', note: 'broken' }]],
      ['stage-failed', 0, [{ stage: 'allocate', status: 'failed', note: 'broken' }]],
    ]);
  });

  test.each([11, -1, 0.5, NaN])('that wants %d nodes holds, since the pool does not allow them', (desired) => {
    const proposal = { pool: 'small', desired, remove: [], rules: [], reason: 'wild' };
    const heard = withScaler(() => ({ pools: [proposal], cordon: [], unplaced: [] }));
    feed(heard.engine, [...empty, ticked(15)]);
    expect(heard.commands).toEqual([]);
    expect(heard.decisions.at(-1)?.reason).toBe('stage-failed');
  });

  test('a node that is replaced by one of its own pool is named though their number stays', () => {
    const proposal = { pool: 'small', desired: 1, remove: ['s-0'], rules: [], reason: 'expired' };
    const heard = withScaler(() => ({ pools: [proposal], cordon: [], unplaced: [] }));
    feed(heard.engine, [asked(0, 'small', 1), asked(0, 'large', 0), ...nodes('small', 2, ['s-0']), ticked(15)]);
    expect(heard.commands).toMatchObject([{ pool: 'small', from: 1, nodes: 1, retire: ['s-0'] }]);
  });

  test('sees pods by node and kind, those that leave, and lost nodes until others are there in their place', () => {
    const seen: ScalingInput[] = [];
    const heard = withScaler((input) => {
      seen.push(input);
      return { pools: [], cordon: [], unplaced: [] };
    });
    feed(heard.engine, [
      asked(0, 'small', 2),
      asked(0, 'large', 0),
      ...nodes('small', 2, ['s-0', 's-1', 's-2']),
      ...pods(0, ['a', 'b'], 's-0'),
      ...pods(3, ['w'], null),
      { type: 'podBeganTerminating', at: seconds(4), workload: 'web', pod: 'b', reason: 'test' },
      { type: 'nodeBeganDraining', at: seconds(5), node: 's-2', reason: 'test' },
      { type: 'nodeLost', at: seconds(6), node: 's-1' },
      ticked(15),
      { type: 'nodeLaunched', at: seconds(16), node: 's-3', pool: 'small' },
      ticked(30),
    ]);
    const [first, second] = seen;
    expect(first.nodes.map(({ name, leaving, unhealthySince }) => [name, leaving, unhealthySince])).toEqual([
      ['s-0', false, null],
      ['s-1', false, seconds(6)],
      ['s-2', true, null],
    ]);
    expect(first.nodes[0].pods.map(({ name }) => name)).toEqual(['web/a']);
    expect(first.pending.map(({ name }) => name)).toEqual(['web/w']);
    expect(first.pending[0].requirements).toBe(first.nodes[0].pods[0].requirements);
    expect(second.pending[0].requirements).toBe(first.pending[0].requirements);
    expect(second.nodes.map(({ name }) => name)).toEqual(['s-0', 's-2', 's-3']);
  });

  test('leaves to the pools with a policy of their own what it has no place for', () => {
    const own: EngineNodePool = {
      name: 'own',
      ...size(2),
      minNodes: 0,
      maxNodes: 5,
      policy: { name: 'pending-pods', config: builtIn.nodePolicies['pending-pods'].schema.parse({}) },
    };
    const heard = withScaler(({ pending }) => ({ pools: [], cordon: [], unplaced: pending.slice(0, 4) }), {
      nodePools: [own],
    });
    feed(heard.engine, [...empty, asked(0, 'own', 0), ...pods(10, named('p', 8)), ticked(15)]);
    // Four of eight pods of half a core fill one node of two cores.
    expect(heard.commands).toMatchObject([{ pool: 'own', nodes: 1 }]);
  });
});

const identity: RunIdentity = {
  scenario: 'test',
  scenarioHash: '',
  traceHashes: {},
  seed: 1,
  catalogueHash: '',
  modelHashes: {},
  pluginHashes: {},
  backend: 'none',
  version: 'test',
};

test.each<Known>(['cluster-autoscaler', 'karpenter'])('a journal of the %s is replayed from its header', (name) => {
  const written = engineConfig(name, name === 'karpenter' ? { budgets: [{ nodes: 2 }] } : {});
  const facts = [...empty, ...pods(10, named('p', 9)), ...ticks(15, 1500)];
  const entries: JournalEntry[] = [];
  const add = (kind: 'command' | 'decision', body: object) => entries.push({ seq: entries.length, kind, body });
  const { engine, commands, decisions } = listen(written);
  for (const fact of facts) {
    entries.push({ seq: entries.length, kind: 'fact', body: fact });
    const [from, said] = [decisions.length, commands.length];
    engine.on(fact);
    const made = commands.slice(said);
    for (const decision of decisions.slice(from)) {
      add('decision', decision);
      const own = made.find((command) => command.type === 'scaleNodes' && command.pool === decision.workload);
      if (own !== undefined) add('command', own);
    }
  }
  expect(commands.length).toBeGreaterThan(0);
  const read = readJournalHeader(writeJournalHeader({ identity, engine: written }), 'test').engine;
  expect(read).toEqual(written);
  expect(replay(entries, read, builtIn).divergence).toBeNull();
});
