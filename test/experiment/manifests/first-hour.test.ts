import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { scenarioSchema } from '../../../src/experiment/scenario/scenario-schema.js';
import { imported, refusal } from './import-texts.js';
import { podOf } from './manifest-texts.js';

const trace = { path: 'access.log', duration: '10m', origin: 'access.log' };
const containers = '{ containers: [{ name: app, resources: { requests: { cpu: 100m, memory: 64Mi } } }] }';
const service = (name: string, type = 'ClusterIP'): string => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { type: ${type}, selector: { app: ${name} } }
`;
const hpaOf = (name: string): string => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name} }
spec:
  scaleTargetRef: { kind: Deployment, name: ${name} }
  maxReplicas: 5
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }]
`;
const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec: { rules: [{ http: { paths: [{ backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`;
const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop }
spec: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
`;
const cart = `${podOf('cart', containers)}---\n${service('cart')}`;
const web = `${podOf('web', containers)}---\n${service('web')}`;

/** What a scenario lists as its guesses. */
function whats(tree: unknown): readonly string[] {
  return (scenarioSchema(builtIn).parse(tree).guesses ?? []).map(({ what }) => what);
}

describe('where recorded traffic goes', () => {
  test.each([
    ['an Ingress', [`${cart}---\n${hpaOf('cart')}`, web, ingress], /c\.yaml:1 Ingress shop names Service web/],
    ['an HTTPRoute', [cart, web, route], /c\.yaml:1 HTTPRoute shop names Service web/],
    [
      'a public Service',
      [cart, `${podOf('web', containers)}---\n${service('web', 'NodePort')}`],
      /open to the outside/,
    ],
  ])('%s says so, and it is no guess', (_, texts, why) => {
    const { target, text, notes } = imported(texts, { trace });
    expect(target).toEqual({ to: 'web', candidates: [] });
    expect(text).toMatch(why);
    expect(notes.some(({ topic }) => topic === 'target')).toBe(false);
  });

  test('an autoscaler only makes it likely: the first guess of all, with the candidates', () => {
    const { target, text, notes, tree } = imported([cart, web, hpaOf('web')], { trace });
    expect(target).toEqual({ to: 'web', candidates: ['cart', 'web'] });
    expect(notes[0]).toMatchObject({ topic: 'target', severity: 'decides', paths: ['traffic[0].to'] });
    expect(text).toMatch(/# {3}1\. Where the traffic goes \(traffic\[0\]\.to\): all traffic goes to web/);
    expect(tree.guesses[0]).toMatchObject({ what: 'Where the traffic goes', paths: ['traffic[0].to'] });
    expect(imported([cart, web, hpaOf('web')], { trace, to: 'cart' }).target).toEqual({ to: 'cart', candidates: [] });
  });

  test('an Ingress that names several leaves those alone as candidates', () => {
    const both = ingress.replace('paths: [', 'paths: [{ backend: { service: { name: cart } } }, ');
    const other = `${podOf('mail', containers)}---\n${service('mail')}`;
    expect(imported([cart, web, other, both], { trace }).target?.candidates).toEqual(['cart', 'web']);
  });

  test('what has no Service cannot be it where one has', () => {
    expect(imported([podOf('worker', containers), web], { trace }).target).toEqual({ to: 'web', candidates: [] });
  });

  test('a route to none of the workloads is told, not dropped', () => {
    const { unused } = imported([cart, ingress]);
    expect(unused).toContainEqual({
      place: 'b.yaml:1',
      what: 'Ingress shop',
      why: 'names no Service of the workloads',
    });
  });
});

describe('one list of guesses', () => {
  test('the comment at the top and the section for the report have the same entries in the same order', () => {
    const { text, tree } = imported([cart, web, hpaOf('web')], { trace });
    const numbered = [...text.matchAll(/^# {3}\d+\. ([^(:]+?)(?: \(|:)/gm)].map(([, what]) => what);
    expect(whats(tree)).toEqual(numbered);
    expect(numbered.length).toBeGreaterThan(5);
  });

  test('no limit and no nodes is one of them', () => {
    const { tree } = imported([cart]);
    expect(tree.guesses).toContainEqual(
      expect.objectContaining({ what: 'CPU that a pod may use', why: expect.stringMatching(/cart.*8 cores/) }),
    );
    const limited = podOf('cart', containers.replace('} } }', '}, limits: { cpu: 1 } } }'));
    expect(whats(imported([limited]).tree)).not.toContain('CPU that a pod may use');
  });
});

const budget = (spec: string): string => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { ${spec}, selector: { matchLabels: { app: web } } }
`;

describe('a PodDisruptionBudget', () => {
  test.each([
    ['minAvailable: 80%', { minAvailable: '80%' }],
    [
      'maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow',
      { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    ],
  ])('%s becomes the pdb of its workload', (spec, pdb) => {
    const { tree, unused } = imported([cart, web, budget(spec)]);
    expect(tree.workloads.web.pdb).toEqual(pdb);
    expect(tree.workloads.cart.pdb).toBeUndefined();
    expect(unused).toEqual([]);
  });

  test('of two the second is told, and what is no amount is refused', () => {
    const second = budget('maxUnavailable: 1').replace('name: web', 'name: more');
    const { tree, unused } = imported([web, budget('minAvailable: 1'), second]);
    expect(tree.workloads.web.pdb).toEqual({ minAvailable: 1 });
    expect(unused).toHaveLength(1);
    expect(refusal(web, budget('minAvailable: some'))).toMatch(/b\.yaml:4.*minAvailable/);
  });
});

describe('probes', () => {
  const probed = (probes: string): string =>
    podOf('web', `{ containers: [{ name: app, resources: { requests: { cpu: 100m } }, ${probes} }] }`);

  test('are imported with all they say, defaults of Kubernetes included', () => {
    const { tree, unused } = imported([
      probed(
        'readinessProbe: { httpGet: { port: 80 }, periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 2 }, ' +
          'livenessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 30 }, startupProbe: { grpc: { port: 1 }, failureThreshold: 30 }',
      ),
    ]);
    expect(tree.workloads.web.pod.readiness).toEqual({ period: '5s', rise: 1, timeout: '2s', failureThreshold: 2 });
    const usual = { period: '10s', timeout: '1s' };
    expect(tree.workloads.web.pod.livenessProbe).toEqual({ ...usual, initialDelay: '30s', failureThreshold: 3 });
    expect(tree.workloads.web.pod.startupProbe).toEqual({ ...usual, initialDelay: '0s', failureThreshold: 30 });
    expect(unused).toEqual([]);
  });

  test('that a busy pod cannot fail are told, and fail nobody', () => {
    const { tree, unused } = imported([
      probed('readinessProbe: { tcpSocket: { port: 80 } }, livenessProbe: { exec: { command: [x] } }'),
    ]);
    expect(tree.workloads.web.pod.readiness).toEqual({ period: '10s', rise: 1 });
    expect(tree.workloads.web.pod.livenessProbe).toBeUndefined();
    expect(unused.map(({ what }) => what)).toEqual([
      'Deployment web: readinessProbe of app',
      'Deployment web: livenessProbe of app',
    ]);
  });
});
