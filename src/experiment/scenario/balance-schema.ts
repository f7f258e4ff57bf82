import { z } from 'zod';
import type { BalanceSettings, DrainSettings } from '../../domain/balance/balance-settings.js';
import { alternative } from '../../domain/choice-schema.js';
import type { EngineBalance } from '../../domain/engine-config.js';
import { zPositiveDuration } from '../../domain/quantity.js';
import type { Registries } from '../../engine/registries.js';
import { healthOf, healthSchema } from './balancer-schema.js';
import { balancingFields, balancingOf } from './balancing-schema.js';

/** What the section sets beside the policy's own fields. */
const settingsSchema = z.strictObject({
  health: healthSchema.optional().meta({ description: 'Health checks that the engine sets; left alone if left out.' }),
  slowStart: balancingFields.slowStart.meta({
    description: 'Slow start of new endpoints that the engine sets; left alone if left out.',
  }),
  outlierEjection: balancingFields.outlierEjection.meta({
    description: 'Ejection of failing endpoints that the engine sets; left alone if left out.',
  }),
  drain: z
    .strictObject({
      order: z.enum(['controller', 'fewest-in-flight']).prefault('fewest-in-flight').meta({
        description:
          'Who leaves first when there are too many: as the controller has it, or the pods with the fewest requests at the last scrape.',
      }),
      deadline: zPositiveDuration.optional().meta({
        description: "How long a pod may take to finish, its preStop included; the pod's grace if left out.",
      }),
    })
    .optional()
    .meta({ description: 'How pods leave when there are too many; left alone if left out.' }),
});

type Settings = z.output<typeof settingsSchema>;

const SETTINGS = Object.keys(settingsSchema.shape);

/**
 * The `balance` section of a workload: a policy with its own fields, and what the engine sets besides. A section without a policy sets only
 * the latter.
 */
export function balanceSchema({ balancePolicies: definitions }: Pick<Registries, 'balancePolicies'>) {
  const names = Object.keys(definitions).sort();
  const list = names.map((name) => `${name}: ${definitions[name].description}`).join('; ');
  const more = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' });
  const anyOf = names.map((name) => {
    const own = alternative(definitions[name], 'policy', name);
    const properties = { ...asRecord(own.properties), ...more.properties };
    return { ...own, properties, ...(name === 'none' ? { required: [] } : {}) };
  });
  return z
    .looseObject({ policy: z.enum(names).prefault('none').meta({ description: list }) })
    .meta({ description: "What decides about the balancers' shares, settings and draining.", anyOf })
    .transform((section, context): EngineBalance => {
      const { policy: name, ...fields } = section;
      const [own, besides] = [false, true].map((set) =>
        Object.fromEntries(Object.entries(fields).filter(([key]) => SETTINGS.includes(key) === set)),
      );
      const judged = definitions[name].schema.safeParse(own);
      const settings = settingsSchema.safeParse(besides);
      if (judged.success && settings.success) return { name, config: judged.data, ...settingsOf(settings.data) };
      for (const issue of [...(judged.error?.issues ?? []), ...(settings.error?.issues ?? [])]) {
        context.addIssue({ ...issue });
      }
      return z.NEVER;
    })
    .optional();
}

function settingsOf({
  health,
  slowStart,
  outlierEjection,
  drain,
}: Settings): Pick<EngineBalance, 'settings' | 'drain'> {
  const settings: BalanceSettings = {
    ...(health === undefined ? {} : { health: healthOf(health) }),
    ...balancingOf({ slowStart, outlierEjection }),
  };
  return {
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(drain === undefined ? {} : { drain: drainOf(drain) }),
  };
}

function drainOf({ order, deadline }: NonNullable<Settings['drain']>): DrainSettings {
  return { order, ...(deadline === undefined ? {} : { deadlineMicros: deadline }) };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(value ?? {});
}
