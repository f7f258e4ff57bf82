import type { StageOutcome } from '../../domain/decision.js';

/** Stage 4: requests and limits of a workload's pods. It leaves them as the manifest has them. */
export function verticalStage(): StageOutcome {
  return notConfigured;
}

const notConfigured: StageOutcome = { stage: 'vertical', status: 'neutral', note: 'not configured' };
