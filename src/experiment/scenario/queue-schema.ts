import { z } from 'zod';
import { zDistribution } from '../../domain/distribution-schema.js';
import { zDuration, zPercent, zPositiveDuration } from '../../domain/quantity.js';

/** One queue of a broker. */
export const queueSchema = z
  .strictObject({
    slo: z
      .strictObject({
        latency: zPositiveDuration
          .optional()
          .meta({ description: "From publication to done; the scenario's slo if left out." }),
        target: zPercent
          .refine((value) => value > 0 && value < 1, { message: 'must be above 0% and below 100%' })
          .optional()
          .meta({ description: "Share of the jobs that must be done within it; the scenario's if left out." }),
      })
      .prefault({})
      .meta({ description: 'What its jobs are judged by.' }),
    visibilityTimeout: zPositiveDuration.optional().meta({
      description: 'A job not acknowledged so long after its delivery is delivered again; never if left out.',
    }),
    redelivery: z.enum(['on-disconnect', 'visibility-timeout']).optional().meta({
      description:
        'When a job that a worker failed at, or lost as it died, is delivered again: at once (RabbitMQ), or when its visibility time-out is over (SQS); the latter if there is one and this is left out.',
    }),
    maxReceives: z.number().int().min(1).max(1000).optional().meta({
      description: 'Deliveries of a job, after which it goes to the dead letters; no limit if left out.',
    }),
    retention: zPositiveDuration.optional().meta({
      description: 'A job that has waited for so long is dropped; it waits for ever if left out.',
    }),
    limit: z.number().int().min(1).max(10_000_000).optional().meta({
      description: 'Jobs that may wait, publications beyond being refused; no limit if left out.',
    }),
  })
  .refine(
    ({ redelivery, visibilityTimeout }) => redelivery !== 'visibility-timeout' || visibilityTimeout !== undefined,
    {
      path: ['redelivery'],
      message: 'must not be visibility-timeout without a visibilityTimeout',
    },
  )
  .meta({ description: 'A queue of a broker; traffic and calls publish to it by its name, one workload consumes it.' });

const zQueueName = z.string().min(1).meta({ description: 'Name of the queue.' });

/** How a workload takes jobs: the name of the queue, or more. */
export const consumesSchema = z
  .union([
    zQueueName.transform((queue) => ({ queue, prefetch: undefined, pollInterval: 0, receiveLatency: undefined })),
    z.strictObject({
      queue: zQueueName,
      prefetch: z.number().int().min(1).max(100_000).optional().meta({
        description:
          'Jobs a pod holds at most, taken and not acknowledged; as many as it has workers, or cores, if left out.',
      }),
      pollInterval: zDuration.prefault('0s').meta({
        description:
          'How long a pod that found nothing waits until it asks again; 0s where the broker pushes (or long polls).',
      }),
      receiveLatency: zDistribution.optional(),
    }),
  ])
  .optional()
  .meta({ description: 'The queue that its pods take jobs from, instead of a balancer that brings requests.' });
