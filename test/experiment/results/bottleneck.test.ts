import { expect, test } from 'vitest';
import type { RunResult } from '../../../src/domain/run-result.js';
import { resultOfText } from '../result-of-text.js';

interface Changes {
  readonly rate?: string;
  readonly pods?: number;
  readonly db?: string;
  readonly more?: string;
}

async function resultOf({
  rate = '50/s',
  pods = 10,
  db = '{ concurrency: 20, service: 90ms }',
  more = '',
}: Changes): Promise<RunResult> {
  return resultOfText(
    `duration: 10m
warmUp: 1m
slo: { latency: 300ms, target: 99% }
traffic: [{ to: web, generate: { constant: ${rate} } }]
workloads:
  web:
    pod: { concurrency: 10, start: 1s }
    serve: { cpu: 10ms, calls: [db] }
    replicas: ${pods}
dependencies: { db: ${db} }
${more}`,
  );
}

test('a service that meets its objective has none', async () => {
  const { bottleneck, slo } = await resultOf({});
  expect(slo.violatedShare).toBe(0);
  expect(bottleneck.kind).toBe('none');
});

test('a database at its limit is named, and more pods add no goodput', async () => {
  const [few, many] = [await resultOf({ rate: '240/s', pods: 10 }), await resultOf({ rate: '240/s', pods: 40 })];
  for (const { bottleneck } of [few, many]) expect(bottleneck).toMatchObject({ kind: 'dependency', name: 'db' });
  expect(many.requests.served).toBeLessThan(few.requests.served * 1.02 + 1);
  expect(many.dependencies.db.peakUtilisation).toBeGreaterThan(0.99);
});

test('a dependency that refuses calls at its rate limit is named', async () => {
  const { bottleneck } = await resultOf({ db: '{ concurrency: 20, rateLimit: 30/s, service: 10ms }' });
  expect(bottleneck).toMatchObject({ kind: 'dependency', name: 'db', why: expect.stringContaining('admits 30') });
});

test('too few pods are named with how many were needed', async () => {
  const { bottleneck } = await resultOf({ rate: '150/s', pods: 1, db: '{ concurrency: 100, service: 90ms }' });
  expect(bottleneck).toMatchObject({
    kind: 'pods',
    name: 'web',
    why: expect.stringMatching(/^1 pod was ready at .* where [2-9] were needed$/),
  });
});

test('pods that find no place are a matter of nodes', async () => {
  const more = 'nodes: [{ type: aws/m5.large, count: 1 }]';
  const { bottleneck } = await resultOf({ rate: '300/s', pods: 10, db: '{ concurrency: 100, service: 90ms }', more });
  expect(bottleneck).toMatchObject({ kind: 'nodes', why: expect.stringContaining('found no place on 1 nodes') });
});

/** Ten minutes of which the load trebles after five, with an HPA. */
async function surged(scaling: string, more = ''): Promise<RunResult['bottleneck']> {
  const text = `duration: 10m
warmUp: 1m
slo: { latency: 300ms, target: 99% }
traffic: [{ to: web, generate: { step: { at: 5m, from: 40/s, to: 160/s } } }]
workloads:
  web:
    pod: { cpu: { request: 500m, limit: 500m }, concurrency: 1, start: 1s, readiness: { period: 1s } }
    serve: { cpu: { exponential: 50ms } }
    replicas: { initial: 5, min: 2, max: 40 }
    scaling: ${scaling}
${more}`;
  return (await resultOfText(text)).bottleneck;
}

test('an engine that had not asked yet is told with the age of what it saw', async () => {
  const bottleneck = await surged(
    '{ policy: hpa, metrics: [{ cpu: 60% }] }',
    'metrics: { scrape: 60s, lag: 30s, window: 60s }',
  );
  expect(bottleneck).toMatchObject({
    kind: 'metricLag',
    name: 'web',
    why: expect.stringMatching(/of the pods that were missing had not been asked for yet, by metrics \d+ s old$/),
  });
});

test('the pace that a policy is allowed is told as such', async () => {
  const behavior = 'behavior: { scaleUp: { policies: [{ type: Pods, value: 1, period: 60s }] } }';
  const bottleneck = await surged(`{ policy: hpa, metrics: [{ cpu: 60% }], ${behavior} }`);
  expect(bottleneck).toMatchObject({ kind: 'scalingRules', why: expect.stringContaining('held back by rate limits') });
});

test('the maximum of replicas is named', async () => {
  const text = 'traffic: [{ to: web, generate: { constant: 160/s } }]';
  const { bottleneck } = await resultOfText(`duration: 10m
warmUp: 1m
slo: { latency: 300ms, target: 99% }
${text}
workloads:
  web:
    pod: { cpu: { request: 500m, limit: 500m }, concurrency: 1, start: 1s }
    serve: { cpu: { exponential: 50ms } }
    replicas: { initial: 5, min: 2, max: 5 }
    scaling: { policy: hpa, metrics: [{ cpu: 60% }] }
`);
  expect(bottleneck).toMatchObject({ kind: 'maxReplicas', why: expect.stringContaining('the maximum of replicas') });
});

/** A web pod in zone a calls the pods of its own zone, of which there are as many as the machines have room for. */
const twoZones = (
  minutes: number,
  rate: number,
  [api, inA, inB]: readonly [number, number, number],
): string => `duration: ${minutes}m
warmUp: 1m
slo: { latency: 300ms, target: 99% }
traffic: [{ to: web, generate: { constant: ${rate}/s } }]
workloads:
  web:
    pod: { cpu: { request: "1", limit: "1" }, concurrency: 200 }
    serve: { cpu: 5ms, calls: [api] }
    replicas: 1
  api:
    pod: { cpu: { request: "1", limit: "1" }, concurrency: 1 }
    serve: { cpu: { exponential: 40ms } }
    replicas: ${api}
    balancer: { topology: prefer-zone }
nodes:
  - { type: aws/m5.4xlarge, name: a, zone: us-east-1a, count: 1, maxPods: ${inA} }
  - { type: aws/m5.2xlarge, name: b, zone: us-east-1b, count: 1, maxPods: ${inB} }
network: { sameZone: 0ms, crossZone: 1ms, prices: {} }
`;

test('a zone that gets more than its pods can do is a matter of the balancer', async () => {
  const { bottleneck } = await resultOfText(twoZones(10, 60, [8, 3, 6]));
  expect(bottleneck).toMatchObject({ kind: 'balancer', name: 'api' });
  expect(bottleneck.why).toMatch(
    /^\d(\.\d)? of 8 pods in zone us-east-1a were saturated while all of them together were \d\d% busy from /,
  );
});

test('a hot zone is named where most of the pods stand in it, as long as the other zone has room', async () => {
  const { bottleneck } = await resultOfText(twoZones(6, 80, [5, 4, 2]));
  expect(bottleneck).toMatchObject({ kind: 'balancer', name: 'api' });
  expect(bottleneck.why).toMatch(
    /^(2\.\d|3) of 5 pods in zone us-east-1a were saturated while all of them together were \d\d% busy/,
  );
});

test('workers that are held through waits while the CPU idles are named, not a want of pods', async () => {
  const { bottleneck } = await resultOfText(`duration: 10m
slo: { latency: 500ms, target: 95% }
traffic: [{ to: web, generate: { constant: 200/s } }]
workloads:
  web:
    pod: { discipline: processor-sharing, concurrency: 8, cpu: { request: "1", limit: "1" } }
    serve: { cpu: { exponential: 5ms }, wait: { exponential: 100ms } }
    replicas: 2
`);
  expect(bottleneck).toMatchObject({ kind: 'workers', name: 'web' });
  expect(bottleneck.why).toMatch(
    /^[\d,]+ requests on average waited for one of the 8 workers of each pod, while the pods' CPU was [34]\d% busy from /,
  );
});

/** A JVM that needs 300 MiB of its heap, under a limit. */
async function jvmWithin(limit: string): Promise<RunResult> {
  return resultOfText(`duration: 10m
warmUp: 1m
slo: { latency: 400ms, target: 99.99% }
traffic: [{ to: web, generate: { constant: 100/s } }]
workloads:
  web:
    pod:
      discipline: cfs
      cpu: { request: "1", limit: "1" }
      memory: { request: ${limit}, limit: ${limit} }
      jvm:
        sizing: { by: hotspot, maxRamPercentage: 60% }
        nonHeap: { classes: 13000, threads: 50, codeCache: 64Mi }
        live: 300Mi
        allocation: 1Gi
        traceSpeed: 500Mi
    serve: { cpu: { lognormal: { mean: 20ms, cv: 1 } } }
    replicas: 4
`);
}

test('garbage collection that stops programs for a tenth of the time is named, less is not', async () => {
  const { bottleneck } = await jvmWithin('1Gi');
  expect(bottleneck).toMatchObject({ kind: 'garbageCollection', name: 'web' });
  expect(bottleneck.why).toMatch(/^collections stopped its programs for [12]\d% of the time from /);
  expect((await jvmWithin('3Gi')).bottleneck.kind).not.toBe('garbageCollection');
});
