import type { Distribution } from '../../src/kernel/distributions.js';
import type { Streams } from '../../src/kernel/streams.js';
import {
  type MultiServer,
  multiServerGaveUp,
  multiServerLonger,
  multiServerRefused,
  multiServerWait,
} from './multi-server-forms.js';
import { MultiServerTwin } from './multi-server-twin.js';
import { SERVICE_MICROS } from './oracle-case.js';
import { SetUpDraws } from './set-up-draws.js';
import { SharingTwin } from './sharing-twin.js';
import { arrivalsInTurnWait, evenArrivalsWait, randomArrivalsWait } from './single-server-forms.js';
import { SingleServerTwin } from './single-server-twin.js';
import type { Twin } from './twin.js';

/** For M/M/c: the same capacity in one server, in a few less and in a few more. */
export function manyServersTwins(c: number, rate: number, longWait: number): Twin[] {
  return [...new Set([1, ...neighbours(c)])]
    .filter((servers) => servers !== c)
    .map((servers) => {
      const queue = { rate, servers, speed: c / servers };
      return new MultiServerTwin({
        ...queue,
        longMicros: longWait * SERVICE_MICROS,
        known: [
          { name: 'wait', expected: multiServerWait(queue) },
          { name: 'long wait', expected: multiServerLonger(queue, longWait) },
        ],
      });
    });
}

/** For M/M/c/K: as many places to wait at the same capacity in a few servers less, and in a few more. */
export function lossyTwins(c: number, K: number, rate: number): Twin[] {
  return neighbours(c).map((servers) => {
    const queue = { rate, servers, speed: c / servers };
    const expected = multiServerRefused(queue, servers + K - c);
    return new MultiServerTwin({ ...queue, places: K - c, known: [{ name: 'refused', expected }] });
  });
}

/** For Erlang-A: the same patience and the same capacity in a few servers less, and in a few more. */
export function impatientTwins(c: number, rate: number, theta: number): Twin[] {
  return neighbours(c).map((servers) => {
    const queue = { rate, servers, speed: c / servers };
    return new MultiServerTwin({ ...queue, known: [{ name: 'gave up', expected: multiServerGaveUp(queue, theta) }] });
  });
}

/** For M/G/1: the same server somewhat faster and somewhat slower. */
export function generalServiceTwins(rate: number, scv: number): Twin[] {
  return otherSpeeds(rate).map((speed) => new SingleServerTwin(1, speed, randomArrivalsWait(rate, speed, scv)));
}

/** For D/M/1. */
export function evenArrivalsTwins(rate: number): Twin[] {
  return otherSpeeds(rate).map((speed) => new SingleServerTwin(1, speed, evenArrivalsWait(rate, speed)));
}

/** For single servers that take requests in turn. */
export function inTurnTwins(n: number, rho: number): Twin[] {
  return otherSpeeds(rho).map((speed) => new SingleServerTwin(n, speed, arrivalsInTurnWait(n, rho * n, speed)));
}

/** For a shared server: another speed. The mean sojourn is in proportion to the size (Sakata, Noguchi, Oizumi 1971). */
export function sharingTwins(
  rho: number,
  sources: readonly { readonly source: string; readonly size: number; readonly share: number }[],
): Twin[] {
  return otherSpeeds(rho).map((speed) => {
    const sojourns = sources.map(({ source, size, share }) => ({ source, expected: (share * size) / (speed - rho) }));
    return new SharingTwin(speed, sojourns);
  });
}

/** For queues of which the balancer watches all or two: one line for all servers, all capacity in one server, requests in turn. */
export function watchedTwins(n: number, rate: number): Twin[] {
  const inTurn = new SingleServerTwin(n, 1, arrivalsInTurnWait(n, rate, 1));
  return [waitTwin({ rate, servers: n, speed: 1 }), waitTwin({ rate, servers: 1, speed: n }), inTurn];
}

/** For servers that are set up: servers that are always there, at several speeds, and for a single one its set-up times. */
export function setUpTwins(c: number, rate: number, setUp: Distribution, streams: Streams): Twin[] {
  const always = [1, ...otherSpeeds(rate / c)].map((speed) => waitTwin({ rate, servers: c, speed }));
  return c > 1 ? always : [...always, new SetUpDraws(setUp, streams, 'server', 0)];
}

function waitTwin(queue: MultiServer): Twin {
  return new MultiServerTwin({ ...queue, known: [{ name: 'wait', expected: multiServerWait(queue) }] });
}

/** One in twenty less and one in twenty more, and at least one; for a single server there is no less. */
function neighbours(c: number): number[] {
  const step = Math.max(1, Math.round(c / 20));
  return c > step ? [c - step, c + step] : [c + step];
}

/** Speeds that leave a single server at load `rho` four fifths and five quarters of its spare capacity. */
function otherSpeeds(rho: number): number[] {
  return [0.8, 1.25].map((spare) => rho / (1 - spare * (1 - rho)));
}
