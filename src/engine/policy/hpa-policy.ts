import type { HorizontalPolicy, PolicyDefinition } from '../ports.js';
import { hpaAnswer } from './hpa-answer.js';
import { HpaLoop } from './hpa-loop.js';
import { hpaObjection } from './hpa-objection.js';
import { hpaResources } from './hpa-resources.js';
import { zHpa } from './hpa-schema.js';
import { zHpaSettings } from './hpa-settings.js';

/** Kubernetes' horizontal pod autoscaler. */
export const hpa: PolicyDefinition = {
  name: 'hpa',
  description: 'The horizontal pod autoscaler of Kubernetes: CPU, memory or other metrics kept at a target.',
  schema: zHpa,
  judge: (config, place) => hpaObjection(zHpaSettings.parse(config), place),
  create(config, workload): HorizontalPolicy {
    const settings = zHpaSettings.parse(config);
    const { minReplicas, maxReplicas } = workload;
    const loop = new HpaLoop({ ...settings, minReplicas, maxReplicas }, workload);
    return {
      resources: hpaResources(settings.metrics),
      decide: (input) =>
        loop.decide(
          input,
          settings.metrics.map((metric) => hpaAnswer(metric, input)),
          input.commanded,
        ),
    };
  },
};
