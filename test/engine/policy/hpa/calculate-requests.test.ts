import { describe, expect, test } from 'vitest';
import { calculateRequests } from '../../../../src/engine/policy/hpa/calculate-requests.js';
import type { PodTemplate } from '../../../../src/engine/policy/hpa/hpa-input.js';
import { configWith, pod, template } from './examples.js';

const both = (milli: number | null) => ({ cpu: milli, memory: milli });

const shop: PodTemplate = {
  containers: [
    { name: 'app', requestMilli: both(700) },
    { name: 'proxy', requestMilli: both(100) },
  ],
  initContainers: [
    { name: 'migrate', requestMilli: both(5000), restartable: false },
    { name: 'agent', requestMilli: both(50), restartable: true },
  ],
  podRequestMilli: null,
};

function requestOf(given: PodTemplate, container: string | null, config = configWith()) {
  const requests = calculateRequests([pod('a', { template: given })], { resource: 'cpu', container }, config);
  return 'invalid' in requests ? requests.invalid : requests.get('a');
}

describe('requests of a pod', () => {
  test('are those of its containers and of the init containers that keep running', () => {
    expect(requestOf(shop, null)).toBe(850);
  });

  test('are those of the pod as a whole where it has its own', () => {
    const whole = { ...shop, podRequestMilli: { cpu: 2000, memory: null } };
    expect(requestOf(whole, null)).toBe(2000);
    const closed = configWith({ gates: { ...configWith().gates, podLevelResources: false } });
    expect(requestOf(whole, null, closed)).toBe(850);
  });

  test('are what the scheduler reserves for the containers where the pod as a whole names another resource only', () => {
    const memoryOnly = (given: Partial<PodTemplate>): PodTemplate => ({
      ...shop,
      podRequestMilli: { cpu: null, memory: 2000 },
      ...given,
    });
    // 5000 while it migrates, 700 + 100 + 50 after that
    expect(requestOf(memoryOnly({}), null)).toBe(5000);
    const [migrate, agent] = shop.initContainers;
    expect(requestOf(memoryOnly({ initContainers: [agent, migrate] }), null)).toBe(5050);
    expect(requestOf(memoryOnly({ initContainers: [agent] }), null)).toBe(850);
    const silent = { containers: [{ name: 'app', requestMilli: both(null) }], initContainers: [] };
    expect(requestOf(memoryOnly(silent), null)).toBe('missing pod-level request for cpu in Pod a');
  });

  test('of one container are its own, whatever the pod as a whole requests', () => {
    expect(requestOf({ ...shop, podRequestMilli: both(2000) }, 'proxy')).toBe(100);
  });

  test('of a container that nobody has are an error', () => {
    expect(requestOf(shop, 'sidecar')).toBe('container sidecar not found in Pod a');
  });

  test('that are missing in one pod make all of them an error', () => {
    const pods = [pod('a'), pod('b', { template: template(null) })];
    expect(calculateRequests(pods, { resource: 'cpu', container: null }, configWith())).toEqual({
      invalid: 'missing request for cpu in container app of Pod b',
    });
  });

  test('in v1.20 know neither init containers nor the pod as a whole', () => {
    const old = configWith({ semantics: '1.20', gates: { ...configWith().gates, podLevelResources: false } });
    expect(requestOf(shop, null, old)).toBe(800);
  });
});
