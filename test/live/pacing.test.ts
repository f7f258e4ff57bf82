import { describe, expect, it } from 'vitest';
import { type Micros, micros, seconds } from '../../src/kernel/micros.js';
import { runVirtual } from '../../src/kernel/run-virtual.js';
import { PHASE, Timeline } from '../../src/kernel/timeline.js';
import { Inbox } from '../../src/live/inbox.js';
import { runPaced } from '../../src/live/pacing.js';
import type { Wall } from '../../src/live/wall.js';

/** A wall clock that jumps to whatever instant is slept for, always a little late. */
class SlowWall implements Wall {
  private at = 0;

  constructor(private readonly lateness: number) {}

  now(): Micros {
    return micros(this.at);
  }

  async sleepUntil(instant: Micros, signal: AbortSignal): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    this.at = Math.max(this.at, instant + this.lateness);
  }
}

function agenda(): { timeline: Timeline; log: string[] } {
  const timeline = new Timeline(micros(0));
  const log: string[] = [];
  timeline.every(seconds(1), seconds(3), PHASE.ticks, (at) => log.push(`tick ${at}`) > 0);
  timeline.every(seconds(1), seconds(2), PHASE.world, (at) => log.push(`world ${at}`) > 0);
  return { timeline, log };
}

describe('runPaced', () => {
  it('does what runVirtual does, at the due times, however late the wall clock is', async () => {
    const virtual = agenda();
    runVirtual(virtual.timeline, seconds(20));
    for (const lateness of [0, 1, 5e6]) {
      const paced = agenda();
      const pace = { wall: new SlowWall(lateness), signal: new AbortController().signal, inbox: null };
      await runPaced(paced.timeline, seconds(20), pace);
      expect(paced.log).toEqual(virtual.log);
      expect(paced.timeline.now).toBe(seconds(20));
    }
  });

  it('reports lateness beside the run', async () => {
    const { timeline } = agenda();
    const late: number[] = [];
    const signal = new AbortController().signal;
    await runPaced(timeline, seconds(5), {
      wall: new SlowWall(250),
      signal,
      inbox: null,
      onLateness: (micros) => late.push(micros),
    });
    expect(Math.min(...late)).toBe(250);
  });

  it('lets an answer in at the instant it arrives, not before what has happened', async () => {
    const timeline = new Timeline(micros(0));
    const wall = new HandWall();
    const inbox = new Inbox(timeline, wall);
    const log: string[] = [];
    timeline.at(seconds(2), PHASE.world, () => {
      log.push('asked');
      setImmediate(() => {
        wall.moveTo(seconds(3));
        inbox.post(PHASE.metrics, (now) => {
          log.push(`answered at ${now}`);
          setImmediate(() => wall.moveTo(seconds(10)));
        });
      });
    });
    timeline.at(seconds(10), PHASE.world, () => log.push('end'));
    setImmediate(() => wall.moveTo(seconds(2)));
    await runPaced(timeline, seconds(10), { wall, signal: new AbortController().signal, inbox });
    expect(log).toEqual(['asked', 'answered at 3000000', 'end']);
  });

  it('stops when it is asked to', async () => {
    const { timeline } = agenda();
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(
      runPaced(timeline, seconds(20), { wall: new SlowWall(0), signal: stop.signal, inbox: null }),
    ).rejects.toThrow('enough');
  });
});

/** A wall clock that moves when it is told to. */
class HandWall implements Wall {
  private at = 0;
  private sleepers: { instant: number; wake: () => void }[] = [];

  now(): Micros {
    return micros(this.at);
  }

  moveTo(at: number): void {
    this.at = at;
    const due = this.sleepers.filter((sleeper) => sleeper.instant <= at);
    this.sleepers = this.sleepers.filter((sleeper) => sleeper.instant > at);
    for (const sleeper of due) sleeper.wake();
  }

  sleepUntil(instant: Micros): Promise<void> {
    if (instant <= this.at) return Promise.resolve();
    return new Promise((wake) => this.sleepers.push({ instant, wake }));
  }
}
