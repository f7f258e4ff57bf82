import type { ZodType } from 'zod';
import type { NodeScaler } from './scaling-proposal.js';

/** An autoscaler of the nodes of several pools, by name. */
export interface NodeScalerDefinition {
  readonly name: string;
  /** One line. */
  readonly description: string;
  /** Schema of its own section of a scenario, without the name; every field has a default or is required there. */
  readonly schema: ZodType;
  /** Makes a fresh instance; `config` must have been accepted by `schema`. `seed` is that of its draws, where it draws. */
  create(config: unknown, seed: number): NodeScaler;
}
