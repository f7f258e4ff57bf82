import type { StageOutcome } from '../../domain/decision.js';

/** Stage 5: what the proposal would cost and where it is cheapest. It leaves the proposal as it is. */
export function costStage(): StageOutcome {
  return notConfigured;
}

const notConfigured: StageOutcome = { stage: 'cost', status: 'neutral', note: 'not configured' };
