import type { EngineWorkload } from '../../domain/engine-config.js';
import type { CommandedChange, HorizontalInput, HorizontalProposal } from '../ports.js';
import type { HpaConfig } from './hpa/hpa-config.js';
import type { HpaMetric } from './hpa/hpa-metric.js';
import type { MetricAnswer, UnmeasuredAnswer } from './hpa/hpa-input.js';
import { type HpaState, initialHpaState } from './hpa/hpa-state.js';
import { reconcileHpa } from './hpa/reconcile-hpa.js';
import { rememberChange } from './hpa/rescale.js';
import { hpaProvenance } from './hpa-answer.js';
import { HpaPods } from './hpa-pods.js';
import { hpaReading } from './hpa-reading.js';
import { hpaReason } from './hpa-reason.js';
import type { Provenance } from './provenance.js';

/** A horizontal pod autoscaler with its memory, from tick to tick. */
export class HpaLoop {
  private readonly pods: HpaPods;
  /** Without the change of the last tick until it is known what was commanded. */
  private state = initialHpaState;

  constructor(
    private readonly config: HpaConfig,
    workload: EngineWorkload,
    /** Where the numbers of its metrics come from. */
    private readonly originOf: (metric: HpaMetric, input: HorizontalInput) => Provenance = hpaProvenance,
  ) {
    this.pods = new HpaPods(workload);
  }

  /** Decides on one answer for each metric; `commanded` is what was commanded of its own last decision, null where nothing was. */
  decide(
    input: HorizontalInput,
    answers: readonly (MetricAnswer | UnmeasuredAnswer)[],
    commanded: CommandedChange | null,
  ): HorizontalProposal {
    const { now, specReplicas, statusReplicas, observation } = input;
    const seen = { specReplicas, statusReplicas, pods: this.pods.of(input.pods), answers };
    const { pending, outcome } = reconcileHpa(this.config, this.remembered(commanded), seen, now);
    this.state = pending;
    return {
      rawDesired: outcome.rawDesired,
      desired: outcome.desiredReplicas,
      ...(outcome.rawDesired === null && !outcome.rescaled ? { abstains: true } : {}),
      winner: outcome.winner,
      metrics: outcome.proposals.map((proposal, i) => {
        const metric = this.config.metrics[i];
        return hpaReading(metric, proposal, this.originOf(metric, input));
      }),
      rules: outcome.rules,
      reason: hpaReason(outcome, specReplicas, observation),
    };
  }

  /**
   * Rate policies count what was commanded. In Kubernetes an event is recorded when the scale was updated, and a quota bites later, at the
   * creation of pods; here the quota is part of the engine, and what it refused has never been asked for. The log of recommendations stays
   * what the metrics asked for, as in Kubernetes, where no limit touches it either.
   */
  private remembered(commanded: CommandedChange | null): HpaState {
    if (commanded === null) return this.state;
    const { from, to, at } = commanded;
    return rememberChange(this.config, this.state, { current: from, desired: to, now: at });
  }
}
