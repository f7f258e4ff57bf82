import { erlangC } from './erlang.js';

/** Exponential servers behind one line; rates and times in one unit. */
export interface MultiServer {
  readonly rate: number;
  readonly servers: number;
  /** Requests a server gets through in a unit of time. */
  readonly speed: number;
}

/** Mean wait in M/M/c. */
export function multiServerWait({ rate, servers, speed }: MultiServer): number {
  return erlangC(servers, rate / speed) / (servers * speed - rate);
}

/** Share of requests that wait longer than `time` in M/M/c. */
export function multiServerLonger({ rate, servers, speed }: MultiServer, time: number): number {
  return erlangC(servers, rate / speed) * Math.exp(-(servers * speed - rate) * time);
}

/** Share of requests refused in M/M/c/K, with room for K in all. */
export function multiServerRefused({ rate, servers, speed }: MultiServer, room: number): number {
  const weights = birthDeath(rate, room, (n) => speed * Math.min(n, servers));
  return weights[room];
}

/** Share of requests that give up in Erlang-A, where patience ends at rate `theta`. */
export function multiServerGaveUp({ rate, servers, speed }: MultiServer, theta: number): number {
  const states = 40 * servers;
  const weights = birthDeath(rate, states, (n) => speed * Math.min(n, servers) + theta * Math.max(0, n - servers));
  return weights.reduce((sum, weight, n) => sum + (weight * Math.max(0, n - servers) * theta) / rate, 0);
}

/** Probabilities of the states 0 to `last` of a birth-death process. */
function birthDeath(birth: number, last: number, death: (n: number) => number): number[] {
  const weights = [1];
  for (let n = 1; n <= last; n += 1) weights.push((weights[n - 1] * birth) / death(n));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
