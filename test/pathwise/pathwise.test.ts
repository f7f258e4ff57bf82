import { describe, expect, test } from 'vitest';
import { balancerWorlds } from './balancer-worlds.js';
import { compareJobs } from './compare-jobs.js';
import { changingWorlds } from './changing-worlds.js';
import { crowdWorlds } from './crowd-worlds.js';
import { commandedWorlds } from './commanded-worlds.js';
import { comparePaths, naiveEnds, productEnds } from './compare-paths.js';
import { jobWorlds } from './job-worlds.js';
import { network, networkWorlds } from './network-worlds.js';
import { compareWorld } from './path-world.js';
import { callWorlds, connectionWorlds, queueWorlds, stationWorlds } from './path-worlds.js';
import { resizingWorlds } from './resizing-worlds.js';
import { changingApart, watchedInside, watchedOutside } from './watched-network-worlds.js';
import { warmingWorlds } from './warming-worlds.js';

/** Ends that worlds of users and of pods that come and go must show. */
const ends = ['served', 'timed out', 'rejected', 'cut off', 'refused', 'circuit open', 'call failed'] as const;
const tally = new Map<string, number>();

describe('the request path agrees with a naive simulator, request by request, to the microsecond', () => {
  test.each(stationWorlds)('$name', ({ name, make }) => {
    const { requests, counts, differing, examples } = comparePaths(make(12_000));
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(requests).toBeGreaterThan(11_500);
    expect(counts.served).toBeGreaterThan(0.5 * requests);
    if (!name.includes('plain')) expect(counts['timed out']).toBeGreaterThan(10);
    if (name.includes('server stops')) expect(counts.rejected).toBeGreaterThan(10);
  });

  test.each(queueWorlds)('$name', ({ make }) => {
    const { counts, differing, examples } = comparePaths(make(12_000));
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(counts['gave up']).toBeGreaterThan(100);
  });

  test.each(warmingWorlds)('$name', ({ make }) => {
    const { counts, requests, differing, examples } = comparePaths(make(12_000));
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(counts.served).toBeGreaterThan(0.5 * requests);
    expect(counts['timed out']).toBeGreaterThan(10);
  });

  test.each(resizingWorlds)('$name', ({ make, resizes }) => {
    const world = make(12_000);
    const given = resizes(world);
    const { counts, requests, differing, examples } = comparePaths(world, { resizes: given });
    expect(given.length).toBeGreaterThan(500);
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(counts.served).toBeGreaterThan(0.5 * requests);
    expect(counts['timed out']).toBeGreaterThan(10);
    const unchanged = productEnds(world)[0];
    const moved = [...productEnds(world, { resizes: given })[0]].filter(([k, { at }]) => at !== unchanged.get(k)?.at);
    expect(moved.length).toBeGreaterThan(0.5 * requests);
  });

  test.each(connectionWorlds)('$name', ({ name, make }) => {
    const { counts, requests, differing, examples } = comparePaths(make(12_000));
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(counts.served).toBeGreaterThan(0.5 * requests);
    if (!name.includes('plain')) expect(counts['timed out']).toBeGreaterThan(10);
  });

  test.each(callWorlds)('$name', ({ name, make }) => {
    const { requests, counts, differing, examples, coincidences } = comparePaths(make(13_000));
    expect(coincidences).toBe(0);
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(counts.served).toBeGreaterThan(0.5 * requests);
    expect(counts['call failed']).toBeGreaterThan(100);
    if (!name.includes('caches')) expect(counts['timed out']).toBeGreaterThan(50);
  });

  test.each(networkWorlds)('$name', ({ name, make }) => {
    const { requests, counts, differing, examples, coincidences } = comparePaths(make(5_000));
    expect(coincidences).toBe(0);
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(counts.served).toBeGreaterThan(0.15 * requests);
    if (!name.includes('plain')) expect(counts['timed out']).toBeGreaterThan(4);
  });

  test.each(balancerWorlds)('$name', ({ make, shows }) => {
    const { counts, requests, differing, examples } = comparePaths(make(8_000));
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(counts.served).toBeGreaterThan(0.05 * requests);
    for (const outcome of shows) expect(counts[outcome]).toBeGreaterThan(30);
  });

  test.each([...watchedOutside, ...watchedInside])('$name', (world) => {
    const { counts, requests, differing, examples, coincidences } = compareWorld(world, 2_000);
    expect(coincidences).toBe(0);
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(counts.served).toBeGreaterThan(0.05 * requests);
  });

  test.each(changingApart)('$name', (world) => {
    const { counts, requests, differing, examples, coincidences } = compareWorld(world, 2_000);
    expect({ differing, examples, coincidences }).toEqual({ differing: 0, examples: [], coincidences: 0 });
    expect(counts.served).toBeGreaterThan(0.5 * requests);
  });

  test.each(balancerWorlds.filter(({ name }) => /fcfs, least|processor-sharing, power|cfs, random/.test(name)))(
    '$name: a network that takes no time shows in nothing',
    ({ make }) => {
      const world = make(3_000);
      const still = { ...world, network: network(0, 0) };
      expect(productEnds(still)).toEqual(productEnds(world));
    },
  );

  test.each(jobWorlds)('$name', (one) => {
    const { jobs, counts, differing, examples, product, naive } = compareJobs(one, 6_000);
    expect(naive.coincidences).toBe(0);
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(product).toMatchObject({
      ...{ redelivered: naive.redelivered, duplicates: naive.duplicates, deadLettered: naive.deadLettered },
      ...{ done: counts.done, dead: counts.dead, expired: counts.expired, refused: counts.refused, published: jobs },
    });
    expect(counts.done).toBeGreaterThan(0.8 * jobs);
    if (one.name.includes('visibility')) expect(naive.duplicates).toBeGreaterThan(5);
    for (const end of one.shows) expect(counts[end]).toBeGreaterThan(1);
  });

  test.each([...changingWorlds, ...crowdWorlds])('$name', (world) => {
    const { counts, requests, differing, examples, coincidences } = compareWorld(world, 4_000);
    expect(coincidences).toBe(0);
    expect(examples).toEqual([]);
    expect(differing).toBe(0);
    expect(counts.served).toBeGreaterThan(0.3 * requests);
    for (const outcome of ends) tally.set(outcome, (tally.get(outcome) ?? 0) + counts[outcome]);
  });

  test.each(commandedWorlds)('$name', (world) => {
    const { counts, requests, differing, examples, coincidences } = compareWorld(world, 3_000);
    expect({ differing, examples, coincidences }).toEqual({ differing: 0, examples: [], coincidences: 0 });
    expect(counts.served).toBeGreaterThan(0.3 * requests);
  });

  test('commanded weights change much', () => {
    const { make, changes } = commandedWorlds[0];
    const world = make(3_000);
    const given = changes?.(world) ?? [];
    const [commanded] = productEnds(world, { changes: given });
    const [even] = productEnds(world, { changes: given.map((change) => ({ ...change, weights: undefined })) });
    const differing = [...commanded].filter(([k, { at }]) => at !== even.get(k)?.at);
    expect(differing.length).toBeGreaterThan(0.2 * commanded.size);
  });

  test.each(changingWorlds.filter(({ name }) => /fcfs, least-connections/.test(name)))('$name, short', (world) => {
    // Few choices between changes, so that several pods have never been chosen.
    expect(compareWorld(world, 1_500)).toMatchObject({ differing: 0, coincidences: 0, examples: [] });
  });

  test.each(ends)('worlds of users and of pods that come and go show requests that end as %s', (outcome) => {
    expect(tally.get(outcome)).toBeGreaterThan(20);
  });

  test.each(changingWorlds.filter(({ name }) => /fcfs.*slow start/.test(name)))(
    '$name: without it, much is different',
    (one) => {
      const world = one.make(5_000);
      const changes = one.changes?.(world);
      const workloads = world.workloads.map((app) => ({ ...app, balancer: { ...app.balancer, slowStart: undefined } }));
      const [slow] = productEnds(world, { changes });
      const [fast] = productEnds({ ...world, workloads }, { changes });
      const differing = [...slow].filter(([k, { at }]) => at !== fast.get(k)?.at);
      expect(differing.length).toBeGreaterThan(0.01 * slow.size);
    },
  );

  test('a world with other draws is told apart', () => {
    const world = stationWorlds[0].make(2_000);
    const other = naiveEnds({ ...world, seed: world.seed + 1 }).ends[0];
    const ours = productEnds(world)[0];
    const differing = [...ours].filter(([k, { at }]) => at !== other.get(k)?.at);
    expect(differing.length).toBeGreaterThan(1_500);
  });
});
