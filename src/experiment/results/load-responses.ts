import type { Decision } from '../../domain/decision.js';
import type { LoadResponse } from '../../domain/load-response.js';
import type { PodRecord } from '../../domain/measurement.js';
import { engineSteps, type MetricTimes } from './engine-steps.js';
import { floorSteps } from './floor-steps.js';
import { isCured, type Shortage } from './shortages.js';

/** What a run did about its shortages. */
interface Actions {
  readonly decisions: readonly Decision[];
  readonly pods: readonly PodRecord[];
  readonly times: MetricTimes;
}

/** The shortages that pods ended, and where their time went. */
export function loadResponses(
  shortages: readonly Shortage[],
  { decisions, pods, times }: Actions,
): readonly LoadResponse[] {
  return shortages.filter(isCured).map((shortage) => ({
    workload: shortage.workload,
    fromSeconds: shortage.from,
    responseSeconds: shortage.response,
    replicas: shortage.cure.replicas,
    askedAtSeconds: shortage.cure.askedAt,
    engine: engineSteps(shortage, decisions, times),
    floor: floorSteps(shortage, pods),
  }));
}
