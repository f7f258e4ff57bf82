import type { EngineWorkload } from '../../domain/engine-config.js';
import type {
  CommandedChange,
  HorizontalInput,
  HorizontalPolicy,
  HorizontalProposal,
  PolicyDefinition,
} from '../ports.js';
import type { HpaConfig, HpaSettings } from './hpa/hpa-config.js';
import { type HpaState, initialHpaState } from './hpa/hpa-state.js';
import { reconcileHpa } from './hpa/reconcile-hpa.js';
import { rememberChange } from './hpa/rescale.js';
import { hpaAnswer } from './hpa-answer.js';
import { hpaObjection } from './hpa-objection.js';
import { HpaPods } from './hpa-pods.js';
import { hpaReading } from './hpa-reading.js';
import { hpaReason } from './hpa-reason.js';
import { zHpa } from './hpa-schema.js';
import { zHpaSettings } from './hpa-settings.js';

class HpaPolicy implements HorizontalPolicy {
  private readonly config: HpaConfig;
  private readonly pods: HpaPods;
  /** Without the change of the last tick until it is known what was commanded. */
  private state = initialHpaState;

  constructor(settings: HpaSettings, workload: EngineWorkload) {
    const { minReplicas, maxReplicas } = workload;
    this.config = { ...settings, minReplicas, maxReplicas };
    this.pods = new HpaPods(workload);
  }

  decide(input: HorizontalInput): HorizontalProposal {
    const { now, specReplicas, statusReplicas, observation } = input;
    const { metrics } = this.config;
    const seen = {
      specReplicas,
      statusReplicas,
      pods: this.pods.of(input.pods),
      answers: metrics.map((metric) => hpaAnswer(metric, input)),
    };
    const { pending, outcome } = reconcileHpa(this.config, this.remembered(input.commanded), seen, now);
    this.state = pending;
    return {
      rawDesired: outcome.rawDesired,
      desired: outcome.desiredReplicas,
      ...(outcome.rawDesired === null && !outcome.rescaled ? { abstains: true } : {}),
      winner: outcome.winner,
      metrics: outcome.proposals.map((proposal, i) => hpaReading(metrics[i], proposal)),
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

/** Kubernetes' horizontal pod autoscaler. */
export const hpa: PolicyDefinition = {
  name: 'hpa',
  description: 'The horizontal pod autoscaler of Kubernetes: CPU, memory or other metrics kept at a target.',
  schema: zHpa,
  judge: (config, place) => hpaObjection(zHpaSettings.parse(config), place),
  create: (config, workload) => new HpaPolicy(zHpaSettings.parse(config), workload),
};
