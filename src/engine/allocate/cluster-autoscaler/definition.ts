import { z } from 'zod';
import type { NodeScalerDefinition } from '../../ports/node-scaler-definition.js';
import { ClusterAutoscaler } from './cluster-autoscaler.js';
import { type ClusterAutoscalerSettings, zClusterAutoscaler } from './settings.js';

/** Settings that have been resolved already: every field is there, also where they come from a journal. */
const zResolved = z.custom<ClusterAutoscalerSettings>(
  (value) =>
    typeof value === 'object' && value !== null && Object.keys(zClusterAutoscaler.shape).every((key) => key in value),
);

/** The Kubernetes cluster autoscaler, by name. */
export const clusterAutoscaler: NodeScalerDefinition = {
  name: 'cluster-autoscaler',
  description: 'As the Kubernetes cluster autoscaler: an expander chooses the pool that grows; unneeded nodes go.',
  schema: zClusterAutoscaler,
  create: (config, seed) => new ClusterAutoscaler(zResolved.parse(config), seed),
};
