import { describe, expect, test } from 'vitest';
import { imported } from './import-texts.js';
import { deployment, hpa, podOf, scaledObject } from './manifest-texts.js';

describe('metrics of containers and objects', () => {
  const container = hpa
    .replaceAll('  namespace: shop\n', '')
    .replace('type: Resource', 'type: ContainerResource')
    .replace('resource:\n        name: cpu', 'containerResource:\n        name: cpu\n        container: app');

  test('the only container of a pod is the pod', () => {
    const { tree } = imported([
      podOf('web', '{ containers: [{ name: app, resources: { requests: { cpu: 1 } } }] }'),
      container,
    ]);
    expect(tree.workloads.web.scaling.metrics).toEqual([{ cpu: '60%' }]);
  });

  test('one of several stands for the pod, at the amount that its own request gives, as a guess', () => {
    const requests = (name: string, cpu: string): string =>
      `{ name: ${name}, resources: { requests: { cpu: ${cpu} } } }`;
    const web = podOf('web', `{ containers: [${requests('app', '250m')}, ${requests('proxy', '100m')}] }`);
    const { tree, notes } = imported([web, container]);
    expect(tree.workloads.web.scaling.metrics).toEqual([{ cpu: '150m' }]);
    expect(notes.find(({ topic }) => topic === 'scaling')?.text).toContain('of container app');
  });

  test('an Object metric of requests is taken for those of the workload, as a guess', () => {
    const object = hpa.replace('type: Pods', 'type: Object').replace(
      /pods:\n.*\n.*/,
      `object:
        describedObject: { kind: Ingress, name: main }
        metric: { name: requests_per_second }
        target: { type: Value, value: 2k }`,
    );
    const { tree, notes } = imported([deployment, object]);
    expect(tree.workloads.web.scaling.metrics[1]).toEqual({ external: 'requests_per_second', value: 2000 });
    expect(notes.map(({ topic }) => topic)).toContain('scaling');
  });
});

describe('KEDA', () => {
  const worker = podOf('worker', '{ containers: [{ name: app, resources: { requests: { cpu: 500m } } }] }');

  test('cron triggers alone become a schedule', () => {
    const { tree, unused } = imported([
      worker,
      scaledObject(`
    - { type: cron, metadata: { timezone: Asia/Kolkata, start: 0 6 * * *, end: 30 18 * * *, desiredReplicas: "10" } }`),
    ]);
    expect(tree.workloads.worker.scaling).toEqual({
      policy: 'scheduled',
      utcOffset: '+05:30',
      schedule: [
        { cron: '0 6 * * *', replicas: 10 },
        { cron: '30 18 * * *', replicas: 2 },
      ],
    });
    expect(unused.map(({ what }) => what)).toContainEqual(expect.stringContaining('cooldownPeriod 120'));
  });

  test('cpu and prometheus triggers become metrics, and the target of requests sets the CPU time of a request', () => {
    const { tree } = imported([
      worker,
      scaledObject(`
    - { type: cpu, metricType: Utilization, metadata: { value: "60" } }
    - { type: prometheus, metadata: { threshold: "30", query: 'sum(rate(http_requests_total[1m]))' } }`),
    ]);
    expect(tree.workloads.worker.scaling.metrics).toEqual([
      { cpu: '60%' },
      { external: 'requests_per_second', averageValue: 30 },
    ]);
    // 60% of one core over 30 requests a second.
    expect(tree.workloads.worker.serve.cpu).toEqual({ lognormal: { mean: '20ms', cv: 1 } });
  });
});
