import { z } from 'zod';
import { zDuration, zPositiveDuration } from '../../domain/quantity.js';

const zMetricName = z.string().regex(/^[a-z_]\w*$/i, {
  message: 'must be letters, digits and _, as p95_latency_seconds',
});

const namedMetricSchema = z
  .strictObject({
    expr: z.string().min(1).meta({
      description: 'In PromQL, as sum(rate(requests_total[1m])); hindcast list metrics shows what there is.',
    }),
    smoothing: zPositiveDuration.optional().meta({
      description: 'Half-life of exponential smoothing; none if left out.',
    }),
    missing: z
      .union([z.enum(['fail', 'hold', 'ignore', 'zero']), z.strictObject({ last: zDuration })])
      .prefault('fail')
      .meta({
        description:
          'What counts without a value: fail is an error, hold asks for the replicas that are there, ignore leaves it out, zero is 0, { last: 2m } the last value for so long.',
      }),
    staleAfter: zPositiveDuration.optional().meta({
      description: 'It counts as missing when its newest sample is older; metrics.staleAfter if left out.',
    }),
  })
  .meta({ description: 'A metric by expression.' });

/** Metrics by expression, by name. */
export const namedMetricsSchema = z.record(zMetricName, namedMetricSchema).optional();

/** Metrics by expression as written, units resolved and defaults filled in. */
export type NamedMetricsSection = NonNullable<z.output<typeof namedMetricsSchema>>;

/** Upper bounds of the buckets of a latency histogram. */
export const latencyBucketsSchema = z
  .array(zPositiveDuration)
  .min(1)
  .max(100)
  .refine((bounds) => bounds.every((bound, i) => i === 0 || bound > bounds[i - 1]), {
    message: 'must ascend',
  })
  .optional()
  .meta({
    description:
      'Upper bounds of the buckets of http_request_duration_seconds, as [10ms, 50ms, 200ms]; those of the client libraries, 5ms to 10s, if left out.',
  });
