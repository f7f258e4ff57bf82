import { describe, expect, test } from 'vitest';
import { config, feed, listen, podsScraped, readyPod, replicasSet, ticked, workload } from '../fixture.js';
import { scaledBy, usage } from './hpa-facts.js';

describe('a quota that cuts a change', () => {
  const fourAMinute = { scaleUp: { policies: [{ type: 'Pods', value: 4, period: '1m' }] } };
  const behavior = { ...fourAMinute, scaleDown: { stabilizationWindow: '0s' } };

  /** The web asks for 8 of 4 at 600 s while another workload leaves it two pods of the quota, and gives up its own at 610 s. */
  function cutThenFree(cpu: string, second: number, usedSince: number) {
    const written = { metrics: [{ cpu }], behavior };
    const { engine, decisions } = listen(
      config([scaledBy(written), workload({ name: 'other', minReplicas: 0 })], {
        quota: { pods: 10, cpuMillis: null, memoryMiB: null },
      }),
    );
    feed(engine, [...usage(500), replicasSet(0, 4, 'other'), ticked(600)]);
    const { desired } = decisions[0];
    const more = ['e', 'f'].flatMap((pod) => readyPod(601, pod));
    const scrapes = [615, 630].map((at) =>
      podsScraped(at, Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((pod) => [pod, at * usedSince]))),
    );
    feed(engine, [replicasSet(600, desired), replicasSet(610, 0, 'other'), ...more, ...scrapes, ticked(second)]);
    return decisions.filter(({ workload: name }) => name === 'web');
  }

  test('counts for the rate policy as what was commanded', () => {
    const [cut, free] = cutThenFree('25%', 630, 0.5);
    expect(cut).toMatchObject({ from: 4, desired: 6, reason: 'quota' });
    expect(cut.rules.map(({ rule, after }) => [rule, after])).toContainEqual(['rate-policy', 8]);
    // Two of the four pods a minute are used up: from 6 it may go to 8.
    expect(free).toMatchObject({ from: 6, desired: 8, reason: 'rate-limited' });
    expect(free.rules.find(({ rule }) => rule === 'rate-policy')?.numbers).toMatchObject({ limit: 8, periodStart: 4 });
  });

  test('leaves the log of recommendations what the metrics asked for, as every limit does', () => {
    const written = { metrics: [{ cpu: '50%' }], behavior: fourAMinute };
    const full = { quota: { pods: 4, cpuMillis: null, memoryMiB: null } };
    const { engine, decisions } = listen(config([scaledBy(written)], full));
    feed(engine, [...usage(500), ticked(600)]);
    expect(decisions[0]).toMatchObject({ from: 4, rawDesired: 8, desired: 4, direction: 'hold', reason: 'quota' });
    // Idle since: what was asked for a quarter of a minute ago holds the pods that are there.
    const idle = [615, 660].map((at) => podsScraped(at, { a: 300, b: 300, c: 300, d: 300 }));
    feed(engine, [...idle, ticked(661)]);
    expect(decisions[1]).toMatchObject({ desired: 4, reason: 'stabilized' });
    expect(decisions[1].rules.find(({ rule }) => rule === 'stabilization')?.numbers).toMatchObject({
      recommendation: 8,
    });
  });

  test('wholly refused, it is no change at all: the next one has its whole minute', () => {
    const written = { metrics: [{ cpu: '25%' }], behavior: fourAMinute };
    const { engine, decisions } = listen(
      config([scaledBy(written), workload({ name: 'other', minReplicas: 0 })], {
        quota: { pods: 8, cpuMillis: null, memoryMiB: null },
      }),
    );
    feed(engine, [...usage(500), replicasSet(0, 4, 'other'), ticked(600), ticked(615)]);
    feed(engine, [replicasSet(616, 0, 'other'), ticked(630)]);
    const web = decisions.filter(({ workload: name }) => name === 'web');
    expect(web.map(({ desired, reason }) => [desired, reason])).toEqual([
      [4, 'quota'],
      [4, 'quota'],
      [8, 'rate-limited'],
    ]);
  });
});
