import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { elasticityOf } from '../../../src/experiment/results/elasticity.js';

const file = join(process.env.HINDCAST_DATA ?? '../shared/data', 'queueing/elasticity_reference.json');
if (!existsSync(file))
  console.warn(`Skipped: ${file} is not here, so elasticity is not compared with the published reference.`);

const zMetrics = z.object({
  theta_U_pct: z.number(),
  theta_O_pct: z.number(),
  tau_U_pct: z.number(),
  tau_O_pct: z.number(),
  instability_pct: z.number(),
});
const zReference = z.object({
  demand: z.array(z.number()),
  supply: z.array(z.number()),
  metrics: zMetrics,
  no_autoscaler_supply: z.array(z.number()),
  no_autoscaler_metrics: zMetrics,
});

test.skipIf(!existsSync(file))('agrees with the reference of SPEC RG, with and without an autoscaler', () => {
  const reference = zReference.parse(JSON.parse(readFileSync(file, 'utf8')));
  const cases = [
    [reference.supply, reference.metrics],
    [reference.no_autoscaler_supply, reference.no_autoscaler_metrics],
  ] as const;
  for (const [supply, metrics] of cases) {
    const found = elasticityOf({ demand: reference.demand, supply });
    expect(found.thetaU).toBeCloseTo(metrics.theta_U_pct, 9);
    expect(found.thetaO).toBeCloseTo(metrics.theta_O_pct, 9);
    expect(found.tauU).toBeCloseTo(metrics.tau_U_pct, 9);
    expect(found.tauO).toBeCloseTo(metrics.tau_O_pct, 9);
    expect(found.instability).toBeCloseTo(metrics.instability_pct, 9);
  }
});

test('a step without demand counts its surplus against one pod, and no step is no elasticity', () => {
  expect(elasticityOf({ demand: [0, 2], supply: [3, 2] })).toMatchObject({ thetaO: 150, tauO: 50, thetaU: 0 });
  expect(elasticityOf({ demand: [], supply: [] })).toEqual({ thetaU: 0, thetaO: 0, tauU: 0, tauO: 0, instability: 0 });
});
