import { z } from 'zod';
import { zDuration, zPositiveDuration } from '../../../domain/quantity.js';
import { parseCron } from '../../../domain/schedule/parse-cron.js';

/** Why nodes are disrupted of Karpenter's own accord. */
export const zDisruptionReason = z.enum(['Empty', 'Underutilized']);

const zCron = z.string().transform((written, context) => {
  const recurrence = parseCron(written);
  if (typeof recurrence !== 'string') return recurrence;
  context.addIssue({ code: 'custom', message: recurrence });
  return z.NEVER;
});

const zBudget = z
  .strictObject({
    nodes: z
      .union([
        z.int().min(0),
        z.string().regex(/^((100|\d{1,2})%|\d+)$/, { message: 'must be a number or a percentage, as 2 or 10%' }),
      ])
      .describe('Nodes of a NodePool that may be disrupted at once, or their share, rounded up.'),
    reasons: z.array(zDisruptionReason).min(1).optional().describe('For these reasons; for all without it.'),
    schedule: zCron
      .optional()
      .describe('Begins at these times (UTC), as a cron expression; always in force without it.'),
    duration: zPositiveDuration.optional().describe('For so long.'),
  })
  .refine(({ schedule, duration }) => (schedule === undefined) === (duration === undefined), {
    message: 'schedule and duration must be given together',
  });

/** Karpenter's NodePool, as far as it decides when nodes come and go, with its defaults. */
export const zKarpenter = z
  .strictObject({
    consolidationPolicy: z
      .enum(['WhenEmpty', 'WhenEmptyOrUnderutilized', 'Balanced'])
      .default('WhenEmptyOrUnderutilized')
      .describe('Which nodes may be consolidated; `Balanced` weighs savings against disruption.'),
    consolidateAfter: zDuration
      .nullable()
      .prefault('0s')
      .describe('So long after a pod came to a node or left it; null means never.'),
    balancedK: z
      .int()
      .min(1)
      .default(2)
      .describe('Under `Balanced` the share of savings must be 1/k of the share of disruption.'),
    budgets: z
      .array(zBudget)
      .prefault([{ nodes: '10%' }])
      .describe('The tightest of those in force counts.'),
    expireAfter: zPositiveDuration
      .nullable()
      .prefault('720h')
      .describe('A node as old as this is replaced; null means never.'),
    spotToSpotConsolidation: z
      .boolean()
      .default(false)
      .describe(
        'Whether a spot node may be replaced by a cheaper spot node; without effect as long as all offers are on demand.',
      ),
    validationDelay: zDuration.prefault('15s').describe('A consolidation must still be right after this.'),
    registrationTimeout: zPositiveDuration
      .prefault('15m')
      .describe('A node that has not come up for so long is given up.'),
    unavailableFor: zDuration.prefault('3m').describe('An offer that was refused is not asked for again for so long.'),
  })
  .describe('As Karpenter.');

/** Settings of Karpenter, resolved; lengths of time in microseconds. */
export type KarpenterSettings = z.output<typeof zKarpenter>;

/** One disruption budget. */
export type NodeBudget = KarpenterSettings['budgets'][number];

/** Why a node is disrupted. */
export type DisruptionReason = z.output<typeof zDisruptionReason>;
