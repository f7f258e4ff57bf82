import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/domain/errors.js';
import { builtIn } from '../../../src/engine/registries.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';

const written = `name: q
duration: 1h
slo: { latency: 5m, target: 99% }
queues:
  jobs: { visibilityTimeout: 2m }
traffic:
  - to: jobs
    generate: { constant: 1/s }
workloads:
  worker:
    consumes: jobs
    pod: { concurrency: 4 }
    serve: { cpu: 2s }
`;

async function load(text: string) {
  const options = { registries: builtIn, text, dataDirectory: null, version: 'test' };
  return loadScenario('q.yaml', options);
}

async function errorOf(text: string): Promise<string> {
  return load(text).then(
    () => 'no error',
    (error: unknown) => (error instanceof InputError ? error.message : String(error)),
  );
}

describe('queues of a scenario', () => {
  test('resolve to a queue, its publisher and its consumer, with the objective and the workers as defaults', async () => {
    const { world, engine } = await load(written);
    expect(world.queues).toEqual([
      {
        name: 'jobs',
        slo: { latencyMicros: 300e6, target: 0.99 },
        visibilityTimeoutMicros: 120e6,
        redelivery: 'visibility-timeout',
      },
    ]);
    expect(world.traffic[0]).toMatchObject({ name: 'jobs', to: 'worker', queue: 'jobs' });
    expect(world.workloads[0].consumes).toEqual({ queue: 'jobs', prefetch: 4, pollMicros: 0 });
    expect(engine.workloads[0].queue).toBe('jobs');
  });

  test.each([
    [
      'consumes: jobs',
      'consumes: job',
      /:11: workloads\.worker\.consumes must be a queue, was "job"[\s\S]*Did you mean jobs\?/,
    ],
    [
      '  jobs: { visibilityTimeout: 2m }',
      '  jobs: {}\n  mails: {}',
      /:6: queues\.mails must have a workload that consumes it/,
    ],
    ['- to: jobs', '- to: worker', /:7: traffic\[0\]\.to must not go straight to worker[\s\S]*Write jobs instead/],
    [
      'constant: 1/s }',
      'constant: 1/s }\n    client: { timeout: 2s }',
      /:9: traffic\[0\]\.client must not stand where jobs are published/,
    ],
    [
      'visibilityTimeout: 2m',
      'redelivery: visibility-timeout',
      /:5: queues\.jobs\.redelivery must not be visibility-timeout without/,
    ],
    [
      'concurrency: 4',
      'concurrency: 4, queue: { limit: 3 }',
      /:12: workloads\.worker\.pod\.queue must not have a limit/,
    ],
    ['  worker:\n', '  jobs: { serve: { cpu: 1s } }\n  worker:\n', /:5: queues\.jobs must have a name of its own/],
    [
      '  worker:\n',
      '  web:\n    serve: { cpu: 1ms, calls: [{ to: jobs, timeout: 1s }] }\n  worker:\n',
      /:11: workloads\.web\.serve\.calls\[0\] must have nothing but to and probability/,
    ],
    [
      '  worker:\n',
      '  web:\n    serve: { cpu: 1ms }\n    scaling: { policy: hpa, metrics: [{ external: queue_age_seconds, value: 60 }] }\n  worker:\n',
      /:12: workloads\.web\.scaling\.metrics\[0\]\.external must not be queue_age_seconds/,
    ],
  ])('%s -> %s is an error with its line', async (from, to, expected) => {
    expect(await errorOf(written.replace(from, to))).toMatch(expected);
  });
});
