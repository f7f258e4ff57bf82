import type { StageOutcome } from '../domain/decision.js';
import type { EngineWorkload } from '../domain/engine-config.js';
import { type Forecast, abstain } from '../domain/forecast.js';
import type { Observation } from '../domain/observation.js';
import type { UsageCheckpoint } from '../domain/usage-history.js';
import { type Micros, seconds } from '../kernel/micros.js';
import { checkForecast } from './check-forecast.js';
import { checkProposal, hold } from './check-proposal.js';
import type { PodCensus, WorkloadView } from './collect/workload-view.js';
import { guard } from './guard.js';
import type {
  CommandedChange,
  Forecaster,
  HorizontalInput,
  HorizontalPolicy,
  HorizontalProposal,
  LeadTime,
  VerticalPolicy,
} from './ports.js';
import { type VerticalChange, VerticalLoop } from './vertical-loop.js';

/** How far ahead forecasters are asked: what nodes, pods and caches take to come, in the order in which forecasts are scored. */
const HORIZONS: readonly Micros[] = [seconds(300), seconds(1800), seconds(3600)];

/** What stages 1 to 4 have made of one workload at one tick. */
export interface Draft {
  readonly workload: EngineWorkload;
  /** Replicas asked for before; null while nobody has said. */
  readonly specReplicas: number | null;
  readonly census: PodCensus;
  readonly observation: Observation;
  readonly forecast: Forecast;
  readonly proposal: HorizontalProposal;
  /** What changes for its pods; null where nothing may. */
  readonly vertical: VerticalChange | null;
  readonly stages: readonly StageOutcome[];
}

/** What decides about one workload. */
export interface WorkloadParts {
  readonly forecaster: Forecaster;
  readonly policy: HorizontalPolicy;
  /** Null where requests and limits stay as the manifest has them. */
  readonly vertical: VerticalPolicy | null;
}

/** Stages 1 to 4 of one workload, with their memory. */
export class WorkloadLoop {
  private commanded: CommandedChange | null = null;
  private readonly vertical: VerticalLoop;

  constructor(
    readonly workload: EngineWorkload,
    private readonly originEpochMicros: number,
    private readonly view: WorkloadView,
    private readonly parts: WorkloadParts,
  ) {
    this.vertical = new VerticalLoop(workload, view, parts.vertical, parts.policy.resources ?? []);
  }

  /** Stage 1: what is known at the due time of a tick. */
  observe(now: Micros): Observation {
    return this.view.observe(now);
  }

  /** Pods that the scheduler has found no place for so far. */
  unplaced(): number {
    return this.view.unplaced();
  }

  /** What its vertical policy keeps for another run; null where that is nothing. */
  usageHistory(now: Micros): UsageCheckpoint | null {
    return this.vertical.history(now);
  }

  /** A command for this workload has left the engine; the policy is told of it at the next tick. */
  remember(change: CommandedChange): void {
    this.commanded = change;
  }

  /** Stages 2 to 4 at a tick, on what stage 1 knows of this workload and of all. */
  tick(observation: Observation, observations: ReadonlyMap<string, Observation>): Draft {
    const { view } = this;
    const collected: StageOutcome = {
      stage: 'collect',
      status: 'ran',
      note: observation.reason === '' ? observation.status : observation.reason,
    };
    const leadTime = view.leadTime.tick(observation.at, observation.newestSampleAt);
    const predicted = this.predict(observation, leadTime);
    const forecast = predicted.output;
    const { specReplicas } = view;
    const census = view.census();
    const proposed = this.propose(specReplicas, census, { observation, observations, forecast, leadTime });
    const sized = this.vertical.tick(observation, specReplicas, proposed.output);
    this.commanded = null;
    return {
      workload: this.vertical.asCreatedNow(),
      specReplicas,
      census,
      observation,
      forecast,
      proposal: sized.horizontal,
      vertical: sized.change,
      stages: [collected, predicted.outcome, proposed.outcome, sized.outcome],
    };
  }

  /** A broken forecaster costs its forecast, not the scaling that needs none: the policy goes on as after an abstention. */
  private predict(observation: Observation, leadTime: LeadTime) {
    const { forecaster, policy } = this.parts;
    return guard<Forecast>({
      stage: 'predict',
      run: () => {
        forecaster.observe(observation);
        return forecaster.forecast(observation.at, horizonsFor(policy, leadTime));
      },
      check: checkForecast,
      note: ({ model, abstained }) => abstained ?? model,
      fallback: (reason) => abstain(this.workload.forecaster.name, observation.at, `failed: ${reason}`),
    });
  }

  private propose(
    specReplicas: number | null,
    census: PodCensus,
    known: Pick<HorizontalInput, 'observation' | 'observations' | 'forecast' | 'leadTime'>,
  ) {
    if (specReplicas === null) return waiting(census.status);
    const { originEpochMicros, commanded } = this;
    const workload = this.vertical.asCreatedNow();
    const { policy } = this.parts;
    return guard<HorizontalProposal>({
      stage: 'horizontal',
      run: () =>
        policy.decide({
          now: known.observation.at,
          originEpochMicros,
          workload,
          specReplicas,
          statusReplicas: census.status,
          pods: census.views,
          commanded,
          ...known,
        }),
      check: checkProposal,
      note: ({ reason }) => reason,
      fallback: () => hold(specReplicas, 'stage-failed'),
    });
  }
}

function horizonsFor(policy: HorizontalPolicy, leadTime: LeadTime): readonly Micros[] {
  if (policy.horizons === undefined) return HORIZONS;
  return [...new Set([...HORIZONS, ...policy.horizons(leadTime)])].sort((a, b) => a - b);
}

/** Before anybody has said how many replicas are asked for, there is nothing to change. */
function waiting(pods: number): { output: HorizontalProposal; outcome: StageOutcome } {
  const note = 'replicas asked for are not known yet';
  return { output: hold(pods, 'replicas-unknown'), outcome: { stage: 'horizontal', status: 'neutral', note } };
}
