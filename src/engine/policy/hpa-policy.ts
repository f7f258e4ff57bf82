import type { EngineWorkload } from '../../domain/engine-config.js';
import type { HorizontalInput, HorizontalPolicy, HorizontalProposal, PolicyDefinition } from '../ports.js';
import type { HpaConfig, HpaSettings } from './hpa/hpa-config.js';
import { initialHpaState } from './hpa/hpa-state.js';
import { reconcileHpa } from './hpa/reconcile-hpa.js';
import { hpaAnswer } from './hpa-answer.js';
import { HpaPods } from './hpa-pods.js';
import { hpaReading } from './hpa-reading.js';
import { hpaReason } from './hpa-reason.js';
import { zHpa } from './hpa-schema.js';
import { zHpaSettings } from './hpa-settings.js';

class HpaPolicy implements HorizontalPolicy {
  private readonly config: HpaConfig;
  private readonly pods: HpaPods;
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
      answers: metrics.map((metric) => hpaAnswer(metric, observation)),
    };
    const { state, outcome } = reconcileHpa(this.config, this.state, seen, now);
    this.state = state;
    return {
      rawDesired: outcome.rawDesired,
      desired: outcome.desiredReplicas,
      winner: outcome.winner,
      metrics: outcome.proposals.map((proposal, i) => hpaReading(metrics[i], proposal)),
      rules: outcome.rules,
      reason: hpaReason(outcome, specReplicas, observation),
    };
  }
}

/** Kubernetes' horizontal pod autoscaler. */
export const hpa: PolicyDefinition = {
  name: 'hpa',
  description: 'The horizontal pod autoscaler of Kubernetes: CPU, memory or other metrics kept at a target.',
  schema: zHpa,
  create: (config, workload) => new HpaPolicy(zHpaSettings.parse(config), workload),
};
