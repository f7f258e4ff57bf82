import type { UserSpec } from '../../src/domain/traffic-spec.js';
import { sampler } from '../../src/kernel/distributions.js';
import type { Streams } from '../../src/kernel/streams.js';
import type { NaiveAgenda } from './naive-agenda.js';

interface User {
  state: 'away' | 'thinking' | 'asking';
  /** Number of the present or next request. */
  request: number;
  /** Ends the thinking. */
  stop: () => void;
}

/** Makes a request for a user, who is told when it has ended. */
export type Ask = (ordinal: number, at: number, ended: (at: number) => void) => void;

/** People who ask, wait for the end, think and ask again; those with the lowest numbers are there. */
export class NaiveCrowd {
  private readonly users: User[];
  private present = 0;
  private readonly pause: (ordinal: number) => number;
  private readonly partLeft: (ordinal: number) => number;

  constructor(
    spec: UserSpec,
    name: string,
    private readonly agenda: NaiveAgenda,
    streams: Streams,
    private readonly ask: Ask,
  ) {
    const most = Math.max(...spec.counts);
    this.users = Array.from({ length: most }, () => ({ state: 'away', request: 0, stop: () => undefined }));
    const draws = streams.stream('think', name);
    const sample = sampler(spec.thinkTime);
    this.pause = (ordinal) => sample(draws, ordinal, 0);
    this.partLeft = (ordinal) => draws.uniform(ordinal, 0x04000000);
    spec.edgesMicros.forEach((edge, i) => agenda.set(edge, 'population', (at) => this.change(spec.counts[i], at)));
  }

  /** Who comes is somewhere in the middle of thinking; who goes while thinking gives up what he had in mind. */
  private change(count: number, at: number): void {
    this.present = count;
    this.users.forEach((user, number) => {
      if (number < count && user.state === 'away') this.think(number, at, this.partLeft(ordinalOf(number, user)));
      if (number >= count && user.state === 'thinking') {
        user.stop();
        user.state = 'away';
        user.request += 1;
      }
    });
  }

  private think(number: number, at: number, part: number): void {
    const user = this.users[number];
    const ordinal = ordinalOf(number, user);
    user.state = 'thinking';
    const until = at + Math.max(1, Math.round(part * this.pause(ordinal)));
    user.stop = this.agenda.set(until, 'userAsks', (then) => {
      user.state = 'asking';
      this.ask(ordinal, then, (end) => {
        user.request += 1;
        user.state = 'away';
        if (number < this.present) this.think(number, end, 1);
      });
    });
  }
}

function ordinalOf(number: number, { request }: User): number {
  return number * 2 ** 27 + request;
}
