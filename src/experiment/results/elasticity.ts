import type { Elasticity } from '../../domain/run-result.js';

/** Supply against demand at equal steps, of one workload. */
export interface Curves {
  readonly demand: ArrayLike<number>;
  readonly supply: ArrayLike<number>;
}

/**
 * Elasticity of supply against demand, in percent.
 *
 * theta: mean shortfall (U) and surplus (O) relative to demand; tau: share of time in shortfall and in surplus; instability: share of steps
 * in which supply and demand do not change in the same direction. A step without demand counts its surplus against one pod.
 * Source: N. R. Herbst et al., "Quantifying Cloud Performance and Dependability", SPEC RG, 2018.
 */
export function elasticityOf({ demand, supply }: Curves): Elasticity {
  const steps = demand.length;
  const sum = { thetaU: 0, thetaO: 0, tauU: 0, tauO: 0, instability: 0 };
  for (let i = 0; i < steps; i += 1) {
    const gap = demand[i] - supply[i];
    const scale = Math.max(1, demand[i]);
    if (gap > 0) {
      sum.thetaU += gap / scale;
      sum.tauU += 1;
    } else if (gap < 0) {
      sum.thetaO -= gap / scale;
      sum.tauO += 1;
    }
    if (i > 0)
      sum.instability += Math.min(
        1,
        Math.abs(Math.sign(supply[i] - supply[i - 1]) - Math.sign(demand[i] - demand[i - 1])),
      );
  }
  const percent = 100 / Math.max(1, steps);
  return {
    thetaU: sum.thetaU * percent,
    thetaO: sum.thetaO * percent,
    tauU: sum.tauU * percent,
    tauO: sum.tauO * percent,
    instability: (100 * sum.instability) / Math.max(1, steps - 1),
  };
}

/** The mean over several workloads, each weighing the same. */
export function meanElasticity(all: readonly Elasticity[]): Elasticity {
  const mean = (key: keyof Elasticity): number => all.reduce((sum, one) => sum + one[key], 0) / Math.max(1, all.length);
  return {
    thetaU: mean('thetaU'),
    thetaO: mean('thetaO'),
    tauU: mean('tauU'),
    tauO: mean('tauO'),
    instability: mean('instability'),
  };
}
