import { expect, test } from 'vitest';
import { resultOfText } from '../result-of-text.js';

/** A service of so many pods and its database, with a fault. */
const shop = (pods: number, rate: string, fault: string): string => `duration: 10m
warmUp: 1m
slo: { latency: 300ms, target: 99% }
traffic: [{ to: web, generate: { constant: ${rate} } }]
workloads:
  web:
    pod: { concurrency: 10, start: 1s }
    serve: { cpu: 10ms, calls: [db] }
    replicas: ${pods}
dependencies: { db: { concurrency: 100, service: 90ms } }
faults: [${fault}]
`;

test('pods that answer with errors: the fault is named, as nothing is at its limit', async () => {
  const { bottleneck } = await resultOfText(
    shop(10, '50/s', '{ at: 2m, errors: { pods: 2, of: web, share: 100% }, for: 2m }'),
  );
  expect(bottleneck).toEqual({
    kind: 'fault',
    name: '',
    why: 'pods of web answer with errors from 00:02:00 to 00:04:00',
  });
});

test('pods that have lost workers to a fault are too few', async () => {
  const { bottleneck } = await resultOfText(
    shop(2, '150/s', '{ at: 2m, loseCapacity: { of: web, share: 50% }, for: 2m }'),
  );
  expect(bottleneck).toMatchObject({
    kind: 'pods',
    name: 'web',
    why: expect.stringMatching(/^2 pods were ready at .* where [3-9] were needed$/),
  });
});

const OVERLOADED = (pod: string, more = ''): string => `duration: 8m
slo: { latency: 5s, target: 99% }
traffic:
  - to: api
    generate: { step: { at: 2m, until: 6m, from: 100/s, to: 190/s } }
    client: { timeout: 5s, serverStops: true }
workloads:
  api:
    pod: { cpu: { request: 1000m }, concurrency: 4, start: 15s, ${pod} }
    serve: { cpu: { exponential: 10ms }, wait: { exponential: 90ms } }
    replicas: 4
${more}`;

test('pods that a liveness probe kills when they are busy are named as restarts, not as a want of pods', async () => {
  const probe = 'livenessProbe: { period: 10s, timeout: 1s, failureThreshold: 3 }, termination: { grace: 10s }';
  const { bottleneck } = await resultOfText(OVERLOADED(probe, 'cluster: { crashLoopBackOff: {} }'));
  expect(bottleneck).toMatchObject({ kind: 'restarts', name: 'api' });
  expect(bottleneck.why).toMatch(/% of the pods that were missing had been ready before: their probes failed, or/);
  expect((await resultOfText(OVERLOADED('termination: { grace: 10s }'))).bottleneck.kind).toBe('pods');
});

test('pods that refuse requests on their way out are named', async () => {
  const { bottleneck, availability } = await resultOfText(`duration: 6m
warmUp: 1m
slo: { latency: 250ms, target: 99.9% }
traffic: [{ to: web, generate: { constant: 300/s } }]
workloads:
  web:
    pod: { concurrency: 16, start: 5s, termination: { preStop: 0s, grace: 30s } }
    serve: { cpu: { exponential: 20ms } }
    replicas: { initial: 10, min: 5, max: 10 }
    balancer: { policy: round-robin, endpointLag: 2s }
    scaling: { policy: scheduled, schedule: [{ at: "23:00", replicas: 10 }, { at: "00:03", replicas: 8 }] }
`);
  expect(bottleneck).toMatchObject({ kind: 'leavingPods', name: 'web' });
  const { refused } = availability.lostToScaling;
  expect(refused).toBeGreaterThan(0);
  expect(bottleneck.why).toContain(`while 2 pods were leaving; over the whole run leaving pods refused ${refused} and`);
});

test('pods that never come up are in crash loops, though nobody can tell how many would be needed', async () => {
  const { bottleneck } = await resultOfText(`duration: 4m
slo: { latency: 400ms, target: 99% }
traffic: [{ to: web, generate: { constant: 50/s } }]
workloads:
  web:
    pod:
      discipline: cfs
      cpu: { request: "1", limit: "1" }
      memory: { request: 256Mi, limit: 256Mi }
      jvm: { sizing: { by: paketo }, nonHeap: {}, live: 100Mi, allocation: 1Gi, traceSpeed: 500Mi }
    serve: { cpu: 10ms }
    replicas: 2
`);
  expect(bottleneck).toMatchObject({
    kind: 'crashLoops',
    name: 'web',
    why: expect.stringMatching(/^0 pods were ready/),
  });
});
