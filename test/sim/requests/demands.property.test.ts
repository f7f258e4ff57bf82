import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Distribution } from '../../../src/kernel/distributions.js';
import { Streams } from '../../../src/kernel/streams.js';
import { Demands } from '../../../src/sim/requests/demands.js';
import { drawOf } from '../../../src/sim/requests/operations.js';
import { FIELDS } from '../../../src/sim/requests/visits.js';

const distributions: readonly Distribution[] = [
  { kind: 'constant', value: 3 },
  { kind: 'exponential', mean: 20e3 },
  { kind: 'lognormal', mu: 9, sigma: 0.5 },
];

const streams = new Streams(7);

/** A path of calls of whose requests this share comes by, near the newest or far behind it. */
const walk = fc.record({
  cpu: fc.constantFrom(...distributions),
  wait: fc.option(fc.constantFrom(...distributions)),
  share: fc.constantFrom(1, 0.7, 0.3, 0.02),
  first: fc.constantFrom(0, 200, 2 ** 31 - 500, 2 ** 40),
  steps: fc.array(fc.record({ hop: fc.constantFrom(5, 5, 5, 5, -9), behind: fc.nat(1500), far: fc.nat(9) }), {
    minLength: 300,
    maxLength: 900,
  }),
});

it('gives every visit the demands it would have been drawn by itself, whoever comes in what order', () => {
  fc.assert(
    fc.property(walk, ({ cpu, wait, share, first, steps }) => {
      const draws = {
        cpu: drawOf(cpu, streams.stream('cpu', 'a')),
        wait: wait === null ? null : drawOf(wait, streams.stream('wait', 'a')),
      };
      const demands = new Demands(draws.cpu, draws.wait);
      const reals = new Float64Array(16);
      const drawn: number[] = [];
      const wanted: number[] = [];
      steps.forEach(({ hop, behind, far }, i) => {
        const ordinal = Math.max(0, first + Math.floor(i / share) - (far === 0 ? behind : behind % 50));
        demands.draw(ordinal, hop, reals, 8);
        drawn.push(reals[8 + FIELDS.CPU], reals[8 + FIELDS.WAIT]);
        wanted.push(
          draws.cpu.sample(draws.cpu.random, ordinal, hop),
          draws.wait === null ? 0 : draws.wait.sample(draws.wait.random, ordinal, hop),
        );
      });
      expect(drawn).toEqual(wanted);
    }),
    { seed: 1, numRuns: 60 },
  );
});
