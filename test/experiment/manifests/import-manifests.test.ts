import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { imported, lineWith, loadable, refusal, workloadNames } from './import-texts.js';
import { deployment, hpa, podOf } from './manifest-texts.js';

describe('a Deployment with its autoscaler', () => {
  const { text, tree, notes, unused } = imported([deployment, hpa]);

  test('becomes a workload with the numbers of the manifests', () => {
    const { pod, replicas, scaling } = tree.workloads.web;
    expect(pod).toMatchObject({
      cpu: { request: '500m', limit: '1' },
      memory: { request: '512Mi' },
      readiness: { period: '5s', rise: 2 },
      termination: { preStop: '10s', grace: '45s' },
    });
    expect(replicas).toEqual({ initial: 4, min: 3, max: 30 });
    expect(scaling).toEqual({
      policy: 'hpa',
      metrics: [{ cpu: '60%' }],
      behavior: {
        scaleDown: { stabilizationWindow: '120s', policies: [{ type: 'Percent', value: 10, period: '60s' }] },
      },
    });
  });

  test.each([
    ['request: 500m', '# a.yaml:20 resources.requests.cpu'],
    ['max: 30', '# b.yaml:11 maxReplicas'],
    ['{ cpu: 60% }', '# b.yaml:13 Resource metric cpu, averageUtilization 60'],
    ['preStop: 10s', '# a.yaml:32 preStop of app, sleep 10'],
  ])('the line of %s says where it comes from', (value, origin) => {
    expect(lineWith(text, value)).toContain(origin);
  });

  test('a probe that waits moves the guess of the start-up time', () => {
    expect(tree.workloads.web.pod.start).toEqual({ lognormal: { p50: '20s', p95: '50s' } });
  });

  test('what is unknown is listed, the CPU time of a request and the traffic first', () => {
    expect(notes.slice(0, 2).map(({ topic, severity }) => [topic, severity])).toEqual([
      ['serviceTime', 'decides'],
      ['traffic', 'decides'],
    ]);
    for (const topic of ['startUp', 'nodes', 'objective', 'dependencies']) {
      expect(notes.map((note) => note.topic)).toContain(topic);
    }
    expect(text.indexOf('1. CPU time of a request')).toBeGreaterThan(0);
    expect(text.indexOf('1. CPU time of a request')).toBeLessThan(text.indexOf('name: web'));
  });

  test('a metric that cannot be followed is named with its line, not dropped', () => {
    expect(unused.map(({ place, what }) => `${place} ${what}`)).toContainEqual(
      expect.stringContaining('b.yaml:17 HorizontalPodAutoscaler shop/web: Pods metric gc_pause_duration'),
    );
    expect(text).toContain('# not used: b.yaml:17 HorizontalPodAutoscaler: Pods metric gc_pause_duration');
  });

  test('the placeholder load keeps the first pods at the target of their autoscaler', () => {
    // 4 pods at 60% of 500m, 20 ms a request.
    expect(tree.traffic[0].generate.constant).toBe('60/s');
  });
});

describe('pods', () => {
  const sidecar = podOf(
    'web',
    `
      initContainers:
        - { name: proxy, restartPolicy: Always, resources: { requests: { cpu: 100m, memory: 64Mi } } }
        - { name: migrate, resources: { requests: { cpu: "2", memory: 32Mi } } }
      containers:
        - { name: app, resources: { requests: { cpu: 0.25, memory: 128Mi }, limits: { cpu: 500m, memory: 256Mi } } }
        - { name: logs, resources: { limits: { cpu: 50m, memory: 32Mi } } }`,
  );

  test('sidecars add, limits stand for requests, and an init container counts where it needs more', () => {
    const { tree, text } = imported([sidecar]);
    // 2 CPU of migrate beside the 100m of the proxy that runs already; memory: 64 + 128 + 32.
    expect(tree.workloads.web.pod.cpu.request).toBe('2100m');
    expect(tree.workloads.web.pod.memory.request).toBe('224Mi');
    expect(text).toContain('of init container migrate');
  });

  test('under a target of utilization the containers that run count, as the autoscaler counts them', () => {
    const v1 = `apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { kind: Deployment, name: web }, maxReplicas: 5, targetCPUUtilizationPercentage: 70 }
`;
    const { tree } = imported([sidecar, v1]);
    expect(tree.workloads.web.pod.cpu.request).toBe('400m');
    expect(tree.workloads.web.scaling.metrics).toEqual([{ cpu: '70%' }]);
    expect(tree.workloads.web.replicas).toEqual({ initial: 1, min: 1, max: 5 });
  });

  test('a container without a limit leaves the pod without one: it may use what its node has', () => {
    const { tree } = imported([sidecar]);
    expect(tree.workloads.web.pod.discipline).toBe('cfs');
    expect(tree.workloads.web.pod.cpu).not.toHaveProperty('limit');
  });

  test.each(['autoscaling/v2', 'autoscaling/v1'])(
    'an autoscaler of %s without metrics keeps CPU at 80%%',
    (version) => {
      const bare = `apiVersion: ${version}
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { kind: Deployment, name: web }, maxReplicas: 5 }
`;
      const { tree, text } = imported([podOf('web', '{ containers: [{ name: app }] }'), bare]);
      expect(tree.workloads.web.scaling.metrics).toEqual([{ cpu: '80%' }]);
      expect(text).toMatch(/b\.yaml:4 leaves .*, which is cpu at 80% to its default/);
    },
  );

  test('a LimitRange gives what is left out', () => {
    const range = `apiVersion: v1
kind: LimitRange
metadata: { name: usual }
spec: { limits: [{ type: Container, default: { cpu: 800m, memory: 300Mi }, defaultRequest: { cpu: 200m } }] }
`;
    const { tree } = imported([podOf('web', '{ containers: [{ name: app }] }'), range]);
    expect(tree.workloads.web.pod.cpu).toEqual({ request: '200m', limit: '800m' });
    expect(tree.workloads.web.pod.memory.request).toBe('300Mi');
  });

  test('utilization without a request is said to fail in Kubernetes', () => {
    const web = podOf('web', '{ containers: [{ name: app, resources: { requests: { cpu: 1 } } }, { name: extra }] }');
    const { notes } = imported([web, hpa.replaceAll('  namespace: shop\n', '')]);
    expect(notes.map(({ text }) => text).join('\n')).toMatch(
      /container extra has no cpu request.*FailedGetResourceMetric/,
    );
  });
});

describe('files', () => {
  test('a list is unpacked, JSON is read, other kinds are counted, what a Deployment made is passed over', () => {
    const replicaSet = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web-6d4', ownerReferences: [{ kind: 'Deployment', name: 'web' }] },
    };
    const list = { apiVersion: 'v1', kind: 'List', items: [parse(deployment), replicaSet, { kind: 'ConfigMap' }] };
    const { tree, unused } = imported([JSON.stringify(list, null, 2)]);
    expect(workloadNames(tree)).toEqual(['web']);
    expect(unused.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['1 ReplicaSet made by its Deployment', '1 ConfigMap']),
    );
  });

  test('workloads of the same name are told apart by their namespace', () => {
    const { tree } = imported([deployment, deployment.replace('namespace: shop', 'namespace: office')]);
    expect(workloadNames(tree)).toEqual(['shop-web', 'office-web']);
  });

  test('a NodePool becomes the offers that it allows, and Karpenter with its settings', async () => {
    const pool = `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: default }
spec:
  template:
    spec:
      expireAfter: Never
      requirements:
        - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, c5] }
        - { key: karpenter.k8s.aws/instance-size, operator: NotIn, values: [large] }
  limits: { cpu: 40 }
  disruption: { consolidationPolicy: WhenEmpty, consolidateAfter: 1h30m, budgets: [{ nodes: 20% }] }
`;
    const { tree, text, unused } = imported([deployment, hpa, pool]);
    const sizes = ['xlarge', '2xlarge', '4xlarge'];
    expect(tree.nodes).toHaveLength(1);
    // 30 pods, and no more than 40 cores of the smallest machine, which has four.
    expect(tree.nodes[0]).toMatchObject({ name: 'default', count: { min: 0, max: 10 } });
    expect([...tree.nodes[0].types].sort()).toEqual(sizes.flatMap((s) => [`aws/m5.${s}`, `aws/c5.${s}`]).sort());
    expect(tree.nodeAutoscaler).toEqual({
      policy: 'karpenter',
      consolidationPolicy: 'WhenEmpty',
      consolidateAfter: '90m',
      expireAfter: null,
      budgets: [{ nodes: '20%' }],
    });
    expect(unused.map(({ what }) => what)).toEqual([expect.stringContaining('gc_pause_duration')]);
    await expect(loadable(text)).resolves.toBe('web');
  });

  test('supplied knowledge takes the place of guesses', () => {
    const { tree, notes } = imported([deployment, hpa], {
      trace: { path: 'log.csv', duration: '2h', fields: { unit: 'requests' }, origin: 'access.log' },
      serviceTime: { text: '{ exponential: 7ms }', origin: 'fitted to access.log' },
    });
    expect(tree.traffic[0].trace).toEqual({ file: 'log.csv', unit: 'requests' });
    expect(tree.duration).toBe('2h');
    expect(tree.workloads.web.serve.cpu).toEqual({ exponential: '7ms' });
    expect(notes.map(({ topic }) => topic)).not.toContain('serviceTime');
    expect(notes.map(({ topic }) => topic)).not.toContain('traffic');
  });
});

describe('what does not work is refused with its place', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['text that is no YAML', ['kind: [Deployment'], /^a\.yaml:1: is not valid YAML/],
    ['a template', ['{{- if .Values.on }}\nkind: Deployment\n{{- end }}\n'], /render it first, as helm template/],
    [
      'no workload',
      [hpa],
      /^a\.yaml: must hold a Deployment, StatefulSet or ReplicaSet, held HorizontalPodAutoscaler shop\/web/,
    ],
    [
      'an autoscaler of nothing',
      [deployment, hpa.replace('    name: web', '    name: shop')],
      /^b\.yaml:7: spec\.scaleTargetRef names Deployment shop\/shop, which is in none of the files\n.*Found Deployment shop\/web/,
    ],
    [
      'a quantity',
      [deployment.replace('512Mi', '512MB')],
      /^a\.yaml:21: .*requests\.memory must be a quantity of Kubernetes.*was "512MB"; did you mean 512M or 512Mi\?/,
    ],
    [
      'bounds that cross',
      [deployment, hpa.replace('maxReplicas: 30', 'maxReplicas: 2')],
      /^b\.yaml:11: spec\.maxReplicas must be at least minReplicas \(3\), was 2/,
    ],
    [
      'a workload that stands twice',
      [deployment, deployment],
      /^b\.yaml:4: metadata\.name must stand once, Deployment shop\/web stands at a\.yaml:1/,
    ],
    [
      'two autoscalers of one workload',
      [deployment, hpa, hpa.replace('name: web', 'name: other')],
      /^c\.yaml:7: .*must be the only autoscaler of Deployment shop\/web/,
    ],
    [
      'a field of another type',
      [deployment.replace('replicas: 4', 'replicas: many')],
      /^a\.yaml:7: spec\.replicas must be a number, was "many"/,
    ],
  ])('%s', (_, texts, says) => {
    expect(refusal(...texts)).toMatch(says);
  });
});
