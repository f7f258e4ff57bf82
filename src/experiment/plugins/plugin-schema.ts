import { z } from 'zod';
import type {
  ForecasterDefinition,
  NodePolicyDefinition,
  PolicyDefinition,
  VerticalPolicyDefinition,
} from '../../engine/ports.js';
import type { BalancePolicyDefinition } from '../../engine/ports/balance-policy.js';
import type { NodeScalerDefinition } from '../../engine/ports/node-scaler-definition.js';

/** What can be added, by the key that it stands under. */
export const pluginKinds = [
  'policies',
  'forecasters',
  'nodePolicies',
  'nodeScalers',
  'verticalPolicies',
  'balancePolicies',
] as const;

const zDefinition = z.looseObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, { message: 'must be of small letters, digits and -' }),
  description: z.string().regex(/^.+$/, { message: 'must be one line' }),
  schema: z.instanceof(z.ZodType, {
    message: 'must be made with the z that the plugin is handed, as hindcast.z.strictObject({})',
  }),
  create: z.custom((value) => typeof value === 'function', { message: 'must be a function of (config, workload)' }),
});

function definitions<Definition>() {
  return z
    .array(
      z.custom<Definition>().superRefine((value, context) => {
        for (const issue of zDefinition.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
      }),
    )
    .optional();
}

/** What a plugin's function has to give back. */
export const zPlugin = z.strictObject({
  policies: definitions<PolicyDefinition>(),
  forecasters: definitions<ForecasterDefinition>(),
  nodePolicies: definitions<NodePolicyDefinition>(),
  nodeScalers: definitions<NodeScalerDefinition>(),
  verticalPolicies: definitions<VerticalPolicyDefinition>(),
  balancePolicies: definitions<BalancePolicyDefinition>(),
});
