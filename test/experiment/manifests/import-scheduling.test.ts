import { describe, expect, test } from 'vitest';
import { imported } from './import-texts.js';

const pool = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: general }
spec:
  template:
    metadata: { labels: { disk: ssd } }
    spec:
      requirements:
        - { key: team, operator: In, values: [shop] }
        - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
      taints: [{ key: shop, value: "true", effect: NoSchedule }]
`;

const classes = `
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
value: 100000
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: polite }
value: 10
preemptionPolicy: Never
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: usual }
value: 5
globalDefault: true
`;

function deployment(name: string, podSpec: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 3
  template:
    metadata: { labels: { app: ${name}, tier: front } }
    spec:
      containers: [{ name: app, resources: { requests: { cpu: 500m, memory: 512Mi } } }]
${podSpec.replace(/^/gm, '      ')}
`;
}

const placed = `
nodeSelector: { disk: ssd, kubernetes.io/os: linux, gpu: "yes" }
tolerations: [{ key: shop, operator: Exists }]
priorityClassName: high
affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms: [{ matchExpressions: [{ key: team, operator: In, values: [shop] }] }]
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: web } } }
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 50
        podAffinityTerm: { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { tier: front } } }
topologySpreadConstraints:
  - { topologyKey: kubernetes.io/hostname, maxSkew: 2, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }
  - { topologyKey: topology.kubernetes.io/zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: web } } }
`;

const tolerant = 'tolerations: [{ operator: Exists }]';

describe('scheduling of pods', () => {
  test('is taken over as far as the nodes of the scenario can give it, and the rest is named with its line', () => {
    const { tree, unused } = imported([deployment('web', placed), deployment('api', tolerant), pool, classes]);
    const { web, api } = tree.workloads;
    expect(web).toMatchObject({
      nodeSelector: { disk: 'ssd', 'kubernetes.io/os': 'linux' },
      tolerations: [{ key: 'shop', operator: 'Exists' }],
      priority: 100000,
      affinity: {
        nodeAffinity: { required: [{ matchExpressions: [{ key: 'team', operator: 'In', values: ['shop'] }] }] },
        podAntiAffinity: {
          required: [{ topologyKey: 'hostname' }],
          preferred: [{ weight: 50, topologyKey: 'hostname', workloads: ['web', 'api'] }],
        },
      },
      topologySpread: [{ topologyKey: 'hostname', maxSkew: 2, whenUnsatisfiable: 'ScheduleAnyway' }],
    });
    // The cluster's default class counts where none is named.
    expect(api).toMatchObject({ priority: 5 });
    expect(tree.nodes[0]).toMatchObject({
      labels: { disk: 'ssd', team: 'shop' },
      taints: [{ key: 'shop', value: 'true', effect: 'NoSchedule' }],
    });
    const words = unused.map(({ what }) => what).join('\n');
    expect(words).toContain('nodeSelector gpu=yes');
    expect(words).toContain('topology spread over topology.kubernetes.io/zone');
  });

  test('taints of the pool are left out where a workload would have no other nodes', () => {
    const { tree, unused } = imported([deployment('web', placed), deployment('api', ''), pool, classes]);
    expect(tree.nodes[0].taints).toBeUndefined();
    expect(unused.map(({ what }) => what).join('\n')).toContain('taints');
  });

  test('without nodes only priorities are taken over', () => {
    const { tree, unused } = imported([
      deployment('web', placed),
      deployment('api', 'priorityClassName: polite'),
      deployment('odd', 'priorityClassName: elsewhere'),
      classes,
    ]);
    expect(tree.workloads.web.nodeSelector).toBeUndefined();
    expect(tree.workloads.web.affinity).toBeUndefined();
    expect(tree.workloads.web.priority).toBe(100000);
    expect(tree.workloads.api).toMatchObject({ priority: 10, preemptionPolicy: 'Never' });
    const words = unused.map(({ what }) => what).join('\n');
    expect(words).toContain('tolerations');
    expect(words).toContain('priorityClassName elsewhere');
  });
});
