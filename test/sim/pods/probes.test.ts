import { describe, expect, test } from 'vitest';
import type { ProbeSpec } from '../../../src/domain/probe-spec.js';
import type { PodSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import type { FakeProcess } from '../fake-plane.js';
import { lines, runSim, type Script, workload, world } from '../sim-run.js';

const probe = (changes: Partial<ProbeSpec> = {}): ProbeSpec => ({
  initialDelayMicros: seconds(0),
  periodMicros: seconds(10),
  timeoutMicros: seconds(1),
  failureThreshold: 3,
  ...changes,
});

/** Pods that take 7 s to listen and are probed for readiness every 5 s; `act` may keep web-0 busy at a tick. */
function probed(
  pod: Partial<PodSpec>,
  act: (process: FakeProcess, second: number) => void = () => {},
  script: Script = [],
) {
  const cluster = {
    ...world().cluster,
    crashLoopBackOff: { initialMicros: seconds(10), maxMicros: seconds(300) },
  };
  const spec: WorldSpec = world({ workloads: [workload({}, pod)], cluster, tickMicros: seconds(5) });
  const run = runSim(spec, script, (fact, plane) => {
    if (fact.type === 'ticked') act(plane.process('web-0'), fact.at / 1e6);
  });
  return { ...run, told: lines(run.facts).filter((line) => Number(line.split(' ')[0]) > 0) };
}

describe('liveness', () => {
  const livenessProbe = probe();

  test('a process too busy to answer three times is killed, finishes what it has within its grace, and starts again', () => {
    const { told, plane } = probed({ livenessProbe }, (process, second) => {
      if (second !== 15) return;
      process.busyUntilSeconds = 55.5;
      process.carry(3, 55.5);
    });
    // Probes at 20, 30 and 40 s time out a second later. At 41 it refuses; a look every second finds nothing on board at 56.
    expect(plane.notes.filter((note) => note.includes('web-0'))).toEqual([
      '0 web-0 listens',
      '0 web routes to web-0',
      '41 web-0 refuses',
      '56 web-0 cut for failure with 0',
      '56 web routes to web-0',
      '63 web-0 listens',
      '68 web routes to web-0',
    ]);
    expect(told).toEqual([
      '56 podBecameUnready web-0 (liveness probe failed)',
      '56 podStarted web-0',
      '66 podBecameReady web-0',
    ]);
  });

  test('what is on board at the end of the grace is cut off', () => {
    const { plane } = probed({ livenessProbe }, (process, second) => {
      if (second === 15) process.busyUntilSeconds = 1000;
      if (second === 15) process.carry(3, 1000);
    });
    expect(plane.notesOf('cut')).toEqual(['71 web-0 cut for failure with 3']);
  });

  test('an answer in time clears what went before, known beforehand or not', () => {
    for (const foresees of [true, false]) {
      const { told } = probed({ livenessProbe }, (process, second) => {
        process.foresees = foresees;
        if (second === 15) process.busyUntilSeconds = 35;
        if (second === 35) process.busyUntilSeconds = 40.9;
        if (second === 45) process.busyUntilSeconds = 62;
      });
      // Failures at 20 and 30, an answer after 0.9 s at 40, failures at 50 and 60, answers from 70 on.
      expect(told).toEqual([]);
    }
  });

  test('a pod that is deleted while its container is being killed keeps its time to finish', () => {
    const { told } = probed(
      { livenessProbe },
      (process, second) => {
        if (second === 15) process.busyUntilSeconds = 1000;
        if (second === 15) process.carry(1, 55.5);
      },
      [[45, 0]],
    );
    expect(told).toEqual([
      '45 replicasSet web 0',
      '45 podBeganTerminating web-0 (scaled down)',
      '56 podRemoved web-0 (scaled down)',
    ]);
  });

  test('without a startup probe it kills what starts too slowly, again and again, later and later', () => {
    const slow = { kind: 'constant', value: 37e6 } as const;
    const eager = probe({ initialDelayMicros: seconds(15), failureThreshold: 2 });
    const { told, measurement } = probed({ start: slow, livenessProbe: eager }, () => {}, [[15, 2]]);
    // Due at 15, 25, 35, ...: the first probe is the one at 35. Refused there and at 45: 30 s after each start.
    expect(told.filter((line) => line.includes('web-1'))).toEqual([
      '15 podCreated web-1',
      '15 podScheduled web-1 serverless',
      '15 podStarted web-1',
      '45 podStarted web-1',
      '85 podStarted web-1',
    ]);
    expect(measurement.pods[1].waits).toEqual([
      { for: 'crashLoopBackOff', from: 75e6, to: 85e6 },
      { for: 'crashLoopBackOff', from: 115e6, to: null },
    ]);
  });
});

describe('startup', () => {
  const start = { kind: 'constant', value: 37e6 } as const;

  test('nothing else is probed before it succeeds, and readiness at once when it does', () => {
    const pod = {
      start,
      startupProbe: probe({ failureThreshold: 5 }),
      livenessProbe: probe({ failureThreshold: 1 }),
      readiness: { periodMicros: seconds(7), rise: 1 },
    };
    // Listens at 52; startup probes at 15, 25, 35, 45 fail, the one at 55 succeeds.
    expect(probed(pod, () => {}, [[15, 2]]).told.at(-1)).toBe('55 podBecameReady web-1');
  });

  test('a container that fails it is started again', () => {
    const { told } = probed({ start, startupProbe: probe() }, () => {}, [[15, 2]]);
    expect(told.filter((line) => line.includes('podStarted'))).toEqual([
      '15 podStarted web-1',
      '35 podStarted web-1',
      '65 podStarted web-1',
      '105 podStarted web-1',
    ]);
  });
});

describe('readiness', () => {
  const readiness = { periodMicros: seconds(5), rise: 1, failureThreshold: 2 };

  test('a pod that does not answer leaves the endpoints, and returns when it does', () => {
    const { told, plane } = probed({ readiness }, (process, second) => {
      if (second === 15) process.busyUntilSeconds = 27;
    });
    expect(told).toEqual(['26 podBecameUnready web-0 (readiness probe failed)', '30 podBecameReady web-0']);
    expect(plane.notesOf('routes')).toEqual(['0 web routes to web-0', '28 web routes to', '32 web routes to web-0']);
    expect(plane.process('web-0').readySince).toBeLessThan(0);
  });

  test('a probe that takes longer than the period is followed by the next at once', () => {
    const patient = { ...readiness, timeoutMicros: seconds(8), failureThreshold: 1 };
    const { told } = probed({ readiness: patient }, (process, second) => {
      if (second === 15) process.busyUntilSeconds = 30;
    });
    // Sent at 20, failed at 28; sent again at 28, answered at 30.
    expect(told).toEqual(['28 podBecameUnready web-0 (readiness probe failed)', '30 podBecameReady web-0']);
  });

  test('successes and an initial delay are counted from the start of the container', () => {
    const slow = { periodMicros: seconds(5), rise: 2, initialDelayMicros: seconds(12) };
    const once = probed({ readiness: slow }, () => {}, [[15, 2]]);
    const always = probed({ readiness: { ...slow, failureThreshold: 9 } }, () => {}, [[15, 2]]);
    // Listens at 22; due at 30 and 35.
    for (const { told } of [once, always]) expect(told.at(-1)).toBe('35 podBecameReady web-1');
  });
});
