import { describe, expect, test } from 'vitest';
import { routingOf } from '../../../src/experiment/manifests/import-manifests.js';
import type { RecordedDestinations } from '../../../src/traces/service-time-fit.js';
import { podOf } from './manifest-texts.js';

const service = (name: string, namespace = ''): string => `---
apiVersion: v1
kind: Service
metadata: { name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`} }
spec: { selector: { app: ${name} } }
---
`;
const served = (name: string): string =>
  service(name) + podOf(name, '{ containers: [{ name: app, resources: { requests: { cpu: 100m } } }] }');
const ingress = (rules: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec: { rules: [${rules}] }
`;
const to = (path: string, name: string, type = 'Prefix'): string =>
  `{ path: "${path}", pathType: ${type}, backend: { service: { name: ${name} } } }`;
const route = (text: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop }
spec: ${text}
`;

const combined: RecordedDestinations = { paths: true, hosts: false, upstreams: [] };
const routed = (texts: readonly string[], log: RecordedDestinations = combined) =>
  routingOf(
    texts.map((text, i) => ({ name: `${'abc'[i]}.yaml`, text })),
    log,
  );
const workloads = served('web') + served('cart');

describe('how a log is shared out', () => {
  test('by the paths of an Ingress, each workload with the lines of its rules', () => {
    expect(routed([workloads, ingress(`{ http: { paths: [${to('/cart', 'cart')}, ${to('/', 'web')}] } }`)])).toEqual({
      by: 'Ingress shop (b.yaml:1)',
      parts: [
        { to: 'web', only: [{ path: '/', except: [{ path: '/cart' }] }], origin: 'b.yaml:4' },
        { to: 'cart', only: [{ path: '/cart' }], origin: 'b.yaml:4' },
      ],
      unused: [],
    });
  });

  test('what rewrites put behind a prefix is no part of it, and of another expression its plain beginning counts, said so', () => {
    const rewritten = to('/cart(/|$)(.*)', 'cart', 'ImplementationSpecific');
    const { parts, unused } = Object(
      routed([workloads, ingress(`{ http: { paths: [${rewritten}, ${to('/w[0-9]+', 'web')}] } }`)]),
    ) as { parts: { only: unknown }[]; unused: { what: string }[] };
    expect(parts.map(({ only }) => only)).toEqual([[{ path: '/w' }], [{ path: '/cart' }]]);
    expect(unused.map(({ what }) => what)).toEqual(['Ingress shop: path /w[0-9]+, of which /w counts']);
  });

  test('requests to a Service outside are nobody’s', () => {
    const rules = [to('/old', 'legacy'), to('/cart', 'cart'), to('/', 'web')].join(', ');
    expect(routed([workloads, ingress(`{ http: { paths: [${rules}] } }`)]).parts?.[0].only).toEqual([
      { path: '/', except: [{ path: '/old' }, { path: '/cart' }] },
    ]);
  });

  test('by the matches of an HTTPRoute, of several backends the one of the largest weight', () => {
    const found = routed([
      workloads,
      route(`
  rules:
    - { matches: [{ path: { type: Exact, value: /cart } }], backendRefs: [{ name: cart }] }
    - { backendRefs: [{ name: cart, weight: 1 }, { name: web, weight: 9 }] }`),
    ]);
    expect(found.parts?.map(({ only }) => only)).toEqual([
      [{ path: '/', except: [{ exact: '/cart' }] }],
      [{ exact: '/cart' }],
    ]);
    expect(found).toMatchObject({ unused: [{ what: 'HTTPRoute shop: web alone of 2 backends' }] });
  });

  test('a canary, and a match by header or method, take nothing: logs do not say whom they choose', () => {
    const canary = ingress(`{ http: { paths: [${to('/', 'cart')}] } }`).replace(
      'name: shop',
      'name: canary, annotations: { nginx.ingress.kubernetes.io/canary: "true" }',
    );
    const plain = ingress(`{ http: { paths: [${to('/cart', 'cart')}, ${to('/', 'web')}] } }`);
    const only = [[{ path: '/', except: [{ path: '/cart' }] }], [{ path: '/cart' }]];
    const found = routed([workloads, canary, plain]);
    expect(found.parts?.map((part) => part.only)).toEqual(only);
    expect(found).toMatchObject({ unused: [{ place: 'b.yaml:4', what: 'Ingress canary: canary for /' }] });
    const matched = routed([
      workloads,
      route(`
  rules:
    - { matches: [{ headers: [{ name: x-beta, value: "1" }] }, { method: POST }], backendRefs: [{ name: cart }] }
    - { matches: [{ path: { value: /cart } }], backendRefs: [{ name: cart }] }
    - { backendRefs: [{ name: web }] }`),
    ]);
    expect(matched.parts?.map((part) => part.only)).toEqual(only);
    expect(matched).toMatchObject({
      unused: [{ what: 'HTTPRoute shop: headers for /' }, { what: 'HTTPRoute shop: method POST for /' }],
    });
  });

  test('of two rules for the very same requests the first counts, and the other is told', () => {
    const twice = `{ http: { paths: [${to('/cart', 'cart')}, ${to('/', 'web')}, ${to('/cart/', 'web')}] } }`;
    const found = routed([workloads, ingress(twice)]);
    expect(found.parts?.map(({ only }) => only)).toEqual([
      [{ path: '/', except: [{ path: '/cart' }] }],
      [{ path: '/cart' }],
    ]);
    expect(found).toMatchObject({
      unused: [{ what: 'Ingress shop: /cart/ to web', why: 'a rule before it is for the same requests' }],
    });
  });

  test('by hosts where the log says them, and not at all where it does not', () => {
    const hosts = ingress(
      `{ host: a.org, http: { paths: [${to('/', 'web')}] } }, { host: b.org, http: { paths: [${to('/', 'cart')}] } }`,
    );
    expect(routed([workloads, hosts], { ...combined, hosts: true }).parts?.map(({ only }) => only)).toEqual([
      [{ host: 'a.org', path: '/' }],
      [{ host: 'b.org', path: '/' }],
    ]);
    expect(routed([workloads, hosts])).toMatchObject({ parts: null, why: expect.stringContaining('$host') });
  });

  test('by what the proxy calls the services, of several that would do the one of the longest name', () => {
    const log = {
      ...combined,
      upstreams: ['shop-cart-80', 'shop-my-cart-http', 'other-web-80', 'upstream-default-backend'].map((name) => ({
        name,
        requests: 1,
      })),
    };
    const more = served('my-cart') + service('web', 'shop');
    expect(routed([served('cart') + more], log).parts).toEqual([
      { to: 'cart', only: [{ upstream: 'shop-cart-80' }], origin: 'the log calls it shop-cart-80' },
      { to: 'my-cart', only: [{ upstream: 'shop-my-cart-http' }], origin: 'the log calls it shop-my-cart-http' },
    ]);
  });

  test('not where the routes lead to one workload alone, or there are none', () => {
    const one = ingress(`{ http: { paths: [${to('/', 'web')}] } }`);
    expect(routed([workloads, one])).toEqual({ parts: null, why: null });
    expect(routed([workloads])).toEqual({ parts: null, why: null });
  });
});
