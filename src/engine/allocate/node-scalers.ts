import type { NodeScalerDefinition } from '../ports/node-scaler-definition.js';
import { clusterAutoscaler } from './cluster-autoscaler/definition.js';
import { karpenter } from './karpenter/definition.js';

/** The autoscalers of several pools together that come with the product, by name. */
export const nodeScalers = {
  'cluster-autoscaler': clusterAutoscaler,
  karpenter,
} as const satisfies Record<string, NodeScalerDefinition>;
