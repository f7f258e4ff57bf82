import type { BalanceDecision } from '../domain/balance/balance-decision.js';
import type { Decision, StageOutcome } from '../domain/decision.js';
import type { Micros } from '../kernel/micros.js';
import type { Allocation } from './allocate/allocation.js';
import type { Draft } from './workload-loop.js';

/** Puts together what the stages have said; its keys always come in the same order, since the journal is hashed. */
export function makeDecision(
  now: Micros,
  draft: Draft,
  allocation: Allocation,
  { stages, balance }: { readonly stages: readonly StageOutcome[]; readonly balance: BalanceDecision | null },
): Decision {
  const { workload, specReplicas, observation, forecast, proposal } = draft;
  const from = specReplicas ?? draft.census.status;
  const { desired } = allocation;
  const { newestSampleAt } = observation;
  return {
    at: now,
    workload: workload.name,
    ...(workload.pool === undefined ? {} : { counts: 'instances' as const }),
    policy: workload.policy.name,
    from,
    rawDesired: proposal.rawDesired,
    desired,
    direction: direction(from, desired),
    reason: allocation.reason ?? proposal.reason,
    winner: proposal.winner,
    metrics: proposal.metrics,
    rules: allocation.rules.length === 0 ? proposal.rules : [...proposal.rules, ...allocation.rules],
    dataAgeSeconds: newestSampleAt === null ? null : (now - newestSampleAt) / 1e6,
    forecast: { model: forecast.model, abstained: forecast.abstained, confidence: forecast.confidence },
    stages,
    ...(draft.vertical === null ? {} : { vertical: draft.vertical.decision }),
    ...(balance === null ? {} : { balance }),
  };
}

function direction(from: number, desired: number): Decision['direction'] {
  if (desired > from) return 'up';
  return desired < from ? 'down' : 'hold';
}
