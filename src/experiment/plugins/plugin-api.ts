import { z } from 'zod';
import { zDuration, zPercent, zRate } from '../../domain/quantity.js';
import { abstain } from '../../domain/forecast.js';
import type {
  ForecasterDefinition,
  NodePolicyDefinition,
  PolicyDefinition,
  VerticalPolicyDefinition,
} from '../../engine/ports.js';
import type { BalancePolicyDefinition } from '../../engine/ports/balance-policy.js';
import type { NodeScalerDefinition } from '../../engine/ports/node-scaler-definition.js';
import { micros, seconds } from '../../kernel/micros.js';

/** What a plugin is handed, so that it needs nothing of its own installed. */
export interface PluginApi {
  /** For the schema of its section of a scenario. */
  readonly z: typeof z;
  /** Fields in the notation of a scenario: '90s' (microseconds), '60%' (a share), '200/s' (a number per second). */
  readonly fields: {
    readonly duration: typeof zDuration;
    readonly percent: typeof zPercent;
    readonly rate: typeof zRate;
  };
  readonly micros: typeof micros;
  readonly seconds: typeof seconds;
  /** A forecast that says nothing, and why. */
  readonly abstain: typeof abstain;
}

/** What a plugin brings. */
export interface Plugin {
  readonly policies?: readonly PolicyDefinition[];
  readonly forecasters?: readonly ForecasterDefinition[];
  readonly nodePolicies?: readonly NodePolicyDefinition[];
  readonly nodeScalers?: readonly NodeScalerDefinition[];
  readonly verticalPolicies?: readonly VerticalPolicyDefinition[];
  readonly balancePolicies?: readonly BalancePolicyDefinition[];
}

/** The default export of a plugin's file. */
export type PluginFactory = (hindcast: PluginApi) => Plugin;

/** The one of this version. */
export const pluginApi: PluginApi = {
  z,
  fields: { duration: zDuration, percent: zPercent, rate: zRate },
  micros,
  seconds,
  abstain,
};
