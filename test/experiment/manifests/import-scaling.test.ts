import { describe, expect, test } from 'vitest';
import { imported, loadable } from './import-texts.js';
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

describe('what the metrics adapter has', () => {
  test.each([
    ['http_requests_per_second', { external: 'requests_per_second', averageValue: 12.5 }],
    ['requests_in_flight', { pods: 'in_flight', averageValue: 12.5 }],
  ])('a Pods metric %s becomes one that the scenario can be run with', async (name, metric) => {
    const scaled = hpa.replace('gc_pause_duration', name).replace('averageValue: 250m', 'averageValue: 12500m');
    const { tree, text } = imported([deployment, scaled]);
    expect(tree.workloads.web.scaling.metrics[1]).toEqual(metric);
    await expect(loadable(text)).resolves.toBe('web');
  });
});

describe('KEDA', () => {
  const worker = podOf('worker', '{ containers: [{ name: app, resources: { requests: { cpu: 500m } } }] }');

  test('triggers by the clock keep their windows', () => {
    const { tree, unused } = imported([
      worker,
      scaledObject(`
    - { type: cron, metadata: { timezone: Asia/Kolkata, start: 0 6 * * *, end: 30 18 * * *, desiredReplicas: "10" } }
    - { type: cron, metadata: { start: 0 8 * * *, end: 0 9 * * *, desiredReplicas: "20" } }`),
    ]);
    expect(tree.workloads.worker.scaling).toEqual({
      policy: 'keda',
      triggers: [
        {
          type: 'cron',
          name: 'cron',
          start: '0 6 * * *',
          end: '30 18 * * *',
          utcOffset: '+05:30',
          desiredReplicas: 10,
        },
        {
          type: 'cron',
          name: 'cron_2',
          start: '0 8 * * *',
          end: '0 9 * * *',
          utcOffset: '+00:00',
          desiredReplicas: 20,
        },
      ],
      cooldownPeriod: '120s',
    });
    expect(unused).toEqual([]);
  });

  test('cpu and prometheus triggers become triggers, and the target of requests sets the CPU time of a request', () => {
    const { tree } = imported([
      worker,
      scaledObject(`
    - { type: cpu, metricType: Utilization, metadata: { value: "60" } }
    - { type: prometheus, metadata: { threshold: "30", activationThreshold: "2", query: 'sum(rate(http_requests_total[1m]))' } }`),
    ]);
    expect(tree.workloads.worker.scaling.triggers).toEqual([
      { type: 'cpu', target: '60%' },
      { type: 'requests', name: 'prometheus', target: '30/s', activation: 2 },
    ]);
    // 60% of one core over 30 requests a second.
    expect(tree.workloads.worker.serve.cpu).toEqual({ lognormal: { mean: '20ms', cv: 1 } });
  });

  test('a formula counts where every trigger is followed, and is told where one is not', () => {
    const formula = 'advanced: { scalingModifiers: { formula: "max(load, waiting)", target: "10" } }\n  triggers:';
    const triggers = `
    - { type: prometheus, name: load, metadata: { threshold: "30", query: http_requests } }
    - { type: kafka, name: waiting, metadata: { lagThreshold: "5", topic: orders } }`;
    const whole = imported([worker, scaledObject(triggers).replace('triggers:', formula)]);
    expect(whole.tree.workloads.worker.scaling).toMatchObject({
      triggers: [{ name: 'load' }, { name: 'waiting', type: 'queue', metric: 'queue_length', target: 5 }],
      advanced: { scalingModifiers: { formula: 'max(load, waiting)', target: 10 } },
    });
    const part = imported([worker, scaledObject(triggers.replace('kafka', 'new-relic')).replace('triggers:', formula)]);
    expect(part.unused.map(({ what }) => what)).toEqual([
      'ScaledObject worker: new-relic trigger',
      'ScaledObject worker: formula max(load, waiting)',
    ]);
  });

  test('behavior of the autoscaler that it makes, and the fallback, are taken over', () => {
    const { tree } = imported([
      worker,
      scaledObject(`
    - { type: prometheus, metadata: { threshold: "30", query: http_requests } }`).replace(
        'triggers:',
        `fallback: { failureThreshold: 4, replicas: 6 }
  advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } } }
  triggers:`,
      ),
    ]);
    expect(tree.workloads.worker.scaling).toMatchObject({
      fallback: { failureThreshold: 4, replicas: 6 },
      advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindow: '60s' } } } },
    });
  });
});
