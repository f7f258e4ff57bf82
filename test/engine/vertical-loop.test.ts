import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Fact } from '../../src/domain/fact.js';
import type { PodResources } from '../../src/domain/pod-resources.js';
import type { VerticalInput, VerticalProposal } from '../../src/engine/ports.js';
import { type Registries, builtIn } from '../../src/engine/registries.js';
import { seconds } from '../../src/kernel/micros.js';
import { config, listen, readyPod, replicasSet, ticked, workload } from './fixture.js';

const small: PodResources = {
  cpuRequestMillis: 500,
  cpuLimitMillis: null,
  memoryRequestMiB: 512,
  memoryLimitMiB: 1024,
};
const large: PodResources = { ...small, cpuRequestMillis: 900 };

function withVertical(decide: (input: VerticalInput) => VerticalProposal): Registries {
  const test = { name: 'test', description: 'A test.', schema: z.strictObject({}), create: () => ({ decide }) };
  return { ...builtIn, verticalPolicies: { ...builtIn.verticalPolicies, test } };
}

function proposal(changes: Partial<VerticalProposal>): VerticalProposal {
  const recommendation = { cpu: { lower: 800, target: 900, upper: 1000 }, memory: null };
  return {
    recommendation,
    template: small,
    evict: [],
    resize: [],
    rules: [],
    holdsHorizontal: null,
    reason: 'tested',
    ...changes,
  };
}

const sized = workload({ memoryLimitMiB: 1024, vertical: { name: 'test', config: {} } });

function run(decide: (input: VerticalInput) => VerticalProposal, facts: readonly Fact[]) {
  const heard = listen(config([sized]), withVertical(decide));
  for (const fact of facts) heard.engine.on(fact);
  return heard;
}

describe('stage 4', () => {
  test('asks for the template first, then resizes, then evictions, each with the reason', () => {
    const { commands, decisions } = run(
      () => proposal({ template: large, evict: ['web-1'], resize: [{ pod: 'web-0', resources: large }] }),
      [replicasSet(0, 2), ...readyPod(1, 'web-0'), ...readyPod(1, 'web-1'), ticked(15)],
    );
    const of = { at: seconds(15), workload: 'web', reason: 'tested' };
    expect(commands).toEqual([
      { type: 'setPodResources', ...of, resources: large },
      { type: 'resizePod', ...of, pod: 'web-0', resources: large },
      { type: 'evictPod', ...of, pod: 'web-1' },
    ]);
    expect(decisions[0].vertical).toMatchObject({ policy: 'test', from: small, template: large, evict: ['web-1'] });
  });

  test('shows the policy the template that is in force, incidents once, and what each pod has', () => {
    const seen: VerticalInput[] = [];
    const of = { at: seconds(20), workload: 'web', pod: 'web-1' };
    run(
      (input) => {
        seen.push(input);
        return proposal({ template: input.template });
      },
      [
        replicasSet(0, 2),
        ...readyPod(1, 'web-0'),
        ticked(15),
        { type: 'podResourcesSet', at: seconds(16), workload: 'web', resources: large },
        { type: 'podCreated', ...of, resources: large },
        { type: 'containerOomKilled', ...of, memoryMiB: 1025 },
        ticked(30),
        ticked(45),
      ],
    );
    expect(seen.map(({ template }) => template)).toEqual([small, large, large]);
    expect(seen.map(({ incidents }) => incidents.map(({ type }) => type))).toEqual([[], ['containerOomKilled'], []]);
    expect(seen[1].pods.map(({ resources }) => resources)).toEqual([undefined, large]);
  });

  test('may hold the replicas where both would act on the same resource, and says so', () => {
    const { commands, decisions } = run(
      ({ specReplicas }) =>
        proposal({ holdsHorizontal: { rule: 'vertical-first', before: 2, after: specReplicas, numbers: {} } }),
      [replicasSet(0, 3), ticked(15)],
    );
    expect(decisions[0]).toMatchObject({ desired: 3, reason: 'vertical-first' });
    expect(commands).toEqual([]);
  });

  test.each([
    ['a request above its limit', { ...small, memoryRequestMiB: 2000 }],
    ['an amount that is none', { ...small, cpuRequestMillis: NaN }],
    ['nothing at all', { ...small, cpuRequestMillis: 0 }],
  ])('that gives %s is failed, and holds', (_, template) => {
    const { commands, decisions } = run(() => proposal({ template }), [replicasSet(0, 3), ticked(15)]);
    expect(commands).toEqual([]);
    expect(decisions[0].stages.find(({ stage }) => stage === 'vertical')).toMatchObject({ status: 'failed' });
    expect(decisions[0].vertical).toMatchObject({ reason: 'stage-failed', template: small });
  });

  test('leaves a workload without a policy alone, and says nothing of it', () => {
    const { engine, decisions } = listen(config([workload()]));
    engine.on(replicasSet(0, 3));
    engine.on(ticked(15));
    expect(decisions[0]).not.toHaveProperty('vertical');
  });
});

describe('what pods request after a change', () => {
  test('counts at allocation: a quota of CPU leaves room for fewer of the larger ones', () => {
    const quota = { pods: null, cpuMillis: 2500, memoryMiB: null };
    const fixed = { name: 'fixed', config: { replicas: 5 } };
    const { engine, decisions } = listen(config([{ ...sized, policy: fixed }], { quota }), builtInManifest());
    for (const fact of [replicasSet(0, 1), ticked(15)]) engine.on(fact);
    engine.on({ type: 'podResourcesSet', at: seconds(16), workload: 'web', resources: large });
    engine.on(ticked(30));
    expect(decisions.map(({ desired }) => desired)).toEqual([5, 2]);
  });
});

function builtInManifest(): Registries {
  return withVertical(({ template }) => proposal({ template }));
}
