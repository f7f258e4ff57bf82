import { z } from 'zod';
import type { PlanPod } from '../../../src/domain/scheduling/plan-pod.js';
import { plainPod } from '../../../src/domain/scheduling/pod-requirements.js';
import {
  balancedScore,
  poolTotals,
  savingsRatio,
  type ScoredNode,
} from '../../../src/engine/allocate/karpenter/balanced-score.js';
import { disruptionCost } from '../../../src/engine/allocate/karpenter/disruption-cost.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

/** As near as the originals' tests look. */
const TOLERANCE = 0.01;

const zPod = z.looseObject({ deletionCost: z.number().default(0), priority: z.number().default(0) });

/** A node with so many ordinary pods, or with these. */
const zNode = z.looseObject({ price: z.number(), pods: z.union([z.number(), z.array(zPod)]) });

const zMove = z.looseObject({
  input: z.looseObject({
    savings: z.number(),
    disruptionCost: z.number(),
    totalCost: z.number(),
    totalDisruptionCost: z.number(),
    k: z.number(),
  }),
  expect: z.looseObject({
    approved: z.boolean().optional(),
    score: z.union([z.number(), z.literal('Infinity')]).optional(),
  }),
});

const zRatio = z.looseObject({ input: zNode, expect: z.looseObject({ savingsRatio: z.number() }) });

const zTotals = z.looseObject({
  input: z.looseObject({ nodes: z.array(zNode) }),
  expect: z.looseObject({ totalCost: z.number().optional(), totalDisruptionCost: z.number().optional() }),
});

/** Scores of moves, ratios of nodes, totals of pools. */
export const judgeBalancedScoring: Judge = (vector) => {
  const move = zMove.safeParse(vector);
  if (move.success) return judgeMove(move.data);
  const totals = zTotals.safeParse(vector);
  if (totals.success) return judgeTotals(totals.data);
  const { input, expect } = zRatio.parse(vector);
  return expectNear('savingsRatio', savingsRatio(nodeOf(input)), expect.savingsRatio);
};

function judgeMove({ input, expect }: z.output<typeof zMove>): readonly string[] {
  const totals = { cost: input.totalCost, disruption: input.totalDisruptionCost };
  const { approved, score } = balancedScore(input.savings, input.disruptionCost, totals, input.k);
  return [
    ...(expect.approved === undefined ? [] : expectEqual('approved', approved, expect.approved)),
    ...expectNear('score', score, expect.score === 'Infinity' ? Infinity : expect.score),
  ];
}

function judgeTotals({ input, expect }: z.output<typeof zTotals>): readonly string[] {
  const { cost, disruption } = poolTotals(input.nodes.map(nodeOf));
  return [
    ...expectNear('totalCost', cost, expect.totalCost),
    ...expectNear('totalDisruptionCost', disruption, expect.totalDisruptionCost),
  ];
}

function nodeOf({ price, pods }: z.output<typeof zNode>): ScoredNode {
  const found = typeof pods === 'number' ? Array.from({ length: pods }, () => zPod.parse({})) : pods;
  return { pricePerHour: price, disruption: disruptionCost(found.map(podOf)) };
}

function podOf({ deletionCost, priority }: z.output<typeof zPod>, index: number): PlanPod {
  const requirements = { ...plainPod(0, 0), priority };
  return { name: `p${index}`, owner: 'o', requirements, startedAt: null, deletionCost, movable: true, daemon: false };
}

function expectNear(what: string, actual: number, expected: number | undefined): readonly string[] {
  if (expected === undefined || actual === expected || Math.abs(actual - expected) <= TOLERANCE) return [];
  return [`${what}: expected ${expected}, was ${actual}`];
}
