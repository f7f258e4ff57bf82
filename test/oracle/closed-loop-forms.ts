/** Users who think and then ask one queue of exponential servers: M/M/c//N, the machine repairman. Times in one unit. */
export interface ClosedLoop {
  readonly users: number;
  readonly servers: number;
  readonly service: number;
  readonly think: number;
}

/** Requests answered in a unit of time. */
export function closedLoopThroughput(loop: ClosedLoop): number {
  const { servers, service } = loop;
  return states(loop).reduce((sum, chance, k) => sum + (chance * Math.min(k, servers)) / service, 0);
}

/** Mean time from asking to the answer, by Little's law: N / X - Z. */
export function closedLoopResponse(loop: ClosedLoop): number {
  return loop.users / closedLoopThroughput(loop) - loop.think;
}

/**
 * Share of requests that take longer than `time` under FCFS. Who asks finds the queue as it would be without him (arrival theorem).
 * Source: S. Lavenberg, M. Reiser, "Stationary state probabilities at arrival instants for closed queueing networks" (1980).
 */
export function closedLoopLonger(loop: ClosedLoop, time: number): number {
  const found = states({ ...loop, users: loop.users - 1 });
  return found.reduce((sum, chance, k) => sum + chance * longer(loop, k, time), 0);
}

/** Chance that a request which finds k others takes longer than `time`: so many ends of service at rate c / s, and one of its own. */
function longer({ servers, service }: ClosedLoop, k: number, time: number): number {
  const own = Math.exp(-time / service);
  const before = k - servers + 1;
  if (before <= 0) return own;
  const all = servers / service;
  if (servers === 1) return erlangTail(before + 1, all * time);
  const rest = all - 1 / service;
  return erlangTail(before, all * time) + own * (all / rest) ** before * (1 - erlangTail(before, rest * time));
}

/** P(Erlang(n, 1) > x). */
function erlangTail(n: number, x: number): number {
  let term = Math.exp(-x);
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    sum += term;
    term *= x / (i + 1);
  }
  return sum;
}

/** Probabilities of 0 to N users at the queue. */
function states({ users, servers, service, think }: ClosedLoop): number[] {
  const weights = [1];
  for (let k = 1; k <= users; k += 1) {
    weights.push((weights[k - 1] * (users - k + 1) * service) / (think * Math.min(k, servers)));
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
