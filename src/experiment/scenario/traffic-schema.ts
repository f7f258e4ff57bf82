import { z } from 'zod';
import { zShare } from '../../domain/quantity.js';
import { generatorSchema } from '../../traces/generators/generator-spec.js';
import { traceSchema } from '../../traces/trace-spec.js';
import { arrivalsSchema } from './arrivals-schema.js';
import { clientSchema } from './client-schema.js';
import { zSize } from './size-schema.js';
import { userFields } from './user-schema.js';
import { workFields } from './work-schema.js';

const classSchema = z
  .strictObject({
    name: z.string().min(1),
    share: zShare.meta({ description: 'Share of the requests; all shares add up to 100%.' }),
    ...workFields,
    request: zSize.prefault('1kB').meta({ description: 'Size of a request.' }),
    response: zSize.prefault('10kB').meta({ description: 'Size of a response.' }),
  })
  .meta({ description: 'A kind of request; what it leaves out is as the workload says under serve.' });

/** One source of requests from outside. */
export const trafficSchema = z
  .strictObject({
    name: z.string().min(1).optional().meta({ description: 'Name of the source; its workload if left out.' }),
    to: z
      .string()
      .min(1)
      .meta({ description: 'Workload that the requests go to, or queue that jobs are published to.' }),
    trace: traceSchema.optional(),
    generate: generatorSchema.optional(),
    ...userFields,
    arrivals: arrivalsSchema.prefault('poisson'),
    client: clientSchema.prefault({}),
    classes: z.array(classSchema).min(1).optional().meta({ description: 'Kinds of requests; one of all if left out.' }),
  })
  .refine(({ trace, generate, users }) => [trace, generate, users].filter((one) => one !== undefined).length === 1, {
    message: 'must have exactly one of trace, generate and users',
  })
  .refine(({ users, thinkTime }) => users === undefined || thinkTime !== undefined, {
    path: ['thinkTime'],
    message: 'must say how long users think between a request and the next',
  })
  .refine(({ users, thinkTime }) => users !== undefined || thinkTime === undefined, {
    path: ['thinkTime'],
    message: 'must not stand without users',
  })
  .meta({ description: 'Requests from outside to one workload, or jobs to one queue.' });

/** A source as written, units resolved. */
export type TrafficSection = z.output<typeof trafficSchema>;
