/** Mean wait in M/G/1 at `rate`, whose services last 1 / `speed` with squared coefficient of variation `scv`: Pollaczek and Khinchine. */
export function randomArrivalsWait(rate: number, speed: number, scv: number): number {
  const rho = rate / speed;
  return (rho * (1 + scv)) / (2 * (1 - rho)) / speed;
}

/** Mean wait in D/M/1. */
export function evenArrivalsWait(rate: number, speed: number): number {
  return waitAt(
    rootBelowOne((sigma) => Math.exp((-(1 - sigma) * speed) / rate)),
    speed,
  );
}

/** Mean wait at each of `n` single exponential servers that take the requests of a Poisson stream of `rate` in turn: E_n/M/1. */
export function arrivalsInTurnWait(n: number, rate: number, speed: number): number {
  return waitAt(
    rootBelowOne((sigma) => (rate / (rate + speed * (1 - sigma))) ** n),
    speed,
  );
}

/** In G/M/1 an arrival finds the server busy with probability sigma, and then waits an exponential time of rate `speed` (1 - sigma). */
function waitAt(sigma: number, speed: number): number {
  return sigma / (1 - sigma) / speed;
}

/** The root below 1 of sigma = F(sigma), from below. */
function rootBelowOne(transform: (sigma: number) => number): number {
  let sigma = 0;
  for (let i = 0; i < 20_000; i += 1) sigma = transform(sigma);
  return sigma;
}
