import { z } from 'zod';
import { zDistribution } from '../../domain/distribution-schema.js';
import { zDuration, zMemory, zPercent, zShare, zTimes } from '../../domain/quantity.js';
import { zPrice } from './price-schema.js';

const zCount = z.number().int().min(0).max(100_000);

/** Machines that wait to be called. */
const warmPoolSchema = z
  .strictObject({
    size: zCount.min(1).meta({ description: 'How many machines wait; each that is called is replaced.' }),
    state: z.enum(['stopped', 'running']).prefault('stopped').meta({
      description:
        'Stopped machines cost their disk alone; running ones the price of the machine, their process being up.',
    }),
    start: zDistribution,
    disk: zMemory.prefault('30Gi').meta({ description: 'Disk of a stopped machine, at the list price of gp3.' }),
  })
  .meta({ description: 'Machines brought up beforehand, as the warm pool of an EC2 Auto Scaling group.' });

/** Every machine is replaced. */
const refreshSchema = z
  .strictObject({
    at: zDuration.meta({ description: 'When it begins, from the end of the warm-up.' }),
    minHealthy: zShare
      .prefault('90%')
      .meta({ description: 'Share of the machines asked for that stay in service; at least one is replaced.' }),
    maxHealthy: zPercent
      .refine((value) => value >= 1 && value <= 2, { message: 'must be between 100% and 200%' })
      .prefault('100%')
      .meta({
        description: 'Share that there may be at once; what is above 100% is launched before any is taken out.',
      }),
    bake: zDuration.prefault('5m').meta({
      description: 'How long the new machines of a batch are in service before the next; instance warmup in AWS.',
    }),
  })
  .meta({ description: 'A new image for every machine, batch by batch, as the instance refresh of EC2 Auto Scaling.' });

/** What every section that rents machines has in common. */
export const machineFields = {
  type: z.string().min(1).meta({ description: 'Instance type of the catalogue, as aws/m5.xlarge.' }),
  price: zPrice.optional(),
  cpuSpeed: zTimes
    .refine((value) => value > 0, { message: 'must be above 0' })
    .optional()
    .meta({ description: 'Speed of a core over the core that CPU times are written for, as 1.1x.' }),
  region: z.string().min(1).optional().meta({ description: 'Region; the price is that of the catalogue.' }),
  zone: z.string().min(1).optional().meta({ description: 'Availability zone, as us-east-1a, for outages of a zone.' }),
  provisioning: zDistribution.prefault('0s'),
  boot: zDistribution.optional(),
  bake: zDistribution.optional(),
  warmPool: warmPoolSchema.optional(),
  refresh: refreshSchema.optional(),
};

/** Machines that run the one process of a workload each. */
export const machineGroupSchema = z.strictObject(machineFields).meta({
  description:
    'The workload runs on machines of its own, one process on each: replicas are machines, as in an EC2 Auto Scaling group.',
});

/** How many nodes there are, where that may change. */
export const nodeCountSchema = z.union([
  zCount.min(1),
  z.strictObject({
    initial: zCount.optional().meta({ description: 'Nodes that are ready from the beginning; min if left out.' }),
    min: zCount.prefault(1).meta({ description: 'Fewest nodes.' }),
    max: zCount.min(1).meta({ description: 'Most nodes.' }),
  }),
]);

/** A section that rents machines, as written, units resolved and defaults filled in. */
export type MachineSection = z.output<typeof machineGroupSchema>;
