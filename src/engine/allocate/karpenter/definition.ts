import { z } from 'zod';
import type { NodeScalerDefinition } from '../../ports/node-scaler-definition.js';
import { Karpenter } from './karpenter.js';
import { type KarpenterSettings, zKarpenter } from './settings.js';

/** Settings that have been resolved already: every field is there, also where they come from a journal. */
const zResolved = z.custom<KarpenterSettings>(
  (value) => typeof value === 'object' && value !== null && Object.keys(zKarpenter.shape).every((key) => key in value),
);

/** Karpenter, by name. */
export const karpenter: NodeScalerDefinition = {
  name: 'karpenter',
  description: 'As Karpenter: the cheapest nodes that hold the pods; nodes are consolidated where that is cheaper.',
  schema: zKarpenter,
  create: (config) => new Karpenter(zResolved.parse(config)),
};
