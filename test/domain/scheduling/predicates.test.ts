import { describe, expect, test } from 'vitest';
import { ClusterPlan } from '../../../src/domain/scheduling/cluster-plan.js';
import { type LabelOperator, meetsRequirement } from '../../../src/domain/scheduling/label-requirement.js';
import { HOSTNAME_LABEL, ZONE_LABEL } from '../../../src/domain/scheduling/labels.js';
import type { NodeShape } from '../../../src/domain/scheduling/node-shape.js';
import type { PodRequirements } from '../../../src/domain/scheduling/pod-requirements.js';
import type { Refusal } from '../../../src/domain/scheduling/refusal.js';
import { needs, pod, shape, spread } from './fixture.js';

/** A plan of nodes by name. */
function planOf(nodes: Readonly<Record<string, Partial<NodeShape>>>): ClusterPlan {
  const plan = new ClusterPlan();
  for (const [name, more] of Object.entries(nodes)) {
    plan.addNode({ name, pool: null, shape: { ...shape(1000, 1024), ...more } });
  }
  return plan;
}

function refusal(plan: ClusterPlan, kind: PodRequirements, name: string): Refusal | null {
  const node = plan.node(name);
  if (node === null) throw new Error(`no node ${name}`);
  return plan.refusal(pod('new', kind), node);
}

function put(plan: ClusterPlan, kind: PodRequirements, ...names: readonly string[]): void {
  for (const name of names) {
    const node = plan.node(name);
    if (node === null) throw new Error(`no node ${name}`);
    plan.place(pod(`on-${name}-${node.pods.length}`, kind), node);
  }
}

const inZones = {
  a1: { labels: { [ZONE_LABEL]: 'a' } },
  a2: { labels: { [ZONE_LABEL]: 'a' } },
  b1: { labels: { [ZONE_LABEL]: 'b' } },
};

describe('label requirements', () => {
  const labels = { size: '16', tier: 'web' };
  test.each<[string, LabelOperator, string[], boolean]>([
    ['tier', 'In', ['web', 'api'], true],
    ['tier', 'In', ['api'], false],
    ['none', 'In', [''], false],
    ['tier', 'NotIn', ['web'], false],
    ['none', 'NotIn', ['web'], true],
    ['tier', 'Exists', [], true],
    ['none', 'DoesNotExist', [], true],
    ['size', 'Gt', ['8'], true],
    ['size', 'Gt', ['16'], false],
    ['size', 'Lt', ['17'], true],
    ['tier', 'Gt', ['1'], false],
    ['none', 'Lt', ['1'], false],
    ['toString', 'Exists', [], false],
  ])('%s %s %j is %s', (key, operator, values, expected) => {
    expect(meetsRequirement(labels, { key, operator, values })).toBe(expected);
  });
});

describe('resources', () => {
  test('CPU, memory and number of pods bind; what is requested of nothing fits on an overdrawn node', () => {
    const plan = planOf({ n: { maxPods: 3 } });
    put(plan, needs(900, 1000), 'n');
    expect(refusal(plan, needs(100, 24), 'n')).toBeNull();
    expect(refusal(plan, needs(101), 'n')).toBe('cpu');
    expect(refusal(plan, needs(0, 25), 'n')).toBe('memory');
    put(plan, needs(500), 'n');
    expect(refusal(plan, needs(0, 24), 'n')).toBeNull();
    put(plan, needs(0), 'n');
    expect(refusal(plan, needs(0), 'n')).toBe('pods');
  });

  test('sums of fractions do not refuse the last pod that fits', () => {
    const plan = planOf({ n: { memoryMiB: 1 } });
    for (let i = 0; i < 9; i += 1) put(plan, needs(0, 0.1), 'n');
    expect(refusal(plan, needs(0, 0.1), 'n')).toBeNull();
  });
});

describe('taints, affinity and ports of nodes', () => {
  const spot = { key: 'spot', value: 'yes', effect: 'NoSchedule' } as const;
  const plan = planOf({
    n: { taints: [spot, { key: 'slow', value: '', effect: 'PreferNoSchedule' }], labels: { arch: 'arm64' } },
  });

  test('a taint is tolerated by key, value and effect, or by whoever tolerates everything', () => {
    expect(refusal(plan, needs(1), 'n')).toBe('taint');
    const tolerating = (tolerations: PodRequirements['tolerations']) =>
      refusal(plan, needs(1, 0, { tolerations }), 'n');
    expect(tolerating([{ key: 'spot', operator: 'Equal', value: 'yes' }])).toBeNull();
    expect(tolerating([{ key: 'spot', operator: 'Equal', value: 'no' }])).toBe('taint');
    expect(tolerating([{ key: 'spot', operator: 'Exists', effect: 'NoExecute' }])).toBe('taint');
    expect(tolerating([{ operator: 'Exists' }])).toBeNull();
  });

  test('a node low on memory keeps BestEffort pods away that do not tolerate its taint', () => {
    const low = planOf({ n: {} });
    const node = low.node('n');
    if (node === null) throw new Error('no node');
    node.lowOnMemory = true;
    const key = 'node.kubernetes.io/memory-pressure';
    expect(refusal(low, needs(0, 0, { bestEffort: true }), 'n')).toBe('memory-pressure');
    const tolerations = [{ key, operator: 'Exists', effect: 'NoSchedule' }] as const;
    expect(refusal(low, needs(0, 0, { bestEffort: true, tolerations }), 'n')).toBeNull();
    expect(refusal(low, needs(0), 'n')).toBeNull();
    node.lowOnMemory = false;
    expect(refusal(low, needs(0, 0, { bestEffort: true }), 'n')).toBeNull();
  });

  test('selectors must all hold, one of the required terms must, and a term without requirements never does', () => {
    const tolerations = [{ operator: 'Exists' }] as const;
    const wanting = (more: Partial<PodRequirements>) => refusal(plan, needs(1, 0, { tolerations, ...more }), 'n');
    expect(wanting({ nodeSelector: { arch: 'amd64' } })).toBe('node-affinity');
    expect(wanting({ nodeSelector: { [HOSTNAME_LABEL]: 'n' } })).toBeNull();
    const arm = { key: 'arch', operator: 'In', values: ['arm64'] } as const;
    expect(wanting({ requiredNodes: [[{ ...arm, operator: 'NotIn' }], [arm]] })).toBeNull();
    expect(wanting({ requiredNodes: [[]] })).toBe('node-affinity');
    expect(wanting({ requiredNodes: [] })).toBe('node-affinity');
  });

  test('a host port is taken once on an address, and on all of them where none is named', () => {
    const free = planOf({ n: {} });
    const port = (more: object = {}) => needs(1, 0, { hostPorts: [{ protocol: 'TCP', port: 53, ...more }] });
    put(free, port({ ip: '10.0.0.1' }), 'n');
    expect(refusal(free, port({ ip: '10.0.0.2' }), 'n')).toBeNull();
    expect(refusal(free, port({ protocol: 'UDP' }), 'n')).toBeNull();
    expect(refusal(free, port(), 'n')).toBe('host-port');
  });
});

describe('topology spread', () => {
  test('a domain may have so many more than the emptiest, an empty one among them', () => {
    const plan = planOf(inZones);
    const kind = needs(1, 0, { spread: [spread(ZONE_LABEL, 1)] });
    put(plan, kind, 'a1');
    expect(refusal(plan, kind, 'a2')).toBe('topology-spread');
    expect(refusal(plan, kind, 'b1')).toBeNull();
  });

  test('with fewer domains than asked for the emptiest counts as empty', () => {
    const plan = planOf(inZones);
    const kind = needs(1, 0, { spread: [spread(ZONE_LABEL, 1, { minDomains: 3 })] });
    put(plan, kind, 'a1', 'b1');
    expect(refusal(plan, kind, 'a2')).toBe('topology-spread');
    expect(refusal(plan, needs(1, 0, { spread: [spread(ZONE_LABEL, 1)] }), 'a2')).toBeNull();
  });

  test('nodes that the pod could not be on are no domains, tainted and closed ones are', () => {
    const fussy = needs(1, 0, { spread: [spread(ZONE_LABEL, 1)], nodeSelector: { disk: 'ssd' } });
    const ssd = planOf({ a: { labels: { [ZONE_LABEL]: 'a', disk: 'ssd' } }, b: { labels: { [ZONE_LABEL]: 'b' } } });
    put(ssd, fussy, 'a');
    expect(refusal(ssd, fussy, 'a')).toBeNull();
    const plan = planOf(inZones);
    const kind = needs(1, 0, { spread: [spread(ZONE_LABEL, 1)] });
    put(plan, kind, 'a1');
    const b1 = plan.node('b1');
    if (b1 !== null) plan.close(b1);
    expect([refusal(plan, kind, 'b1'), refusal(plan, kind, 'a2')]).toEqual(['closed', 'topology-spread']);
  });

  test('pods that the constraint does not mean itself may pile up, and a node without the label takes none', () => {
    const plan = planOf({ ...inZones, bare: {} });
    const kind = needs(1, 0, { spread: [spread(ZONE_LABEL, 1)], labels: { app: 'other' } });
    put(plan, kind, 'a1', 'a1', 'a1');
    expect(refusal(plan, kind, 'a1')).toBeNull();
    expect(refusal(plan, kind, 'bare')).toBe('topology-spread');
  });
});

describe('affinity between pods', () => {
  const web = { selector: { matchLabels: { app: 'web' } }, topologyKey: ZONE_LABEL };

  test('keeping away works both ways', () => {
    const plan = planOf(inZones);
    const loner = needs(1, 0, { antiAffinity: [web], labels: { app: 'batch' } });
    put(plan, needs(1), 'a1');
    expect(refusal(plan, loner, 'a2')).toBe('pod-anti-affinity');
    put(plan, loner, 'b1');
    expect(refusal(plan, needs(1), 'b1')).toBe('pod-anti-affinity');
    expect(refusal(plan, needs(1, 0, { labels: { app: 'batch' } }), 'b1')).toBeNull();
  });

  test('company is wanted where it is, and the first of a series may go anywhere', () => {
    const plan = planOf({ ...inZones, bare: {} });
    const together = needs(1, 0, { affinity: [web] });
    const follower = needs(1, 0, { affinity: [web], labels: { app: 'cache' } });
    expect(refusal(plan, follower, 'a1')).toBe('pod-affinity');
    expect(refusal(plan, together, 'a1')).toBeNull();
    expect(refusal(plan, together, 'bare')).toBe('pod-affinity');
    put(plan, together, 'b1');
    expect([refusal(plan, together, 'a1'), refusal(plan, follower, 'b1')]).toEqual(['pod-affinity', null]);
  });
});
