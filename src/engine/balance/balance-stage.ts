import type { StageOutcome } from '../../domain/decision.js';

/** Stage 7: weights, health and draining at the balancers. It leaves them as the world has them. */
export function balanceStage(): StageOutcome {
  return notConfigured;
}

const notConfigured: StageOutcome = { stage: 'balance', status: 'neutral', note: 'not configured' };
