import { describe, expect, test } from 'vitest';
import type { EngineConfig, EngineNodePool } from '../../src/domain/engine-config.js';
import type { Fact } from '../../src/domain/fact.js';
import { ZONE_LABEL, HOSTNAME_LABEL } from '../../src/domain/scheduling/labels.js';
import { type PodConstraints, podLabels } from '../../src/domain/scheduling/pod-constraints.js';
import { builtIn } from '../../src/engine/registries.js';
import { seconds } from '../../src/kernel/micros.js';
import { config, feed, listen, workload } from './fixture.js';
import { asked, engineConfig, type Known, named, nodes, offer, pods, size, ticks } from './node-facts.js';

const taint = { key: 'gpu', value: 'true', effect: 'NoSchedule' } as const;

function scaled(engine: EngineConfig, facts: readonly Fact[]): string[] {
  const heard = listen(engine);
  feed(heard.engine, facts);
  return heard.commands.flatMap((command) =>
    command.type === 'scaleNodes' ? [`${command.pool} ${command.nodes}`] : [],
  );
}

describe.each<Known>(['cluster-autoscaler', 'karpenter'])('%s', (name) => {
  const base = engineConfig(name);
  /** The small pool would do and be cheaper, but for what is said of it. */
  const two = (small: object, large: object, scheduling: PodConstraints): EngineConfig => ({
    ...base,
    workloads: [workload({ minReplicas: 0, scheduling })],
    nodeScaler: { ...base.nodeScaler!, pools: [offer('small', 2, small), offer('large', 8, large)] },
  });
  const facts = [asked(0, 'small', 0), asked(0, 'large', 0), ...pods(1, ['a', 'b']), ...ticks(15, 15)];

  test('leaves out pools whose taints keep the pods away, unless they tolerate them', () => {
    expect(scaled(two({ taints: [taint] }, {}, {}), facts)).toEqual(['large 1']);
    const tolerations = [{ key: 'gpu', operator: 'Exists' as const }];
    expect(scaled(two({ taints: [taint] }, {}, { tolerations }), facts)).toEqual(['small 1']);
  });

  test('asks for nodes with the labels that pods want, and for none where none has them', () => {
    const wants = { nodeSelector: { disk: 'ssd' } };
    expect(scaled(two({}, { labels: { disk: 'ssd' } }, wants), facts)).toEqual(['large 1']);
    expect(scaled(two({}, {}, wants), facts)).toEqual([]);
  });

  test('asks for a node for each pod that must be alone', () => {
    const antiAffinity = [{ topologyKey: HOSTNAME_LABEL, selector: { matchLabels: podLabels('web') } }];
    expect(scaled(two({}, {}, { antiAffinity }), facts)).toEqual(['small 2']);
  });

  test('takes labels and taints of nodes that are there for good from the nodes themselves', () => {
    const there = (marks: object): Fact[] => [
      { ...size(8), ...marks, type: 'nodeBecameReady', at: seconds(0), node: 'there', instanceType: 'fixed' },
    ];
    const wants = { nodeSelector: { [ZONE_LABEL]: 'a' } };
    const engine = two({ labels: { [ZONE_LABEL]: 'a' } }, {}, wants);
    expect(scaled(engine, [...there({ labels: { [ZONE_LABEL]: 'a' } }), ...facts])).toEqual([]);
    expect(scaled(engine, [...there({ labels: { [ZONE_LABEL]: 'b' } }), ...facts])).toEqual(['small 1']);
    expect(scaled(engine, [...there({ labels: { [ZONE_LABEL]: 'a' }, taints: [taint] }), ...facts])).toEqual([
      'small 1',
    ]);
  });

  test('provides for headroom that has been driven out, and not for the pod that is promised its place', () => {
    const engine: EngineConfig = {
      ...two({}, {}, { priority: 10 }),
      headroom: [
        {
          name: 'spare',
          cpuRequestMillis: 1000,
          memoryRequestMiB: 512,
          scheduling: { priority: -10, preempts: false },
        },
      ],
    };
    const spare = { at: seconds(1), workload: 'spare', pod: 's-1' } as const;
    const waits: Fact[] = [
      { type: 'podCreated', ...spare },
      { type: 'podFoundUnschedulable', ...spare, reason: 'full' },
    ];
    const begin = [
      asked(0, 'small', 1),
      asked(0, 'large', 0),
      ...nodes('small', 2, ['there']),
      ...pods(0, ['x', 'y', 'z'], 'there'),
    ];
    expect(scaled(engine, [...begin, ...waits, ...ticks(15, 15)])).toEqual(['small 2']);
    const promised: Fact[] = [
      ...pods(1, ['a']),
      { type: 'podNominated', at: seconds(1), workload: 'web', pod: 'a', node: 'there' },
    ];
    expect(scaled(engine, [...begin, ...promised, ...ticks(15, 15)])).toEqual([]);
    // Its place is taken: the placeholder of a whole core does not fit beside it, on a node that it would have had room on.
    const roomy = [
      asked(0, 'small', 1),
      asked(0, 'large', 0),
      ...nodes('small', 2, ['there']),
      ...pods(0, ['x', 'y'], 'there'),
    ];
    expect(scaled(engine, [...roomy, ...waits, ...ticks(15, 15)])).toEqual([]);
    expect(scaled(engine, [...roomy, ...promised, ...waits, ...ticks(15, 15)])).toEqual(['small 2']);
  });
});

describe('the policy of pending pods', () => {
  const { schema } = builtIn.nodePolicies['pending-pods'];
  const pool = (name: string, changes: Partial<EngineNodePool> = {}): EngineNodePool => ({
    name,
    ...size(2),
    minNodes: 0,
    maxNodes: 5,
    policy: { name: 'pending-pods', config: schema.parse({}) },
    ...changes,
  });
  const facts = [asked(0, 'a', 0), asked(0, 'b', 0), ...pods(1, named('p', 8)), ...ticks(15, 15)];
  const engine = (scheduling: PodConstraints, nodePools: readonly EngineNodePool[]): EngineConfig =>
    config([workload({ minReplicas: 0, scheduling })], { nodePools });

  test('grows the pool that helps', () => {
    const wants = { nodeSelector: { disk: 'ssd' } };
    expect(scaled(engine(wants, [pool('a'), pool('b', { labels: { disk: 'ssd' } })]), facts)).toEqual(['b 2']);
    expect(scaled(engine({}, [pool('a', { taints: [taint] }), pool('b')]), facts)).toEqual(['b 2']);
    expect(scaled(engine({ priority: 1 }, [pool('a'), pool('b')]), facts)).toEqual(['a 2']);
  });

  test('spreads over zones, each pool giving what the skew lets it', () => {
    const spread = [
      {
        topologyKey: ZONE_LABEL,
        selector: { matchLabels: podLabels('web') },
        maxSkew: 4,
        whenUnsatisfiable: 'DoNotSchedule' as const,
        minDomains: 2,
      },
    ];
    const zoned = [pool('a', { labels: { [ZONE_LABEL]: 'a' } }), pool('b', { labels: { [ZONE_LABEL]: 'b' } })];
    expect(scaled(engine({ spread }, zoned), facts)).toEqual(['a 1', 'b 1']);
  });

  test('leaves to the next pool what is beyond its most', () => {
    const few = [pool('a', { maxNodes: 1 }), pool('b')];
    expect(scaled(engine({ priority: 1 }, few), facts)).toEqual(['a 1', 'b 1']);
  });
});

test('the engine says how many pods find room, also where others would have to make it', () => {
  const base = config(
    [
      workload({ name: 'web', scheduling: { priority: 10 }, minReplicas: 6, maxReplicas: 9 }),
      workload({ name: 'batch', minReplicas: 0, scheduling: { priority: 0 } }),
    ],
    {},
  );
  const heard = listen(base);
  const batch = named('b', 4).flatMap((pod): Fact[] => [
    { type: 'podCreated', at: seconds(1), workload: 'batch', pod },
    { type: 'podScheduled', at: seconds(1), workload: 'batch', pod, node: 'n' },
  ]);
  feed(heard.engine, [
    { ...size(2), type: 'nodeBecameReady', at: seconds(0), node: 'n', instanceType: 'fixed' },
    { type: 'replicasSet', at: seconds(0), workload: 'web', replicas: 6 },
    { type: 'replicasSet', at: seconds(0), workload: 'batch', replicas: 4 },
    ...batch,
    ...ticks(15, 15),
  ]);
  const web = heard.decisions.find(({ workload: name }) => name === 'web');
  // Two cores hold four pods of half a core: the four of batch would go for four of the six.
  expect(web?.rules).toMatchObject([{ rule: 'capacity', numbers: { needed: 6, fits: 4, pending: 2 } }]);
});
