import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActivatorSpec } from '../../../src/domain/activator-spec.js';
import type { ClientSpec } from '../../../src/domain/traffic-spec.js';
import type { ServingSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { OUTCOME } from '../../../src/sim/requests/outcome.js';
import { onlyClass, patientClient, plainWork, planeWorld, podWorkload, steadyTraffic } from './plane-world.js';

const SECOND = 1e6;
const SERVICE = 0.1 * SECOND;

interface Parts {
  readonly activator?: ActivatorSpec;
  readonly client?: ClientSpec;
  readonly serving?: Partial<ServingSpec>;
  /** Instants at which there is an endpoint, and then none again, in turn. */
  readonly turns: readonly number[];
  readonly perSecond?: number;
}

function spec(changes: Partial<ActivatorSpec> = {}): ActivatorSpec {
  return { capacity: 100, timeoutMicros: micros(60 * SECOND), latencyMicros: micros(0), ...changes };
}

const END = 30 * SECOND;

/** Requests one second apart for ten seconds; what became of each, and when. */
function run({ activator, client = patientClient, serving = {}, turns, perSecond = 1 }: Parts) {
  const rate = { perSecond, endMicros: 10 * SECOND };
  const classes = [onlyClass(plainWork(SERVICE))];
  const traffic = steadyTraffic('users', 'web', rate, { classes, client, arrivals: 'interpolated' });
  const web = { ...podWorkload('web', { count: 0 }, serving), ...(activator === undefined ? {} : { activator }) };
  const world = planeWorld({ seed: 3, endMicros: END, traffic: [traffic], workloads: [web] });
  const ends: { outcome: number; at: number }[] = [];
  const observer = (_hop: number, ordinal: number, outcome: number, at: number): void => {
    expect(ends.at(ordinal)).toBeUndefined();
    ends[ordinal] = { outcome, at };
  };
  const plane = createExactPlane(world, new Streams(3), { observer });
  const port = plane.workload('web');
  const pod = port.open(0, { speed: 1, place: undefined });
  pod.listen(true);
  port.route([]);
  const heldAt: number[] = [];
  let from = 0;
  for (const [i, to] of [...turns, END].entries()) {
    plane.advance(micros(from), micros(to));
    heldAt.push(port.counters().held);
    if (to < END) port.route(i % 2 === 0 ? [pod] : []);
    from = to;
  }
  plane.closeStep(micros(END));
  return { ends, heldAt, totals: plane.totals(), columns: plane.tables()[1].columns };
}

/** Arrivals of the same traffic, seen at a pod that is always there. */
function arrivals(perSecond = 1): readonly number[] {
  return run({ turns: [0], perSecond }).ends.map(({ at }) => at - SERVICE);
}

describe('an activator', () => {
  test('holds what finds no endpoint, in order, and lets it go on a latency after the first one is there', () => {
    const came = arrivals();
    const open = 4.5 * SECOND;
    const latency = 0.2 * SECOND;
    const { ends, heldAt, totals, columns } = run({
      activator: spec({ latencyMicros: micros(latency) }),
      turns: [open],
    });
    const held = came.filter((at) => at <= open);
    expect(held.length).toBeGreaterThan(3);
    expect(heldAt).toEqual([held.length, 0]);
    came.forEach((at, i) => {
      const begins = at <= open ? open + latency : at;
      expect(ends[i]).toEqual({ outcome: OUTCOME.served, at: begins + SERVICE });
    });
    expect(totals.requests.served).toBe(came.length);
    const meanWait = held.reduce((sum, at) => sum + open + latency - at, 0) / held.length / 1e3;
    expect(columns.activated).toEqual(Float64Array.of(held.length));
    expect(columns.activatorWaitMs[0]).toBeCloseTo(meanWait, 9);
  });

  test('without one, the same requests are rejected at once', () => {
    const { ends } = run({ turns: [4.5 * SECOND] });
    const came = arrivals();
    came.forEach((at, i) => {
      const expected =
        at <= 4.5 * SECOND ? { outcome: OUTCOME.rejected, at } : { outcome: OUTCOME.served, at: at + SERVICE };
      expect(ends[i]).toEqual(expected);
    });
  });

  test('one worker serves what was held one after the other, the first to come first', () => {
    const { ends } = run({ activator: spec(), serving: { concurrency: 1 }, turns: [4.5 * SECOND] });
    const held = arrivals().filter((at) => at <= 4.5 * SECOND).length;
    for (let i = 0; i < held; i += 1) expect(ends[i].at).toBe(4.5 * SECOND + (i + 1) * SERVICE);
  });

  test('a full pod refuses what it has no room for', () => {
    const { ends } = run({ activator: spec(), serving: { concurrency: 1, queueLimit: 1 }, turns: [4.5 * SECOND] });
    const held = arrivals().filter((at) => at <= 4.5 * SECOND).length;
    expect(ends.slice(0, held).map(({ outcome }) => outcome)).toEqual([
      OUTCOME.served,
      OUTCOME.served,
      ...new Array<number>(held - 2).fill(OUTCOME.rejected),
    ]);
  });

  test('rejects what it has held for too long, and what it has no room for', () => {
    const came = arrivals();
    const late = run({ activator: spec({ timeoutMicros: micros(2 * SECOND) }), turns: [4.5 * SECOND] });
    came
      .filter((at) => at <= 2.5 * SECOND)
      .forEach((at, i) => expect(late.ends[i]).toEqual({ outcome: OUTCOME.rejected, at: at + 2 * SECOND }));
    const small = run({ activator: spec({ capacity: 2 }), turns: [4.5 * SECOND] });
    expect(small.heldAt[0]).toBe(2);
    expect(small.ends[2]).toEqual({ outcome: OUTCOME.rejected, at: came[2] });
    expect(small.columns.turnedAway[0]).toBe(came.filter((at) => at <= 4.5 * SECOND).length - 2);
  });

  test('a client who gives up takes its request out of it', () => {
    const client = { ...patientClient, timeoutMicros: micros(1.5 * SECOND), serverStops: true };
    const { ends, heldAt, totals } = run({ activator: spec(), client, turns: [4.5 * SECOND] });
    const came = arrivals();
    const waiting = came.filter((at) => at > 3 * SECOND && at <= 4.5 * SECOND).length;
    expect(heldAt[0]).toBe(waiting);
    expect(ends[0]).toEqual({ outcome: OUTCOME.timedOut, at: came[0] + 1.5 * SECOND });
    expect(totals.requests.served).toBe(came.filter((at) => at > 3 * SECOND).length);
  });

  test('nothing is lost whatever the endpoints do: every request ends as an account of its own says', () => {
    const turn = fc.integer({ min: 1, max: 4000 }).map((ms) => ms * 1000);
    fc.assert(
      fc.property(
        fc.array(turn, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 100, max: 4000 }),
        (gaps, latencyMs, timeoutMs) => {
          const turns = gaps.map((_, i) => gaps.slice(0, i + 1).reduce((sum, gap) => sum + gap, 0) + 0.5);
          const whole = turns.map((at) => Math.floor(at));
          const activator = spec({ latencyMicros: micros(latencyMs * 1e3), timeoutMicros: micros(timeoutMs * 1e3) });
          const { ends, totals } = run({ activator, turns: whole, perSecond: 7 });
          const accounts = arrivals(7).map((at) => account(at, whole, latencyMs * 1e3, timeoutMs * 1e3));
          accounts.forEach((expected, i) => expect(ends.at(i)).toEqual(expected));
          const { offered, served, failed, inFlightAtEnd } = totals.requests;
          expect(offered).toBe(served + failed + inFlightAtEnd);
        },
      ),
      { numRuns: 100, seed: 11 },
    );
  });
});

/** Where endpoints come and go at `turns`, after everything else of those instants; undefined where it still waits at the end. */
function account(came: number, turns: readonly number[], latency: number, timeout: number) {
  const spans = turns.flatMap((open, i) => (i % 2 === 0 ? [{ open, close: turns.at(i + 1) ?? Infinity }] : []));
  if (spans.some(({ open, close }) => open < came && came <= close)) {
    return { outcome: OUTCOME.served, at: came + SERVICE };
  }
  const goes = spans.find(({ open, close }) => open >= came && open + latency <= close)?.open ?? Infinity;
  const forwarded = goes + latency;
  if (came + timeout <= forwarded) {
    return came + timeout > END ? undefined : { outcome: OUTCOME.rejected, at: came + timeout };
  }
  return { outcome: OUTCOME.served, at: forwarded + SERVICE };
}
