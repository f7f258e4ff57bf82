import { expect, test } from 'vitest';
import { resultOfText } from '../../experiment/result-of-text.js';

/**
 * Every request is given up shortly before its answer sets out, so that the cancellation reaches a pod that has let go of the attempt:
 * a job may have its place in memory by then.
 */
test('a cancellation that comes late takes no job off its worker', async () => {
  const { queues } = await resultOfText(`duration: 5m
warmUp: 30s
seed: 5
queues: { jobs: { visibilityTimeout: 30s } }
traffic:
  - { to: web, generate: { constant: 100/s }, client: { timeout: 40ms, serverStops: true } }
  - { to: jobs, generate: { constant: 50/s } }
workloads:
  web:
    pod: { concurrency: 1000 }
    serve: { cpu: 1ms, wait: 20ms }
    replicas: 2
  worker:
    consumes: { queue: jobs, pollInterval: 1s }
    pod: { concurrency: 20 }
    serve: { cpu: 1ms, wait: 200ms }
    replicas: 4
network: { sameZone: 1ms, clients: 60ms }
`);
  const jobs = queues?.jobs;
  expect(jobs?.done).toBeGreaterThan(10_000);
  expect(jobs?.waitingAtEnd).toBeLessThan(30);
  // A poll's interval and the work: a job taken off its worker would take the worker with it, and others would wait.
  expect(jobs?.latencyMs.max).toBeLessThan(1_300);
});
