import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { builtIn } from '../../../src/engine/registries.js';
import { importManifests } from '../../../src/experiment/manifests/import-manifests.js';
import { parseKubeQuantity } from '../../../src/experiment/manifests/kube-quantity.js';
import { scenarioSchema } from '../../../src/experiment/scenario/scenario-schema.js';

const schema = scenarioSchema(builtIn);
const cpu = fc.oneof(
  fc.integer({ min: 1, max: 16_000 }).map((millis) => `${millis}m`),
  fc.integer({ min: 1, max: 64 }),
  fc.constantFrom(0.1, '1.5', '2e0', '100u'),
);
const memory = fc.oneof(
  fc.integer({ min: 1, max: 9999 }).map((amount) => `${amount}Mi`),
  fc.integer({ min: 1, max: 2 ** 40 }),
  fc.constantFrom('1.5Gi', '500M', '123456k', '1e9', '129M', '0'),
);
const list = fc.record({ cpu, memory }, { requiredKeys: [] });
const container = fc.record(
  {
    name: fc.constantFrom('app', 'proxy'),
    resources: fc.record({ requests: list, limits: list }, { requiredKeys: [] }),
    restartPolicy: fc.constant('Always'),
    readinessProbe: fc.record({ periodSeconds: fc.nat(60), initialDelaySeconds: fc.nat(300) }, { requiredKeys: [] }),
    lifecycle: fc.constant({ preStop: { sleep: { seconds: 7 } } }),
  },
  { requiredKeys: ['name'] },
);
const metric = fc.oneof(
  fc.record({
    type: fc.constant('Resource'),
    resource: fc.record({
      name: fc.constantFrom('cpu', 'memory', 'storage'),
      target: fc.oneof(
        fc.record({ averageUtilization: fc.integer({ min: 1, max: 500 }) }),
        fc.record({ averageValue: memory }),
      ),
    }),
  }),
  fc.record({
    type: fc.constant('External'),
    external: fc.record({
      metric: fc.record({ name: fc.string() }),
      target: fc.oneof(fc.record({ value: cpu }), fc.record({ averageValue: cpu })),
    }),
  }),
);
const workload = fc.record({
  kind: fc.constantFrom('Deployment', 'StatefulSet'),
  replicas: fc.option(fc.nat(50)),
  initContainers: fc.array(container, { maxLength: 2 }),
  containers: fc.array(container, { minLength: 1, maxLength: 3 }),
});

describe('any manifests that Kubernetes takes', () => {
  test('give a scenario that passes the schema, whose guesses all stand where the list says', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}$/);
    fc.assert(
      fc.property(
        name,
        workload,
        fc.array(metric, { minLength: 1, maxLength: 3 }),
        fc.nat(5),
        (title, pods, metrics, min) => {
          const { kind, replicas, ...containers } = pods;
          const spec = { replicas, template: { metadata: { labels: { app: 'x' } }, spec: containers } };
          const scaled = { scaleTargetRef: { kind, name: title }, minReplicas: min, maxReplicas: 9, metrics };
          const text = [
            { apiVersion: 'apps/v1', kind, metadata: { name: title }, spec },
            { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'h' }, spec: scaled },
          ]
            .map((object) => stringify(object))
            .join('---\n');
          const imported = importManifests([{ name: 'all.yaml', text }]);
          const tree: unknown = parse(imported.text);
          expect(schema.safeParse(tree).error).toBeUndefined();
          expect(imported.notes.flatMap(({ paths }) => paths).length).toBe(
            imported.text.split('\n').filter((line) => /^ *(?![ #]).*# GUESS/.test(line) || /^ *# GUESS/.test(line))
              .length - imported.notes.filter(({ paths }) => paths.length === 0).length,
          );
        },
      ),
      { seed: 7, numRuns: 30 },
    );
  }, 180_000);
});

describe('quantities', () => {
  test.each([
    ['100m', 0.1],
    ['1.1', 1.1],
    ['.5', 0.5],
    ['1E', 1e18],
    ['1E3', 1000],
    ['1e-3', 0.001],
    ['2Ki', 2048],
    ['3k', 3000],
    ['1500u', 0.0015],
  ])('%s', (text, value) => {
    expect(parseKubeQuantity(text)).toBe(value);
  });

  test.each(['', '1 Gi', '512MB', '-1', '1ki', '1K', '1e3Mi', 'Infinity'])('%j is none', (text) => {
    expect(parseKubeQuantity(text)).toBeNull();
  });
});
